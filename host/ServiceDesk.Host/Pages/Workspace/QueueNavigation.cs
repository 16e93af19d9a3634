using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A desk with its queues, as the sidebar shows them.</summary>
public sealed record DeskQueues(DeskDocument Desk, IReadOnlyList<CountedQueue> Queues);

/// <summary>A queue with the number of its tickets; an error stands where its query is wrong.</summary>
public sealed record CountedQueue(QueueDocument Queue, int Count, QueryError? Error);

/// <summary>The queues of the desks on which a viewer works.</summary>
public sealed class QueueNavigation(ICurrentConfiguration configuration, ITicketLists lists)
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

    /// <summary>The same with the number of tickets in each queue, asked in one go.</summary>
    public async Task<IReadOnlyList<DeskQueues>> CountAsync(Viewer viewer, CancellationToken cancellation)
    {
        var desks = Of(viewer);
        var queries = desks.SelectMany(desk => desk.Queues).Select(QueryOf).ToList();
        var counts = await lists.CountAllAsync(viewer, queries, cancellation);
        var next = 0;
        return
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
        ];
    }

    /// <summary>The whole query of a queue: its own, on its desk.</summary>
    public static string QueryOf(QueueDocument queue)
    {
        var desk = $"desk = {QueryText.Quote(queue.Desk)}";
        return QueryText.Narrow(queue.Query, desk);
    }
}
