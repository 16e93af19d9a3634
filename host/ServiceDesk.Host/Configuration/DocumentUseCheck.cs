using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Configuration;

/// <summary>A document that tickets use, and a desk that keeps files, goes only when somebody said so.</summary>
public sealed class DocumentUseCheck(DocumentUses uses, IFileLibrary library) : IChangeCheck
{
    private const string Used = "configuration.document-used";

    private const string Uncounted = "configuration.document-uncounted";
    private const string HasFiles = "configuration.desk-has-files";

    /// <summary>Whether the document goes when it is said once more.</summary>
    public static bool IsAsked(DocumentProblem problem) => problem.Code is Used or Uncounted or HasFiles;

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<ConfigurationProblem>> CheckAsync(
        ConfigurationSnapshot before,
        ConfigurationSnapshot after,
        IReadOnlyCollection<DocumentDifference> differences,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var problems = new List<ConfigurationProblem>();
        foreach (var gone in differences.Where(difference => difference.After is null && !author.RemovesUsed))
        {
            if (await uses.CountAsync(gone.Kind, gone.Id, cancellation) is > 0 and var count)
            {
                problems.Add(new(gone.Kind, gone.Id, DocumentProblem.At("", Used, gone.Id, $"{count}")));
            }

            // The plugin whose tickets use it may only be away.
            if (gone.Kind == DocumentKinds.LinkType && !uses.Knows(gone.Kind))
            {
                problems.Add(new(gone.Kind, gone.Id, DocumentProblem.At("", Uncounted, gone.Id)));
            }

            if (
                gone.Kind == DocumentKinds.Desk
                && await library.OfAsync(gone.Id, cancellation) is { Count: > 0 and var files }
            )
            {
                problems.Add(new(gone.Kind, gone.Id, DocumentProblem.At("", HasFiles, gone.Id, $"{files}")));
            }
        }

        return problems;
    }
}
