using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>Conditions on the newest cycles of clocks.</summary>
internal sealed class ClockTranslator(ServiceDeskDb db, QueryContext context)
{
    private const int RunningStatus = 1;
    private const int PausedStatus = 2;
    private const int StoppedStatus = 3;

    public Expression<Func<TicketRow, bool>> Translate(Predicate predicate) =>
        predicate switch
        {
            HasClock clock => Among(clock.Metrics, row => true),
            ClockIs clock => Among(clock.Metrics, State(clock.State)),
            ClockLeft clock => Expressions.Any([
                Among(clock.Metrics, Running(clock.Comparison, clock.Due(context))),
                Among(clock.Metrics, Paused(clock.Comparison, clock.Ticks)),
            ]),
            _ => throw new InvalidOperationException($"No predicate of clocks: {predicate.GetType().Name}"),
        };

    private static Expression<Func<TicketClockRow, bool>> State(ClockQuestion state)
    {
        var status = state switch
        {
            ClockQuestion.Running => RunningStatus,
            ClockQuestion.Paused => PausedStatus,
            ClockQuestion.Stopped => StoppedStatus,
            _ => 0,
        };
        var verdict = state switch
        {
            ClockQuestion.Open => 1,
            ClockQuestion.Met => 2,
            _ => 3,
        };
        return status == 0 ? row => row.Verdict == verdict : row => row.Status == status;
    }

    private static Expression<Func<TicketClockRow, bool>> Running(Comparison comparison, long due) =>
        comparison switch
        {
            Comparison.Less => row => row.Status == RunningStatus && row.DueAt < due,
            Comparison.LessOrEqual => row => row.Status == RunningStatus && row.DueAt <= due,
            Comparison.Greater => row => row.Status == RunningStatus && row.DueAt > due,
            _ => row => row.Status == RunningStatus && row.DueAt >= due,
        };

    private static Expression<Func<TicketClockRow, bool>> Paused(Comparison comparison, long left) =>
        comparison switch
        {
            Comparison.Less => row => row.Status == PausedStatus && row.TargetTicks - row.ElapsedTicks < left,
            Comparison.LessOrEqual => row => row.Status == PausedStatus && row.TargetTicks - row.ElapsedTicks <= left,
            Comparison.Greater => row => row.Status == PausedStatus && row.TargetTicks - row.ElapsedTicks > left,
            _ => row => row.Status == PausedStatus && row.TargetTicks - row.ElapsedTicks >= left,
        };

    private Expression<Func<TicketRow, bool>> Among(
        IReadOnlyCollection<string> metrics,
        Expression<Func<TicketClockRow, bool>> row
    )
    {
        var names = metrics.ToArray();
        var tickets = db
            .TicketClocks.Where(clock => clock.IsCurrent && names.Contains(clock.Metric))
            .Where(row)
            .Select(clock => clock.TicketId);
        return ticket => tickets.Contains(ticket.Id);
    }
}
