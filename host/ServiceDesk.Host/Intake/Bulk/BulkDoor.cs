using NodaTime;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Intake.Bulk;

/// <summary>
/// The one way to bulk edits, for pages and REST. An edit belongs to who made it: nobody else learns that there is one, but
/// administrators, who see how far it is and may end it or take it back.
/// </summary>
public sealed class BulkDoor(
    IBulkRuns runs,
    BulkWork work,
    BulkSignal signal,
    ITicketQueries tickets,
    ITicketLists lists,
    IClock clock
)
{
    /// <summary>Up to so many tickets are worked off before the request is answered.</summary>
    public const int AtOnce = 200;

    /// <summary>The most tickets of an edit.</summary>
    public const int Most = 10_000;

    /// <summary>The most tickets that are named one by one.</summary>
    public const int MostKeys = 1_000;

    private const int PageSize = 200;

    /// <summary>Chooses tickets by their keys.</summary>
    /// <returns>The edit; or why not.</returns>
    public async Task<(long? Id, Refusal? Refusal)> ChooseAsync(
        Viewer viewer,
        IReadOnlyCollection<string> keys,
        CancellationToken cancellation
    )
    {
        var wanted = keys.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (Counted(viewer, wanted.Count, MostKeys) is { } refusal)
        {
            return (null, refusal);
        }

        var chosen = new List<TicketId>();
        foreach (var key in wanted)
        {
            if (
                !TicketKey.TryParse(key, out var parsed)
                || await tickets.FindByKeyAsync(viewer, parsed, cancellation) is not { } found
            )
            {
                var shown = key.Length <= 60 ? key : key[..60] + "…";
                return (null, Refusal.Invalid("bulk.ticket-unknown", "keys", shown));
            }

            chosen.Add(found.State.Id);
        }

        return (await AddAsync(viewer, null, [.. chosen.Distinct()], cancellation), null);
    }

    /// <summary>Chooses all that a query finds, in its order.</summary>
    /// <returns>The edit; or why not.</returns>
    /// <exception cref="QueryException">The query is wrong.</exception>
    public async Task<(long? Id, Refusal? Refusal)> ChooseAllAsync(
        Viewer viewer,
        string query,
        CancellationToken cancellation
    )
    {
        if (Counted(viewer, await tickets.CountAsync(viewer, query, cancellation)) is { } refusal)
        {
            return (null, refusal);
        }

        var chosen = new List<TicketId>();
        string? cursor = null;
        do
        {
            var page = await lists.ListAsync(viewer, query, PageSize, cursor, cancellation);
            chosen.AddRange(page.Items.Select(item => item.Id));
            cursor = page.Next;
        } while (cursor is not null && chosen.Count <= Most);

        // A ticket that moved up while it was read stands on two pages.
        var each = chosen.Distinct().ToList();
        return Counted(viewer, each.Count) is { } late
            ? (null, late)
            : (await AddAsync(viewer, query, each, cancellation), null);
    }

    /// <summary>The edit, for who made it and for administrators.</summary>
    public async Task<BulkRun?> FindAsync(Viewer viewer, long id, CancellationToken cancellation) =>
        viewer.May(Permissions.WorkTickets)
        && await runs.FindAsync(id, cancellation) is { } run
        && (run.By == viewer.Person.Id || viewer.May(Permissions.Configure))
            ? run
            : null;

    /// <summary>Says what is changed, and looks at what that would do, or does it.</summary>
    /// <returns>Null when that is done or under way; else why not.</returns>
    public async Task<Refusal?> SayAsync(
        Viewer viewer,
        BulkRun run,
        BulkChanges changes,
        bool preview,
        CancellationToken cancellation
    )
    {
        if (Wrong(changes) is { } mistake)
        {
            return mistake;
        }

        if (run.By != viewer.Person.Id)
        {
            return Refusal.Forbidden("bulk.not-yours");
        }

        var isSaid = await runs.SayAsync(run.Id, changes, !preview, clock.GetCurrentInstant(), cancellation);
        return isSaid ? await StartAsync(run, cancellation) : Refusal.Conflict("bulk.over");
    }

    /// <summary>Does what was previewed.</summary>
    public async Task<Refusal?> RunAsync(Viewer viewer, BulkRun run, CancellationToken cancellation)
    {
        if (run.By != viewer.Person.Id)
        {
            return Refusal.Forbidden("bulk.not-yours");
        }

        return await runs.RunAsync(run.Id, clock.GetCurrentInstant(), cancellation)
            ? await StartAsync(run, cancellation)
            : Refusal.Conflict("bulk.not-previewed");
    }

    /// <summary>Takes an edit back, as the viewer.</summary>
    /// <returns>The undo; or why there is none.</returns>
    public async Task<(long? Id, Refusal? Refusal)> UndoAsync(
        Viewer viewer,
        BulkRun run,
        CancellationToken cancellation
    )
    {
        var undo = await runs.UndoAsync(run.Id, viewer.Person.Id, clock.GetCurrentInstant(), cancellation);
        if (undo is not { } id)
        {
            return (null, Refusal.Conflict("bulk.not-undone"));
        }

        await StartAsync((await runs.FindAsync(id, cancellation))!, cancellation);
        return (id, null);
    }

    /// <summary>Ends it where it is.</summary>
    public async Task<Refusal?> CancelAsync(BulkRun run, CancellationToken cancellation)
    {
        if (!await runs.CancelAsync(run.Id, clock.GetCurrentInstant(), cancellation))
        {
            return Refusal.Conflict("bulk.not-at-work");
        }

        // Nobody may be at it yet.
        signal.Ring();
        return null;
    }

    /// <summary>What is wrong with changes whatever the tickets are.</summary>
    public static Refusal? Wrong(BulkChanges changes) =>
        changes is { Resolution: not null, To: null } ? Refusal.Invalid("bulk.resolution-alone", "resolution")
        : changes.IsEmpty ? Refusal.Invalid("bulk.nothing", null)
        : null;

    /// <summary>That there is no such edit, for this viewer.</summary>
    public static Refusal Unknown() => Refusal.NotFound("bulk.unknown");

    private async Task<Refusal?> StartAsync(BulkRun run, CancellationToken cancellation)
    {
        if (run.Total <= AtOnce)
        {
            await work.RunAsync(run.Id, cancellation);
        }
        else
        {
            signal.Ring();
        }

        return null;
    }

    private Task<long> AddAsync(
        Viewer viewer,
        string? query,
        IReadOnlyCollection<TicketId> chosen,
        CancellationToken cancellation
    ) => runs.AddAsync(viewer.Person.Id, query, chosen, clock.GetCurrentInstant(), cancellation);

    private static Refusal? Counted(Viewer viewer, int count, int most = Most) =>
        !viewer.May(Permissions.WorkTickets) ? Refusal.Forbidden("refusal.agents-only")
        : count == 0 ? Refusal.Invalid("bulk.none-chosen", "keys")
        : count > most ? Refusal.Invalid("bulk.too-many", "keys", $"{count}", $"{most}")
        : null;
}
