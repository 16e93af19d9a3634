using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>Folds events into approvals. Total: what does not fit changes nothing, nobody counts twice, and what ended stays as it is.</summary>
internal static class ApprovalFold
{
    private const string TimerPrefix = "approval:";
    private const string ReminderPrefix = "approval-reminder:";

    public static ValueList<Approval> Asked(
        ValueList<Approval> approvals,
        ApprovalRequested e,
        RecordedEvent recorded
    ) =>
        approvals.Any(approval => approval.Id == e.Approval)
            ? approvals
            : approvals.Add(
                new Approval
                {
                    Id = e.Approval,
                    Title = e.Title,
                    Policy = e.Policy,
                    Steps = e.Steps,
                    Parallel = e.Parallel,
                    RequestedAt = recorded.At,
                    RequestedBy = recorded.Actor.Person,
                    ByCustomer = e.ByCustomer,
                    ExpiresAt = e.ExpiresAt,
                    RemindEvery = e.RemindEvery,
                    CommentOnDecline = e.CommentOnDecline,
                    CustomersSee = e.CustomersSee,
                    ForStatus = e.ForStatus,
                    WhenApproved = e.WhenApproved,
                    WhenDeclined = e.WhenDeclined,
                }
            );

    public static ValueList<Approval> Answered(ValueList<Approval> approvals, ApprovalAnswered e, Instant at) =>
        Pending(approvals, e.Approval, approval => With(approval, e, at));

    public static ValueList<Approval> Reminded(ValueList<Approval> approvals, ApprovalReminded e, Instant at) =>
        Pending(
            approvals,
            e.Approval,
            approval => approval with { RemindedAt = at, Reminders = approval.Reminders + 1 }
        );

    /// <summary>The one who is asked instead takes the place in the steps where who delegated is asked and has not answered; for whom is kept over several hands.</summary>
    public static ValueList<Approval> Delegated(ValueList<Approval> approvals, ApprovalDelegated e, Instant at) =>
        Pending(
            approvals,
            e.Approval,
            approval =>
            {
                var steps = e.Steps.Intersect(approval.StepsFor(e.From)).ToHashSet();
                return approval with
                {
                    HandedAt = at,
                    Steps = approval
                        .Steps.Select((step, place) => steps.Contains(place) ? Delegated(step, e) : step)
                        .ToValueList(),
                };
            }
        );

    private static ApprovalStep Delegated(ApprovalStep step, ApprovalDelegated e) =>
        step.Approvers.Contains(e.To)
            ? step
            : step with
            {
                Approvers = step.Approvers.Select(person => person == e.From ? e.To : person).ToValueList(),
                StandIns = step
                    .StandIns.Where(one => one.Person != e.From)
                    .Append(new StandIn(e.To, step.For(e.From) ?? e.From))
                    .ToValueList(),
            };

    public static ValueList<Approval> Ended(ValueList<Approval> approvals, ApprovalEnded e, Instant at) =>
        e.State == ApprovalState.Pending
            ? approvals
            : Pending(
                approvals,
                e.Approval,
                approval => approval with { State = e.State, EndedAt = at, EndReason = e.Reason }
            );

    /// <summary>The approval with an answer, in the steps where the person is asked and has not answered.</summary>
    public static Approval With(Approval approval, ApprovalAnswered e, Instant at)
    {
        var steps = e.Steps.Intersect(approval.StepsFor(e.Person)).ToValueList();
        return steps.Count == 0
            ? approval
            : approval with
            {
                Answers = approval.Answers.Add(new ApprovalAnswer(e.Person, steps, e.Approves, e.Comment, at)),
            };
    }

    /// <summary>A timer for the end and the next reminder of each pending approval that has such.</summary>
    public static IEnumerable<DerivedTimer> Timers(TicketState ticket) =>
        ticket
            .Approvals.Where(approval => approval.State == ApprovalState.Pending)
            .SelectMany(approval => Timers(approval).Select(timed => timed.Timer));

    /// <summary>What follows from a timer of <see cref="Timers(TicketState)"/>; null for another's.</summary>
    public static TicketEvent? OnTimer(TicketState ticket, DerivedTimer timer) =>
        ticket
            .Approvals.Where(approval => approval.State == ApprovalState.Pending)
            .SelectMany(Timers)
            .FirstOrDefault(timed => timed.Timer == timer)
            .Event;

    private static IEnumerable<(DerivedTimer Timer, TicketEvent? Event)> Timers(Approval approval)
    {
        if (approval.ExpiresAt is { } end)
        {
            yield return (
                new DerivedTimer(TimerPrefix + approval.Id, end),
                new ApprovalEnded(approval.Id, ApprovalState.Expired, null, approval.CustomersSee)
            );
        }

        if (approval.RemindsAt() is { } next)
        {
            yield return (
                new DerivedTimer(ReminderPrefix + approval.Id, next),
                new ApprovalReminded(approval.Id, approval.WaitingFor().ToValueList())
            );
        }
    }

    private static ValueList<Approval> Pending(
        ValueList<Approval> approvals,
        long id,
        Func<Approval, Approval> change
    ) =>
        approvals
            .Select(approval =>
                approval.Id == id && approval.State == ApprovalState.Pending ? change(approval) : approval
            )
            .ToValueList();
}
