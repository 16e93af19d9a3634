using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Host.Workflows;

/// <summary>A status that a new version of a workflow no longer has, with the tickets that are in it now.</summary>
/// <param name="Status">As it was.</param>
/// <param name="Tickets">How many.</param>
public sealed record VanishingStatus(WorkflowStatus Status, int Tickets);

/// <summary>Tickets that would be left in statuses which their workflow lacks.</summary>
/// <param name="Workflow">The workflow as it would be.</param>
/// <param name="Statuses">The statuses, with how many tickets are in each.</param>
public sealed record StrandedTickets(WorkflowDocument Workflow, IReadOnlyList<VanishingStatus> Statuses)
{
    /// <summary>The sentence that says so, and what to do.</summary>
    public DocumentProblem Problem =>
        DocumentProblem.At(
            "/statuses",
            "workflow.tickets-stranded",
            Workflow.Name.ToString(),
            string.Join(", ", Statuses.Select(left => $"{left.Status.Name} ({left.Tickets})")),
            Statuses[0].Status.Id
        );

    /// <summary>Where the tickets of a status would best go: the first status of its category, else the first of all.</summary>
    public StatusMove Proposed(WorkflowStatus left) => new(Workflow.Id, left.Id, LostStatuses.Proposed(Workflow, left));
}

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

    /// <summary>Tickets that a change of the configuration would leave in statuses that their workflows then neither have nor replace, by workflow.</summary>
    public async Task<IReadOnlyList<StrandedTickets>> StrandedAsync(
        IConfiguration before,
        IConfiguration after,
        CancellationToken cancellation
    )
    {
        string[] desks = [.. before.All<DeskDocument>().Select(desk => desk.Id)];
        var found = new List<(WorkflowDocument Workflow, VanishingStatus Left)>();
        foreach (var lost in LostStatuses.Between(before, after))
        {
            string[] ids = [.. lost.Statuses.Select(status => status.Id)];
            var counts = await tickets.CountAsync(new StatusQuestion(desks, [lost.Type], ids), cancellation);
            found.AddRange(
                lost.Statuses.Where(status => counts.ContainsKey(status.Id))
                    .Select(status => (lost.Workflow, new VanishingStatus(status, counts[status.Id])))
            );
        }

        return
        [
            .. found
                .GroupBy(one => one.Workflow.Id, StringComparer.Ordinal)
                .Select(group => new StrandedTickets(
                    group.First().Workflow,
                    [
                        .. group
                            .GroupBy(one => one.Left.Status.Id, StringComparer.Ordinal)
                            .Select(same => same.First().Left with { Tickets = same.Sum(one => one.Left.Tickets) }),
                    ]
                )),
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
