using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Search;

namespace ServiceDesk.Storage.Verification;

/// <summary>A page of tickets that was checked.</summary>
internal sealed record CheckedPage(int Tickets, long Events, long LastId);

/// <summary>Whether all rows of tickets follow from their events.</summary>
internal sealed class TicketCheck(
    SnapshotReader reader,
    EventCatalog catalog,
    SnapshotJson json,
    TicketExtensions extensions,
    ITicketReplay? replay,
    PromiseCheck promises,
    List<Finding> findings
)
{
    /// <summary>Checks the tickets after an id.</summary>
    public async Task<CheckedPage> NextAsync(long after, int limit, CancellationToken cancellation)
    {
        // The page is cut here, since databases write a limit each in their own way.
        var upTo = after + limit;
        var last = await reader.RowsAsync(new Statement("SELECT MAX(id) FROM tickets"), cancellation);
        if (last[0][0] is null || RowValues.Whole(last[0][0]) <= after)
        {
            return new CheckedPage(0, 0, after);
        }

        var page = await TicketPage.ReadAsync(reader, after, upTo, cancellation);
        while (page.Ids.Count == 0)
        {
            (after, upTo) = (upTo, upTo + limit);
            page = await TicketPage.ReadAsync(reader, after, upTo, cancellation);
        }

        foreach (var id in page.Ids)
        {
            await CheckAsync(id, page, cancellation);
        }

        return new CheckedPage(page.Ids.Count, page.EventCount, upTo);
    }

    private async Task CheckAsync(long id, TicketPage page, CancellationToken cancellation)
    {
        var events = page.Events(id, catalog);
        if (Snapshot(id, page) is not { } snapshot)
        {
            return;
        }

        if (snapshot.State.Version != events.Count)
        {
            Add("snapshot-version", id, $"Its snapshot has version {snapshot.State.Version}, its log {events.Count}.");
        }

        var rows = new TicketProjection(snapshot, extensions);
        var present = page.Ticket(id);
        if (!RowValues.Same(rows.Ticket, present, rows.Ticket.Length))
        {
            Add("row", id, "Its row does not follow from its snapshot.");
        }

        for (var index = 0; index < TicketTables.Children.Length; index++)
        {
            if (!RowValues.SameSet(rows.Children[index], page.Children(index, id)))
            {
                Add("row", id, $"Its rows in {TicketTables.Children[index].Name} do not follow from its snapshot.");
            }
        }

        Facts(id, events, page);
        Keys(id, snapshot, page);
        Texts(id, snapshot, events, page);
        Redactions(id, events, page);
        if (events.Count > 0 && !promises.Fits(snapshot, events[^1].Position, page.Promises(id)))
        {
            Add("promise", id, "Reports do not count the promises that its clocks tell.");
        }

        await ReplayAsync(id, snapshot, events, page, cancellation);
    }

    private TicketSnapshot? Snapshot(long id, TicketPage page)
    {
        try
        {
            return json.Read(page.Snapshot(id) ?? throw new JsonException("It is missing."));
        }
        catch (JsonException error)
        {
            Add("snapshot", id, "Its snapshot cannot be read: " + error.Message);
            return null;
        }
    }

    // The same statements that a commit runs say which rows its events bring.
    private void Facts(long id, IReadOnlyList<RecordedEvent> events, TicketPage page)
    {
        var statements = events.SelectMany(CommitStatements.Facts).ToLookup(s => s.Sql, s => s.Values);
        Compare("comments", statements[TicketTables.InsertComment], page.Comments(id));
        Compare("attachments", statements[TicketTables.InsertAttachment], page.Attachments(id));
        Compare("sla_facts", statements[TicketTables.InsertSlaFact], page.SlaFacts(id));
        Compare(
            TicketTables.Changes.Name,
            SearchableChanges.Of(before: null, events).Select(TicketProjection.ChangeValues),
            page.Changes(id)
        );

        void Compare(string table, IEnumerable<object?[]> wanted, IReadOnlyCollection<object?[]> present)
        {
            if (!RowValues.SameSet([.. wanted], present))
            {
                Add("facts", id, $"Its rows in {table} are not those that its events brought.");
            }
        }
    }

    private void Keys(long id, TicketSnapshot snapshot, TicketPage page)
    {
        object?[][] wanted =
        [
            [snapshot.State.Key.Desk, snapshot.State.Key.Number, id, true],
            .. snapshot.State.FormerKeys.Select(key => (object?[])[key.Desk, key.Number, id, false]),
        ];
        if (!RowValues.SameSet(wanted, page.Keys(id)))
        {
            Add("keys", id, "Its keys are not those of its state.");
        }
    }

    private void Texts(long id, TicketSnapshot snapshot, IReadOnlyList<RecordedEvent> events, TicketPage page)
    {
        var wanted = SearchableText
            .Of(snapshot.State)
            .Concat(events.SelectMany(e => SearchableText.Of(e.Event)))
            .Select(text => TextIds.Row(snapshot.State.Id, text))
            .Select(row => (object?[])[row.Id, row.Part, row.Source, row.Visibility, row.Text])
            .ToList();
        if (!RowValues.SameSet(wanted, page.Texts(id)))
        {
            Add("search-text", id, "What searches read of it is not what it says.");
        }
    }

    // Events from which something was taken out are as they were written then, and each redaction wrote some anew.
    private void Redactions(long id, IReadOnlyList<RecordedEvent> events, TicketPage page)
    {
        var rows = page.Redactions(id).ToList();
        var told = events.Where(one => one.Event is TextRedacted or FileRedacted).Select(one => one.Version);
        var newest = rows.GroupBy(row => row.Source).Select(group => group.MaxBy(row => row.Version));
        if (
            !told.ToHashSet().SetEquals(rows.Select(row => row.Version))
            || newest.Any(row => page.HashOf(id, row.Source) != row.Sha256)
        )
        {
            Add("redaction", id, "Events out of which something was taken are not as they were written then.");
        }
    }

    private async Task ReplayAsync(
        long id,
        TicketSnapshot snapshot,
        IReadOnlyList<RecordedEvent> events,
        TicketPage page,
        CancellationToken cancellation
    )
    {
        if (replay is null || events.Count == 0)
        {
            return;
        }

        var again = await replay.ReplayAsync(events, cancellation);
        if (again is null || json.Write(again) != json.Write(snapshot))
        {
            Add("replay", id, "Its state or clocks are not what its events lead to.");
        }

        var expected = await replay.TimersAsync(snapshot, events[^1], cancellation);
        var present = page.Timers(id)
            .Select(row => new DerivedTimer((string)row[0]!, Instant.FromUnixTimeTicks(RowValues.Whole(row[1]))))
            .ToHashSet();
        if (!present.IsSubsetOf(expected.May) || !present.IsSupersetOf(expected.Must))
        {
            Add("timers", id, "Its timers are not those that follow from its state.");
        }
    }

    private void Add(string check, long ticket, string what) =>
        findings.Add(new Finding(check, $"ticket {ticket}", what));
}
