using System.Globalization;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>The files that fields of a form may hold: those that they hold already, and those that came up with it. A form names a file by its token; one that is not among them is nobody's.</summary>
public sealed class KnownFiles
{
    private readonly Dictionary<string, AttachedFile> files = new(StringComparer.Ordinal);

    /// <summary>Tokens and names.</summary>
    public IReadOnlyList<(string Token, string Name)> Offers => [.. files.Select(file => (file.Key, file.Value.Name))];

    /// <summary>The files that stand in fields.</summary>
    public static KnownFiles In(ValueMap<FieldValue> fields)
    {
        var known = new KnownFiles();
        foreach (var file in fields.Values.OfType<FilesValue>().SelectMany(value => value.Files))
        {
            known.Add(file);
        }

        return known;
    }

    /// <summary>The tokens of a value's files, as a form holds them: one a line.</summary>
    public static string Write(FilesValue value) =>
        string.Join('\n', value.Files.Select(file => FileIntake.TokenOf(file.Id)));

    /// <summary>One more; what it is called by.</summary>
    public string Add(AttachedFile file)
    {
        var token = FileIntake.TokenOf(file.Id);
        files[token] = file;
        return token;
    }

    /// <summary>Whether a token is known.</summary>
    public bool Has(string? token) => token is not null && files.ContainsKey(token);

    /// <summary>The files whose tokens stand in a text, one a line; null for none.</summary>
    public FilesValue? Read(string text)
    {
        var read = text.Split('\n').Distinct(StringComparer.Ordinal).Where(Has).Select(token => files[token]);
        return read.ToValueList() is { Count: > 0 } found ? new FilesValue(found) : null;
    }
}
