using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Benchmarks.Filling;

/// <summary>The clocks of a ticket as a plan wants them.</summary>
internal static class FilledClocks
{
    private const string FirstResponse = "time-to-first-response";
    private const string Resolution = "time-to-resolution";
    private static readonly Duration Hours = Duration.FromHours(8);

    // What starts months before its end has a target of months.
    private static readonly Duration Months = Duration.FromDays(90);

    public static ValueList<SlaClock> Of(FillingPlan plan, TicketState state, int number) =>
        plan.Promises switch
        {
            FilledPromises.Overdue =>
            [
                Running(
                    state,
                    Resolution,
                    plan.Now - Duration.FromSeconds(1 + Vocabulary.Pick(number, 17, 3_600)),
                    Hours
                ),
            ],
            FilledPromises.Running =>
            [
                Running(state, FirstResponse, Later(plan, number), Months),
                Running(state, Resolution, Later(plan, number + 1), Months),
            ],
            FilledPromises.Paced => [Running(state, FirstResponse, plan.Now + (plan.Pace * number), Hours)],
            _ => [Mixed(plan, state, number)],
        };

    private static Instant Later(FillingPlan plan, int number) =>
        plan.Now + Duration.FromDays(30) + Duration.FromMinutes(Vocabulary.Pick(number, 17, 60 * 24 * 60));

    private static SlaClock Mixed(FillingPlan plan, TicketState state, int number)
    {
        var due = plan.Now + Duration.FromMinutes(60 + Vocabulary.Pick(number, 17, 20_000));
        var running = Running(state, Resolution, due, Hours) with
        {
            Elapsed = Duration.FromMinutes(Vocabulary.Pick(number, 16, 400)),
        };
        return state.Category switch
        {
            StatusCategory.Done => running with
            {
                Status = ClockStatus.Stopped,
                Verdict = ClockVerdict.Met,
                DueAt = null,
            },
            StatusCategory.Waiting => running with { Status = ClockStatus.Paused, DueAt = null },
            _ => running,
        };
    }

    private static SlaClock Running(TicketState state, string metric, Instant due, Duration target)
    {
        // A later event counts it anew, so it must be one that could be.
        var (calendar, start) = (new DocumentVersion("24x7", 1), due - target);
        return new SlaClock
        {
            Policy = new DocumentVersion(state.Type, 1),
            Metric = metric,
            Cycle = 1,
            Goal = 0,
            Target = target,
            Calendar = calendar,
            Status = ClockStatus.Running,
            Verdict = ClockVerdict.Open,
            StartedAt = start,
            Since = start,
            Elapsed = Duration.Zero,
            DueAt = due,
            Marks = [new ClockMark(ClockMarkKind.Started, start, 1, "opened", target, calendar)],
        };
    }
}
