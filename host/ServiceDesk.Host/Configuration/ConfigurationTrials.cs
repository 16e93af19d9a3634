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
    ) =>
        [
            .. (
                await editor.TryAsync(text, document, new ConfigurationAuthor(by, null, null), cancellation)
            ).Problems.Select(problem => problem.Problem),
        ];

    /// <summary>How publishing the document would end. Nothing is written.</summary>
    public static Task<ConfigurationOutcome> TryAsync(
        this IConfigurationEditor editor,
        DocumentText text,
        ConfigurationDocument document,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var path = ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id);
        return editor.ImportAsync(
            [new ConfigurationFile(path, text.ToYaml(document))],
            new ConfigurationImport { KeepOthers = true, IsTrial = true },
            author,
            cancellation
        );
    }

    /// <summary>The problem as it is shown beside a document: one in another document with its file.</summary>
    public static DocumentProblem Seen(this FileProblem found, ConfigurationDocument document) =>
        found.Path.Length == 0 || found.Path == ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id)
            ? found.Problem
            : found.Problem.Under(found.Path);
}
