using NodaTime;
using NodaTime.Text;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Changes.Planning;

/// <summary>Finds changes by their time. Everybody finds only what the rules of access show.</summary>
public sealed class ChangeBoard(ITicketQueries queries)
{
    private const int PageSize = 200;
    private const int Most = 1000;

    /// <summary>Changes that lie at least partly in a span, in order of their start, at most 1,000; what was cancelled or rejected is none.</summary>
    public async Task<IReadOnlyList<TicketState>> BetweenAsync(
        Viewer viewer,
        Instant from,
        Instant to,
        CancellationToken cancellation
    )
    {
        var query =
            $"{Overlapping(from, to)} AND status NOT IN (cancelled, rejected) ORDER BY {ChangeReading.StartField}";
        var found = new List<TicketState>();
        string? cursor = null;
        do
        {
            var page = await queries.FindAsync(viewer, query, PageSize, cursor, cancellation);
            found.AddRange(page.Items.Select(item => item.State));
            cursor = page.Next;
        } while (cursor is not null && found.Count < Most);

        return found;
    }

    /// <summary>Open changes that touch a service of this one at a time of this one, at most 200.</summary>
    public async Task<IReadOnlyList<TicketState>> ConflictsAsync(
        Viewer viewer,
        TicketState change,
        CancellationToken cancellation
    )
    {
        if (change.Planned() is not { } window || change.Services().Count == 0)
        {
            return [];
        }

        var services = string.Join(", ", change.Services().Select(service => $"\"{service}\""));
        var query =
            $"{Overlapping(window.Start, window.End)} AND {ChangeReading.ServicesField} IN ({services}) "
            + $"AND category != done AND key != {change.Key} ORDER BY {ChangeReading.StartField}";
        var page = await queries.FindAsync(viewer, query, PageSize, cursor: null, cancellation);
        return [.. page.Items.Select(item => item.State).Where(change.ConflictsWith)];
    }

    /// <summary>Incidents that the change caused, as their links say, at most 200; null where no plugin knows of links, so that queries cannot ask for them.</summary>
    public async Task<IReadOnlyList<TicketState>?> IncidentsAsync(
        Viewer viewer,
        TicketState change,
        CancellationToken cancellation
    )
    {
        var query = $"type = incident AND causedBy({change.Key}) ORDER BY created";
        try
        {
            var page = await queries.FindAsync(viewer, query, PageSize, cursor: null, cancellation);
            return [.. page.Items.Select(item => item.State)];
        }
        catch (QueryException)
        {
            return null;
        }
    }

    /// <summary>The freezes that a change's time runs into.</summary>
    public static IReadOnlyList<FreezeWindow> FreezesOf(TicketState change, ChangeSettings settings) =>
        change.Planned() is { } window ? [.. FreezeWindows.Of(settings).Where(freeze => freeze.Overlaps(window))] : [];

    private static string Overlapping(Instant from, Instant to) =>
        $"type = {ChangesPlugin.Type} AND {ChangeReading.StartField} < {Text(to)} AND {ChangeReading.EndField} > {Text(from)}";

    private static string Text(Instant at) => InstantPattern.General.Format(at);
}
