using System.Globalization;
using Microsoft.AspNetCore.Html;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Macros;

/// <summary>The editor's form of a macro, drawn by <c>Macros/_Form</c>.</summary>
public sealed record MacroFormView
{
    /// <summary>The id of the form in its page.</summary>
    public const string FormId = "macro-form";

    private static readonly IReadOnlyList<string> Without =
    [
        .. ActionWords.All.Except(Core.Automation.Macros.Actions, StringComparer.Ordinal),
    ];

    /// <summary>The macro as it is written.</summary>
    public required MacroDocument Macro { get; init; }

    /// <summary>The macro as the form carries it along.</summary>
    public required string Rest { get; init; }

    /// <summary>Where the form is drawn anew when a button or choice changes its shape.</summary>
    public required string Shape { get; init; }

    /// <summary>The desks for which it can be.</summary>
    public required IReadOnlyList<DeskDocument> Desks { get; init; }

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<DocumentProblem> Problems { get; init; }

    /// <summary>Whether it is a person's own.</summary>
    public required bool IsOwn { get; init; }

    internal RulePhrases Phrases { private get; init; } = null!;

    /// <summary>An action, as a sentence of choices.</summary>
    public IHtmlContent Do(int number) =>
        Phrases.Action(
            string.Create(CultureInfo.InvariantCulture, $"do.{number}"),
            Macro.Do[number],
            without: Without,
            others: false
        );
}

/// <summary>Makes the forms of macros.</summary>
public sealed class MacroForms(
    RuleVocabulary vocabulary,
    ICurrentConfiguration configuration,
    DocumentText documents,
    IPeopleStore people,
    LibraryDoor library,
    ITexts texts
)
{
    /// <summary>The form of a macro.</summary>
    /// <param name="reader">Who writes it, and names files of the own desks' libraries.</param>
    /// <param name="isOwn">Whether it is the reader's own; else one of the desks.</param>
    /// <param name="shape">Where the form is drawn anew.</param>
    /// <param name="desks">The desks for which it can be.</param>
    public async Task<MacroFormView> DrawAsync(
        MacroDocument macro,
        Viewer reader,
        bool isOwn,
        string shape,
        IEnumerable<DeskDocument> desks,
        IReadOnlyList<DocumentProblem> problems,
        CancellationToken cancellation
    )
    {
        var snapshot = configuration.Snapshot;
        return new MacroFormView
        {
            Macro = macro,
            Rest = documents.ToJson(macro),
            Shape = shape,
            Desks = [.. desks],
            Problems = problems,
            IsOwn = isOwn,
            Phrases = new RulePhrases(
                texts,
                vocabulary,
                new RuleChoices(texts, vocabulary, snapshot, isOwn ? reader : null),
                new RuleControls(shape, $"#{MacroFormView.FormId}"),
                [.. (await people.TeamsAsync(cancellation)).Select(team => team.Name)],
                new HashSet<string>(StringComparer.Ordinal),
                completion: ""
            )
            {
                Files = await FilesAsync(macro, reader, cancellation),
            },
        };
    }

    // Those of the desks for which it is; what stands in it stays choosable.
    private async Task<IReadOnlyList<string>> FilesAsync(
        MacroDocument macro,
        Viewer reader,
        CancellationToken cancellation
    )
    {
        var names = new SortedSet<string>(StringComparer.CurrentCultureIgnoreCase);
        foreach (var desk in reader.Desks.Where(desk => Core.Automation.Macros.IsFor(macro, desk)))
        {
            names.UnionWith((await library.ListAsync(reader, desk, null, cancellation)).Select(file => file.Text.Name));
        }

        return [.. names];
    }
}
