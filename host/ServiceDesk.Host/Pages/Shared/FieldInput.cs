using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Shared;

/// <summary>An input of a form, drawn by <c>_Field</c>: label, control for the kind, help, and the refusal beside it.</summary>
/// <param name="Name">The form's name of it, as refusals name it: <c>summary</c>, <c>fields.impact</c>.</param>
/// <param name="Label">The words above it.</param>
/// <param name="Kind">What it holds.</param>
public sealed record FieldInput(string Name, string Label, FieldKind Kind)
{
    /// <summary>What it holds now, as it would be sent; several choices separated by line feeds.</summary>
    public string Value { get; init; } = "";

    /// <summary>Whether it must be filled.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A sentence under it.</summary>
    public string? Help { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Error { get; init; }

    /// <summary>The choices of a choice, in order: id and name. People for a person.</summary>
    public IReadOnlyList<(string Id, string Name)> Choices { get; init; } = [];

    /// <summary>For a person, the page that finds more than <see cref="Choices"/> holds; null for none.</summary>
    public string? Finder { get; init; }

    /// <summary>Of choices that stand under one another: by id the one above, empty at the top, and its own name without those above. Empty when none does.</summary>
    public IReadOnlyDictionary<string, (string Under, string Name)> Levels { get; init; } =
        new Dictionary<string, (string, string)>();

    /// <summary>The most characters it takes.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What browsers may fill in, such as <c>email</c>.</summary>
    public string? AutoComplete { get; init; }

    /// <summary>Whether it gets the focus when the page opens.</summary>
    public bool HasFocus { get; init; }

    /// <summary>The most files that it takes.</summary>
    public int MaxFiles { get; init; } = 1;

    /// <summary>Endings that the names of its files may have; empty for all of them.</summary>
    public IReadOnlyList<string> FileTypes { get; init; } = [];

    /// <summary>Whether files go up as soon as they are picked; without signing in they go along with the form.</summary>
    public bool GoesUp { get; init; } = true;

    /// <summary>The mark of what the ticket held when it was drawn, which goes along with the form; null where nobody asks.</summary>
    public string? Drawn { get; init; }

    /// <summary>What somebody else put there meanwhile; null where nobody did.</summary>
    public NewerValue? Newer { get; init; }

    /// <summary>Its id in the page.</summary>
    public string Id => "in-" + Name.Replace('.', '-');

    /// <summary>Ids of what describes it, for its control.</summary>
    public string? DescribedBy =>
        (Error, Help) switch
        {
            (null, null) => null,
            (null, _) => $"{Id}-help",
            (_, null) => $"{Id}-error",
            _ => $"{Id}-error {Id}-help",
        };

    /// <summary>The form's name of files that it carries itself, for an input that holds files.</summary>
    public static string UploadOf(string name) => $"upload.{name}";

    /// <summary>Whether a choice of several is set.</summary>
    public bool Has(string choice) => Value.Split('\n').Contains(choice, StringComparer.Ordinal);
}

/// <summary>What a field holds by now.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The value; null for none.</param>
public sealed record NewerValue(FieldDocument Field, FieldValue? Value);

/// <summary>The files of a form, drawn by <c>_Files</c>.</summary>
public sealed record FilesInput
{
    /// <summary>The form's name of the tokens of files that are up already.</summary>
    public string Name { get; init; } = "files";

    /// <summary>Tokens and names of files that are up already: kept when a form is refused.</summary>
    public IReadOnlyList<(string Token, string Name)> Kept { get; init; } = [];

    /// <summary>The words above it; null shows none.</summary>
    public string? Label { get; init; }

    /// <summary>Whether at least one is needed.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A sentence under it.</summary>
    public string? Help { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Error { get; init; }

    /// <summary>Where files are found that the desk keeps ready; null offers none.</summary>
    public string? Library { get; init; }
}
