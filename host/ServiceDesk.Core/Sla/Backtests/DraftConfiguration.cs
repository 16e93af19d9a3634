using System.Diagnostics.CodeAnalysis;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Backtests;

/// <summary>
/// A configuration in which drafts of SLA policies and calendars stand in place of what is there, as the version that they
/// would be. Everything else is the configuration's own. Safe for use by many threads.
/// </summary>
public sealed class DraftConfiguration : IConfiguration
{
    private readonly IConfiguration current;
    private readonly Dictionary<(Type Type, string Id), ConfigurationDocument> drafts = [];
    private readonly IReadOnlyList<SlaPolicyDocument> policies;
    private readonly IReadOnlyList<CalendarDocument> calendars;

    /// <param name="current">What is there.</param>
    /// <param name="drafts">Policies and calendars; of the same id the last counts, other kinds are passed over.</param>
    public DraftConfiguration(IConfiguration current, IEnumerable<ConfigurationDocument> drafts)
    {
        this.current = current;
        foreach (var draft in drafts.Where(draft => draft is SlaPolicyDocument or CalendarDocument))
        {
            this.drafts[(draft.GetType(), draft.Id)] = draft;
        }

        policies = [.. Merged<SlaPolicyDocument>().OrderBy(one => one.Order).ThenBy(one => one.Id, Ids)];
        calendars = [.. Merged<CalendarDocument>().OrderBy(one => one.Id, Ids)];
    }

    /// <inheritdoc/>
    public long Revision => current.Revision;

    private static StringComparer Ids => StringComparer.Ordinal;

    /// <inheritdoc/>
    public bool TryGet<T>(string id, [NotNullWhen(true)] out T? document)
        where T : ConfigurationDocument
    {
        document = Draft<T>(id);
        return document is not null || current.TryGet(id, out document);
    }

    /// <inheritdoc/>
    public int VersionOf<T>(string id)
        where T : ConfigurationDocument => current.VersionOf<T>(id) + (Draft<T>(id) is null ? 0 : 1);

    /// <inheritdoc/>
    public IReadOnlyList<T> All<T>()
        where T : ConfigurationDocument =>
        typeof(T) == typeof(SlaPolicyDocument) ? (IReadOnlyList<T>)policies
        : typeof(T) == typeof(CalendarDocument) ? (IReadOnlyList<T>)calendars
        : current.All<T>();

    /// <inheritdoc/>
    public T? AtVersion<T>(string id, int version)
        where T : ConfigurationDocument =>
        Draft<T>(id) is { } draft && version == VersionOf<T>(id) ? draft : current.AtVersion<T>(id, version);

    private T? Draft<T>(string id)
        where T : ConfigurationDocument => drafts.GetValueOrDefault((typeof(T), id)) as T;

    private IEnumerable<T> Merged<T>()
        where T : ConfigurationDocument =>
        current.All<T>().Where(document => Draft<T>(document.Id) is null).Concat(drafts.Values.OfType<T>());
}
