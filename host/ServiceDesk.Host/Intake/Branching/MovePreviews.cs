using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Branching;

/// <summary>What becomes of a field's value when a ticket moves.</summary>
/// <param name="Id">The field that holds it now.</param>
/// <param name="Field">Its document; null when it is gone from the configuration.</param>
/// <param name="Value">What it holds.</param>
/// <param name="To">The field there that takes it; null when it is dropped.</param>
/// <param name="Takers">The fields there that could take it.</param>
public sealed record MovedField(
    string Id,
    FieldDocument? Field,
    FieldValue Value,
    string? To,
    IReadOnlyList<FieldDocument> Takers
);

/// <summary>What becomes of a clock.</summary>
public enum ClockFate
{
    /// <summary>It goes on as it is.</summary>
    Unchanged = 1,

    /// <summary>It begins with the move.</summary>
    Begins = 2,

    /// <summary>It ends with the move.</summary>
    Ends = 3,

    /// <summary>It goes on otherwise: due at another time, paused or running again.</summary>
    Changes = 4,
}

/// <summary>A clock before and after a move.</summary>
/// <param name="Before">Its newest cycle before; null when there is none.</param>
/// <param name="After">Its newest cycle after; null when there is none.</param>
public sealed record MovedClock(SlaClock? Before, SlaClock? After)
{
    /// <summary>The metric's id.</summary>
    public string Metric => (After ?? Before)!.Metric;

    /// <summary>What becomes of it.</summary>
    public ClockFate Fate =>
        (Before, After) switch
        {
            (null, { }) => ClockFate.Begins,
            (_, null) => ClockFate.Ends,
            ({ Status: not ClockStatus.Stopped }, { Status: ClockStatus.Stopped }) => ClockFate.Ends,
            _ when Before.Cycle != After.Cycle => ClockFate.Begins,
            _ => (Before.Status, Before.DueAt) == (After.Status, After.DueAt) ? ClockFate.Unchanged : ClockFate.Changes,
        };
}

/// <summary>What a move would make of a ticket.</summary>
/// <param name="Desk">The desk there.</param>
/// <param name="Type">The ticket type there.</param>
/// <param name="Status">The status there; null when the one that was asked for is none of <paramref name="Statuses"/>.</param>
/// <param name="Statuses">The statuses that can be chosen.</param>
/// <param name="Fields">What becomes of each filled field.</param>
/// <param name="Missing">Fields that are needed there and still empty.</param>
/// <param name="LosesAssignee">Whether who works on it does not work there.</param>
/// <param name="LosesTeam">Whether the team does not work there.</param>
/// <param name="Clocks">What becomes of promises; null when it cannot be told, because the move is refused.</param>
/// <param name="Refusals">Why the move would be refused.</param>
public sealed record MovePreview(
    DeskDocument Desk,
    TicketTypeDocument Type,
    WorkflowStatus? Status,
    IReadOnlyList<WorkflowStatus> Statuses,
    IReadOnlyList<MovedField> Fields,
    IReadOnlyList<FieldDocument> Missing,
    bool LosesAssignee,
    bool LosesTeam,
    IReadOnlyList<MovedClock>? Clocks,
    IReadOnlyList<Refusal> Refusals
);

/// <summary>Shows what a move would make of a ticket, for pages and API.</summary>
public sealed class MovePreviews(MoveTrials trials, WholeTickets wholes, ICurrentConfiguration configuration)
{
    /// <summary>The preview; or only the refusals, when there is no such desk, type or workflow for the viewer.</summary>
    public async Task<(MovePreview? Preview, IReadOnlyList<Refusal> Refusals)> OfAsync(
        Viewer viewer,
        TicketSnapshot ticket,
        MoveTicket command,
        CancellationToken cancellation
    )
    {
        var snapshot = configuration.Snapshot;
        var trial = await trials.TryAsync(
            await wholes.OfAsync(viewer, ticket, cancellation),
            CommandEnvelope.By(viewer, command),
            cancellation
        );
        var (requestType, typeId) = Ticket.MoveTarget(snapshot, ticket.State, command);
        if (
            command.Desk == ticket.State.Desk
            || !viewer.WorksOn(command.Desk)
            || !snapshot.TryGet<DeskDocument>(command.Desk, out var desk)
            || !desk.Types.Contains(typeId)
            || !snapshot.TryGet<TicketTypeDocument>(typeId, out var type)
            || snapshot.WorkflowOf(typeId) is not { } workflow
        )
        {
            return (null, trial.Refusals);
        }

        var state = ticket.State;
        var plan = MovePlan.Of(state, command, type, requestType, snapshot);
        var after = trial.After?.State;
        return (
            new MovePreview(
                desk,
                type,
                plan.Status,
                [.. MovePlan.StatusesFor(state, workflow)],
                [
                    .. state.Fields.Select(field => new MovedField(
                        field.Key,
                        snapshot.TryGet<FieldDocument>(field.Key, out var document) ? document : null,
                        field.Value,
                        plan.Dropped.ContainsKey(field.Key) ? null : Seen(plan.Mapped.Find(field.Key) ?? field.Key),
                        [
                            .. MovePlan
                                .TakersOf(field.Key, field.Value, type, snapshot)
                                .Where(taker => Seen(taker.Id) is not null),
                        ]
                    )),
                ],
                [
                    .. plan.Missing(state)
                        .Where(id => FieldSight.Sees(viewer, id, state.Status, snapshot))
                        .Select(Find)
                        .OfType<FieldDocument>(),
                ],
                after is not null && state.Assignee is not null && after.Assignee is null,
                after is not null && state.Team is not null && after.Team is null,
                trial.After is { } then ? [.. Clocks(ticket.Clocks, then.Clocks)] : null,
                trial.Refusals
            ),
            trial.Refusals
        );

        string? Seen(string id) => FieldSight.Sees(viewer, id, plan.Status?.Id ?? state.Status, snapshot) ? id : null;

        FieldDocument? Find(string id) => snapshot.TryGet<FieldDocument>(id, out var field) ? field : null;
    }

    private static IEnumerable<MovedClock> Clocks(ValueList<SlaClock> before, ValueList<SlaClock> after)
    {
        var metrics = before.Concat(after).Select(clock => clock.Metric).Distinct(StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            var moved = new MovedClock(Newest(before, metric), Newest(after, metric));
            // What was decided before is not touched, and no news.
            if (moved is not { Before.Status: ClockStatus.Stopped, Fate: ClockFate.Unchanged })
            {
                yield return moved;
            }
        }
    }

    private static SlaClock? Newest(ValueList<SlaClock> clocks, string metric) =>
        clocks.Where(clock => clock.Metric == metric).MaxBy(clock => clock.Cycle);
}
