using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Queries;

/// <summary>The one way to queues of people and teams, for pages and REST: who sees one, who may change it, and what one may say.</summary>
public sealed class OwnQueueDoor(
    IOwnQueues queues,
    IPeople people,
    ITicketLists lists,
    ICurrentConfiguration configuration
)
{
    /// <summary>The refusal of a change of a queue that somebody else changed meanwhile.</summary>
    public const string Stale = "queues.own-stale";

    private const int LongestName = 100;
    private const int LongestQuery = 4000;

    /// <summary>Those that the viewer sees: the own ones, then those of the viewer's teams.</summary>
    public Task<IReadOnlyList<OwnQueue>> SeenByAsync(Viewer viewer, CancellationToken cancellation) =>
        queues.SeenByAsync(viewer.Person, cancellation);

    /// <summary>One that the viewer sees; else null.</summary>
    public Task<OwnQueue?> FindAsync(Viewer viewer, long id, CancellationToken cancellation) =>
        queues.FindAsync(viewer.Person, id, cancellation);

    /// <summary>The teams with which the viewer can share one, by name.</summary>
    public async Task<IReadOnlyList<Team>> TeamsAsync(Viewer viewer, CancellationToken cancellation)
    {
        var teams = new List<Team>();
        foreach (var id in viewer.Person.Teams)
        {
            if (await people.FindTeamAsync(id, cancellation) is { } team)
            {
                teams.Add(team);
            }
        }

        return [.. teams.OrderBy(team => team.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Whether the viewer may change one: who made it may, and who leads its team.</summary>
    public async Task<bool> MayChangeAsync(Viewer viewer, OwnQueue queue, CancellationToken cancellation) =>
        queue.Owner == viewer.Person.Id
        || (queue.Text.Team is { } team && (await people.FindTeamAsync(team, cancellation))?.Lead == viewer.Person.Id);

    /// <summary>Adds one, or changes one that the viewer sees.</summary>
    /// <param name="id">The one to change; null adds one.</param>
    /// <param name="version">The version that was seen; null changes whatever there is.</param>
    /// <returns>Its id; else why not.</returns>
    public async Task<(long Id, IReadOnlyList<Refusal> Refusals)> SaveAsync(
        Viewer viewer,
        long? id,
        OwnQueueText text,
        int? version,
        CancellationToken cancellation
    )
    {
        var current = id is { } known ? await FindAsync(viewer, known, cancellation) : null;
        IReadOnlyList<Refusal> refusals =
            id is not null && await RefuseAsync(viewer, current, cancellation) is { } refusal
                ? [refusal]
                : await CheckAsync(viewer, current, text, cancellation);
        if (refusals.Count > 0)
        {
            return (0, refusals);
        }

        if (current is null)
        {
            return await queues.AddAsync(viewer.Person.Id, text, cancellation) is { } added
                ? (added, [])
                : (0, [Refusal.Conflict("queues.own-too-many", $"{IOwnQueues.Most}")]);
        }

        return await queues.ChangeAsync(current.Id, text, version, cancellation) switch
        {
            OwnQueueChange.Changed => (current.Id, []),
            OwnQueueChange.Stale => (0, [Refusal.Conflict(Stale)]),
            _ => (0, [Unknown()]),
        };
    }

    /// <summary>Takes one away; null when it is done, else why not.</summary>
    public async Task<Refusal?> RemoveAsync(Viewer viewer, long id, CancellationToken cancellation)
    {
        var refusal = await RefuseAsync(viewer, await FindAsync(viewer, id, cancellation), cancellation);
        if (refusal is null)
        {
            await queues.RemoveAsync(id, cancellation);
        }

        return refusal;
    }

    /// <summary>Moves one up or down among those of the same person or team; null when it is done, else why not.</summary>
    public async Task<Refusal?> MoveAsync(Viewer viewer, long id, bool up, CancellationToken cancellation)
    {
        var refusal = await RefuseAsync(viewer, await FindAsync(viewer, id, cancellation), cancellation);
        if (refusal is null)
        {
            await queues.MoveAsync(id, up, cancellation);
        }

        return refusal;
    }

    // A field that the viewer never sees is none.
    private bool MayGroup(Viewer viewer, string group) =>
        ListChoices.IsGroup(group, configuration.Snapshot) && Knows(viewer, group);

    private bool MayShow(Viewer viewer, string column) =>
        ListChoices.IsColumn(column, configuration.Snapshot) && Knows(viewer, column);

    private bool Knows(Viewer viewer, string name) =>
        ListChoices.FieldOf(name) is not { } id
        || (configuration.Snapshot.TryGet<FieldDocument>(id, out var field) && FieldSight.Knows(viewer, field));

    private async Task<Refusal?> RefuseAsync(Viewer viewer, OwnQueue? queue, CancellationToken cancellation) =>
        queue is null ? Unknown()
        : await MayChangeAsync(viewer, queue, cancellation) ? null
        : Refusal.Forbidden("queues.own-not-yours");

    private async Task<IReadOnlyList<Refusal>> CheckAsync(
        Viewer viewer,
        OwnQueue? current,
        OwnQueueText text,
        CancellationToken cancellation
    )
    {
        var refusals = new List<Refusal>();
        if (text.Name.Trim().Length is 0 or > LongestName)
        {
            refusals.Add(Refusal.Invalid("queues.own-name-wrong", "name", $"{LongestName}"));
        }

        if (text.Team is { } team && team != current?.Text.Team && !viewer.Person.Teams.Contains(team))
        {
            refusals.Add(Refusal.Invalid("queues.own-team-wrong", "team"));
        }

        // A colleague's group may stay, also where the one who changes the queue does not see its field.
        if (text.Grouping is { } group && group != current?.Text.Grouping && !MayGroup(viewer, group))
        {
            refusals.Add(Refusal.Invalid("queues.own-group-wrong", "group"));
        }

        var shown = current?.Text.Columns ?? [];
        if (
            text.Columns.Count > ListChoices.MostColumns
            || text.Columns.FirstOrDefault(column => !shown.Contains(column) && !MayShow(viewer, column)) is not null
        )
        {
            refusals.Add(Refusal.Invalid("queues.own-columns-wrong", "columns", $"{ListChoices.MostColumns}"));
        }

        if (text.Rows is { } rows && !ListChoices.Rows.Contains(rows))
        {
            refusals.Add(Refusal.Invalid("queues.own-rows-wrong", "rows", string.Join(", ", ListChoices.Rows)));
        }

        if (text.Query.Length > LongestQuery)
        {
            refusals.Add(Refusal.Invalid("query.too-long", "query", $"{LongestQuery}"));
        }
        else if ((await lists.CountAllAsync(viewer, [text.Query], cancellation))[0].Error is { } error)
        {
            refusals.Add(Refusal.Invalid(error.Code, "query", [.. error.Arguments]));
        }

        return refusals;
    }

    private static Refusal Unknown() => Refusal.NotFound("queues.own-unknown");
}
