using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Workflow;

/// <summary>Statuses in which tickets of a type may be, and that its workflow would neither have nor replace.</summary>
/// <param name="Type">The id of the ticket type.</param>
/// <param name="Workflow">The workflow that it would have.</param>
/// <param name="Statuses">As they are now.</param>
public sealed record LostStatuses(string Type, WorkflowDocument Workflow, ValueList<WorkflowStatus> Statuses)
{
    /// <summary>What a change of the configuration takes away from tickets, by type; empty when nothing.</summary>
    public static IReadOnlyList<LostStatuses> Between(IConfiguration before, IConfiguration after) =>
        [
            .. after
                .All<TicketTypeDocument>()
                .Select(type => Of(type, before, after))
                .OfType<LostStatuses>()
                .Where(lost => lost.Statuses.Count > 0),
        ];

    /// <summary>The workflow with where tickets go that were in statuses which it lacks, as far as the moves say it.</summary>
    /// <param name="lost">Ids of the statuses.</param>
    public static WorkflowDocument Moving(
        WorkflowDocument workflow,
        IEnumerable<string> lost,
        IReadOnlyCollection<StatusMove> moves
    ) =>
        workflow with
        {
            Replaced =
            [
                .. workflow.Replaced,
                .. lost.Distinct(StringComparer.Ordinal)
                    .Select(status =>
                        moves.LastOrDefault(move =>
                            move.From == status && (move.Workflow is null || move.Workflow == workflow.Id)
                        )
                    )
                    .OfType<StatusMove>()
                    .Select(move => new StatusReplacement(move.From, move.To)),
            ],
        };

    /// <summary>What is proposed for tickets of a status that goes away: the first status of its category, else the first of all.</summary>
    public static string Proposed(WorkflowDocument workflow, WorkflowStatus gone) =>
        (
            workflow.Statuses.FirstOrDefault(status => status.Category == gone.Category && status.Closes == gone.Closes)
            ?? workflow.Statuses.FirstOrDefault(status => status.Category == gone.Category)
            ?? workflow.Statuses[0]
        ).Id;

    private static LostStatuses? Of(TicketTypeDocument type, IConfiguration before, IConfiguration after) =>
        before.WorkflowOf(type.Id) is { } was && after.WorkflowOf(type.Id) is { } next && !ReferenceEquals(was, next)
            ? new LostStatuses(type.Id, next, Known(was).Where(status => !IsAnswered(next, status.Id)).ToValueList())
            : null;

    private static bool IsAnswered(WorkflowDocument workflow, string status) =>
        workflow.Status(status) is not null || workflow.Replaced.Any(one => one.From == status);

    // What was replaced before may not be moved yet.
    private static IEnumerable<WorkflowStatus> Known(WorkflowDocument workflow) =>
        workflow.Statuses.Concat(
            workflow
                .Replaced.Where(one => workflow.Status(one.From) is null)
                .Select(one => new WorkflowStatus(one.From, LocalizedText.Of(one.From), StatusCategory.Active))
        );
}
