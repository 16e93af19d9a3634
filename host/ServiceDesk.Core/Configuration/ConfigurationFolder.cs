using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Configuration;

/// <summary>A file of an exported configuration.</summary>
/// <param name="Path">Below the folder, with <c>/</c> between names: <c>queues/itsd-open.yaml</c>.</param>
/// <param name="Text">YAML.</param>
public sealed record ConfigurationFile(string Path, string Text);

/// <summary>Something wrong in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">From 1; null where it concerns the whole.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record FileProblem(string Path, int? Line, DocumentProblem Problem);

/// <summary>What a folder of files holds.</summary>
/// <param name="Documents">With the file of each; complete only when there are no problems.</param>
/// <param name="Problems">Every file that could not be read as what its place says.</param>
public sealed record FolderReading(
    IReadOnlyDictionary<string, ConfigurationDocument> Documents,
    ValueList<FileProblem> Problems
);

/// <summary>The configuration as a folder of YAML: a folder for each kind, a file for each document, named by its id.</summary>
public sealed class ConfigurationFolder(DocumentText text)
{
    /// <summary>Where a document's file lies.</summary>
    public static string PathOf(string kind, string id) => $"{FolderOf(kind)}/{id}.yaml";

    /// <summary>The whole configuration as files, in the order in which an import writes them.</summary>
    public IReadOnlyList<ConfigurationFile> Export(ConfigurationSnapshot configuration) =>
        [
            .. configuration.Documents.Select(entry => new ConfigurationFile(
                PathOf(DocumentTypes.KindOf(entry.Document), entry.Document.Id),
                text.ToYaml(entry.Document)
            )),
        ];

    /// <summary>Reads files as documents. A file that stands elsewhere than its kind and id say is refused, so that two can't hold the same document.</summary>
    public FolderReading Read(IEnumerable<ConfigurationFile> files)
    {
        var documents = new Dictionary<string, ConfigurationDocument>(StringComparer.Ordinal);
        var problems = new List<FileProblem>();
        foreach (var file in files)
        {
            var reading = text.FromYaml(file.Text);
            problems.AddRange(
                reading.Problems.Select(problem => new FileProblem(file.Path, reading.LineOf(problem), problem))
            );
            if (reading.Document is not { } document)
            {
                continue;
            }

            var path = PathOf(reading.Kind!, document.Id);
            if (path == file.Path)
            {
                documents[path] = document;
            }
            else
            {
                var elsewhere = DocumentProblem.At("", "configuration.file-elsewhere", path);
                problems.Add(new FileProblem(file.Path, null, elsewhere));
            }
        }

        return new FolderReading(documents, problems.ToValueList());
    }

    /// <summary>The folder of a kind.</summary>
    public static string FolderOf(string kind) =>
        kind switch
        {
            DocumentKinds.SlaPolicy => "sla-policies",
            DocumentKinds.PluginSettings => kind,
            _ => kind + "s",
        };
}
