using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A desk with its queues, as the sidebar shows them.</summary>
public sealed record DeskQueues(DeskDocument Desk, IReadOnlyList<CountedQueue> Queues);

/// <summary>A queue with the number of its tickets; an error stands where its query is wrong.</summary>
public sealed record CountedQueue(QueueDocument Queue, int Count, QueryError? Error);

/// <summary>A queue of the viewer or of a team with the number of its tickets.</summary>
/// <param name="Team">The name of the team that shares it; null for the viewer's own.</param>
public sealed record CountedOwnQueue(OwnQueue Queue, string? Team, QueueCount Count);

/// <summary>Everything that the sidebar shows.</summary>
public sealed record CountedQueues(IReadOnlyList<CountedOwnQueue> Own, IReadOnlyList<DeskQueues> Desks);

/// <summary>The queues of the desks on which a viewer works, and those that the viewer and the viewer's teams made.</summary>
public sealed class QueueNavigation(ICurrentConfiguration configuration, ITicketLists lists, OwnQueueDoor door)
{
    /// <summary>The desks in order of their keys, each with its queues in their order. No counts.</summary>
    public IReadOnlyList<(DeskDocument Desk, IReadOnlyList<QueueDocument> Queues)> Of(Viewer viewer)
    {
        var snapshot = configuration.Snapshot;
        var queues = snapshot.All<QueueDocument>().ToLookup(queue => queue.Desk, StringComparer.Ordinal);
        return
        [
            .. from desk in snapshot.All<DeskDocument>()
            where viewer.WorksOn(desk.Id)
            orderby queues[desk.Id].Any() ? 0 : 1
            select (desk, (IReadOnlyList<QueueDocument>)[.. queues[desk.Id]]),
        ];
    }

    /// <summary>The same and the own ones with the number of tickets in each queue, asked in one go.</summary>
    public async Task<CountedQueues> CountAsync(Viewer viewer, CancellationToken cancellation)
    {
        var own = await door.SeenByAsync(viewer, cancellation);
        var teams = own.Any(queue => queue.Text.Team is not null) ? await door.TeamsAsync(viewer, cancellation) : [];
        var desks = Of(viewer);
        List<string> queries =
        [
            .. own.Select(queue => queue.Text.Query),
            .. desks.SelectMany(desk => desk.Queues).Select(QueryOf),
        ];
        var counts = await lists.CountAllAsync(viewer, queries, cancellation);
        var next = own.Count;
        return new CountedQueues(
            [
                .. own.Select(
                    (queue, at) =>
                        new CountedOwnQueue(
                            queue,
                            teams.FirstOrDefault(team => team.Id == queue.Text.Team)?.Name,
                            counts[at]
                        )
                ),
            ],
            [
                .. desks.Select(desk => new DeskQueues(
                    desk.Desk,
                    [
                        .. desk.Queues.Select(queue =>
                        {
                            var count = counts[next++];
                            return new CountedQueue(queue, count.Count, count.Error);
                        }),
                    ]
                )),
            ]
        );
    }

    /// <summary>The whole query of a queue: its own, on its desk.</summary>
    public static string QueryOf(QueueDocument queue)
    {
        var desk = $"desk = {QueryText.Quote(queue.Desk)}";
        return QueryText.Narrow(queue.Query, desk);
    }
}
