using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Configuration;

/// <summary>What happens to a document between two states of the configuration.</summary>
public enum DifferenceKind
{
    /// <summary>It is new.</summary>
    Added = 1,

    /// <summary>Its content is another.</summary>
    Changed = 2,

    /// <summary>It goes away.</summary>
    Removed = 3,
}

/// <summary>A document that two states of the configuration have differently.</summary>
/// <param name="Difference">What happens to it.</param>
/// <param name="Kind">The document's kind.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Before">Null when added.</param>
/// <param name="After">Null when removed.</param>
public sealed record DocumentDifference(
    DifferenceKind Difference,
    string Kind,
    string Id,
    ConfigurationDocument? Before,
    ConfigurationDocument? After
);

/// <summary>What became of a line.</summary>
public enum LineChange
{
    /// <summary>Both texts have it.</summary>
    Same = 1,

    /// <summary>Only the later text has it.</summary>
    Added = 2,

    /// <summary>Only the earlier text has it.</summary>
    Removed = 3,
}

/// <summary>A line of a comparison.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Before">Its number in the earlier text, from 1.</param>
/// <param name="After">Its number in the later text, from 1.</param>
/// <param name="Text">The line without its end.</param>
public sealed record ComparedLine(LineChange Change, int? Before, int? After, string Text);

/// <summary>Compares states of the configuration, and texts of documents line by line.</summary>
public sealed class ConfigurationComparison(DocumentText text)
{
    /// <summary>What must happen so that the configuration has the wanted documents, in the order in which it must be written.</summary>
    /// <param name="removeOthers">Whether documents that are not wanted go away.</param>
    public IReadOnlyList<DocumentDifference> Between(
        ConfigurationSnapshot current,
        IEnumerable<ConfigurationDocument> wanted,
        bool removeOthers
    )
    {
        var after = ConfigurationSnapshot.Of(0, wanted);
        var differences = new List<DocumentDifference>();
        foreach (var (document, _, _) in after.Documents)
        {
            var before = current.Find(document.GetType(), document.Id)?.Document;
            if (before is null || text.ToJson(before) != text.ToJson(document))
            {
                var kind = before is null ? DifferenceKind.Added : DifferenceKind.Changed;
                differences.Add(Difference(kind, before, document));
            }
        }

        if (removeOthers)
        {
            differences.AddRange(
                current
                    .Documents.Where(entry => after.Find(entry.Document.GetType(), entry.Document.Id) is null)
                    .Reverse()
                    .Select(entry => Difference(DifferenceKind.Removed, entry.Document, null))
            );
        }

        return differences;
    }

    /// <summary>The lines of two YAML texts, with what became of each. Null stands for no document.</summary>
    public static IReadOnlyList<ComparedLine> Lines(string? before, string? after)
    {
        var model = new InlineDiffBuilder(new Differ()).BuildDiffModel(
            WithoutLastBreak(before),
            WithoutLastBreak(after),
            ignoreWhitespace: false
        );
        var lines = new List<ComparedLine>();
        var (numberBefore, numberAfter) = (0, 0);
        foreach (var piece in model.Lines)
        {
            lines.Add(
                piece.Type switch
                {
                    ChangeType.Inserted => new ComparedLine(LineChange.Added, null, ++numberAfter, piece.Text),
                    ChangeType.Deleted => new ComparedLine(LineChange.Removed, ++numberBefore, null, piece.Text),
                    _ => new ComparedLine(LineChange.Same, ++numberBefore, ++numberAfter, piece.Text),
                }
            );
        }

        return before is null || after is null ? [.. lines.Where(line => line.Text.Length > 0)] : lines;
    }

    private static string WithoutLastBreak(string? yaml) => yaml is null ? "" : yaml.TrimEnd('\n');

    private static DocumentDifference Difference(
        DifferenceKind kind,
        ConfigurationDocument? before,
        ConfigurationDocument? after
    )
    {
        var document = after ?? before!;
        return new DocumentDifference(kind, DocumentTypes.KindOf(document), document.Id, before, after);
    }
}
