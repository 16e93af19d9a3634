using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Configuration;

/// <summary>Asks what publishing a document would say, for editors that show it before.</summary>
public static class ConfigurationTrials
{
    /// <summary>What stands in the way of publishing the document; empty when nothing does. Nothing is written.</summary>
    public static async Task<IReadOnlyList<DocumentProblem>> ProblemsOfAsync(
        this IConfigurationEditor editor,
        DocumentText text,
        ConfigurationDocument document,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var path = ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id);
        var outcome = await editor.ImportAsync(
            [new ConfigurationFile(path, text.ToYaml(document))],
            new ConfigurationImport { KeepOthers = true, IsTrial = true },
            new ConfigurationAuthor(by, null, null),
            cancellation
        );
        return [.. outcome.Problems.Select(problem => problem.Seen(document))];
    }

    /// <summary>The problem as it is shown beside a document: one in another document with its file.</summary>
    public static DocumentProblem Seen(this FileProblem found, ConfigurationDocument document) =>
        found.Path.Length == 0 || found.Path == ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id)
            ? found.Problem
            : found.Problem.Under(found.Path);
}
