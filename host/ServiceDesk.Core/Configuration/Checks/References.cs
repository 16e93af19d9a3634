using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Findings that several kinds share.</summary>
internal static class References
{
    /// <summary>A problem at each id that names no document of the type.</summary>
    public static IEnumerable<DocumentProblem> Missing<T>(
        IEnumerable<string> ids,
        string path,
        IConfiguration configuration
    )
        where T : ConfigurationDocument =>
        ids.Index().SelectMany(entry => Missing<T>(entry.Item, $"{path}/{entry.Index}", configuration));

    /// <summary>A problem when the id names no document of the type.</summary>
    public static IEnumerable<DocumentProblem> Missing<T>(string id, string path, IConfiguration configuration)
        where T : ConfigurationDocument =>
        configuration.TryGet<T>(id, out _)
            ? []
            : [DocumentProblem.At(path, $"configuration.no-such-{DocumentTypes.KindOf(typeof(T))}", id)];

    /// <summary>A problem at each id that is not among those known.</summary>
    public static IEnumerable<DocumentProblem> Missing(
        IEnumerable<string> ids,
        IEnumerable<string> known,
        string path,
        string code
    )
    {
        var set = known.ToHashSet(StringComparer.Ordinal);
        return ids.Index()
            .Where(entry => !set.Contains(entry.Item))
            .Select(entry => DocumentProblem.At($"{path}/{entry.Index}", code, entry.Item));
    }

    /// <summary>A problem at each id that stood before in the same list.</summary>
    public static IEnumerable<DocumentProblem> Twice(IEnumerable<string> ids, string path, string suffix = "")
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return ids.Index()
            .Where(entry => !seen.Add(entry.Item))
            .Select(entry => DocumentProblem.At($"{path}/{entry.Index}{suffix}", "configuration.twice", entry.Item));
    }

    /// <summary>The ids of the statuses of all workflows.</summary>
    public static IEnumerable<string> Statuses(IConfiguration configuration) =>
        configuration.All<WorkflowDocument>().SelectMany(workflow => workflow.Statuses).Select(status => status.Id);
}
