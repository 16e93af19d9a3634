using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Host.Workflows;

/// <summary>A status that a new version of a workflow no longer has, with the tickets that are in it now.</summary>
/// <param name="Status">As it was.</param>
/// <param name="Tickets">How many.</param>
public sealed record VanishingStatus(WorkflowStatus Status, int Tickets);

/// <summary>Which tickets a change of a workflow concerns.</summary>
public sealed class WorkflowTickets(IStatusTickets tickets, ICurrentConfiguration current)
{
    /// <summary>The statuses that are published and that a new version does not have, in their order.</summary>
    public async Task<IReadOnlyList<VanishingStatus>> VanishingAsync(
        WorkflowDocument changed,
        CancellationToken cancellation
    )
    {
        var gone = current.Snapshot.TryGet<WorkflowDocument>(changed.Id, out var published)
            ? published.Statuses.Where(status => changed.Statuses.All(kept => kept.Id != status.Id)).ToList()
            : [];
        if (gone.Count == 0)
        {
            return [];
        }

        var question = Question(current.Snapshot, changed.Id, [.. gone.Select(status => status.Id)]);
        var counts = await tickets.CountAsync(question, cancellation);
        return [.. gone.Select(status => new VanishingStatus(status, counts.GetValueOrDefault(status.Id)))];
    }

    /// <summary>The statuses in which tickets of a type are now and which the workflow that it is to have does not know.</summary>
    public async Task<IReadOnlyList<VanishingStatus>> StrandedAsync(
        TicketTypeDocument changed,
        CancellationToken cancellation
    )
    {
        var snapshot = current.Snapshot;
        if (
            !snapshot.TryGet<TicketTypeDocument>(changed.Id, out var type)
            || type.Workflow == changed.Workflow
            || !snapshot.TryGet<WorkflowDocument>(type.Workflow, out var before)
            || !snapshot.TryGet<WorkflowDocument>(changed.Workflow, out var after)
        )
        {
            return [];
        }

        var gone = before.Statuses.Where(status => after.Statuses.All(kept => kept.Id != status.Id)).ToList();
        var question = new StatusQuestion(
            [.. snapshot.All<DeskDocument>().Select(desk => desk.Id)],
            [type.Id],
            [.. gone.Select(status => status.Id)]
        );
        var counts = gone.Count == 0 ? null : await tickets.CountAsync(question, cancellation);
        return
        [
            .. gone.Select(status => new VanishingStatus(status, counts!.GetValueOrDefault(status.Id)))
                .Where(status => status.Tickets > 0),
        ];
    }

    /// <summary>How many tickets are left in statuses that a workflow has replaced.</summary>
    public async Task<int> LeftAsync(WorkflowDocument workflow, CancellationToken cancellation)
    {
        if (workflow.Replaced.Count == 0)
        {
            return 0;
        }

        var counts = await tickets.CountAsync(Question(current.Snapshot, workflow), cancellation);
        return counts.Values.Sum();
    }

    /// <summary>The tickets of a workflow that are in statuses which it has replaced.</summary>
    internal static StatusQuestion Question(IConfiguration configuration, WorkflowDocument workflow) =>
        Question(configuration, workflow.Id, [.. workflow.Replaced.Select(replacement => replacement.From)]);

    private static StatusQuestion Question(IConfiguration configuration, string workflow, string[] statuses) =>
        new(
            [.. configuration.All<DeskDocument>().Select(desk => desk.Id)],
            [
                .. configuration
                    .All<TicketTypeDocument>()
                    .Where(type => type.Workflow == workflow)
                    .Select(type => type.Id),
            ],
            statuses
        );
}
