using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>Conditions on the newest cycles of clocks.</summary>
internal sealed class ClockTranslator(ServiceDeskDb db, QueryContext context)
{
    private const int Running = 1;
    private const int Paused = 2;
    private const int Stopped = 3;

    public Expression<Func<TicketRow, bool>> Translate(Predicate predicate) =>
        predicate switch
        {
            HasClock clock => Among(clock.Metrics, row => true),
            ClockIs clock => Among(clock.Metrics, State(clock.State)),
            ClockLeft clock => Among(clock.Metrics, Left(clock.Comparison, clock.Due(context), clock.Ticks)),
            _ => throw new InvalidOperationException($"No predicate of clocks: {predicate.GetType().Name}"),
        };

    private static Expression<Func<TicketClockRow, bool>> State(ClockQuestion state)
    {
        var status = state switch
        {
            ClockQuestion.Running => Running,
            ClockQuestion.Paused => Paused,
            ClockQuestion.Stopped => Stopped,
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

    private static Expression<Func<TicketClockRow, bool>> Left(Comparison comparison, long due, long left) =>
        comparison switch
        {
            Comparison.Less => row =>
                (row.Status == Running && row.DueAt < due)
                || (row.Status == Paused && row.TargetTicks - row.ElapsedTicks < left),
            Comparison.LessOrEqual => row =>
                (row.Status == Running && row.DueAt <= due)
                || (row.Status == Paused && row.TargetTicks - row.ElapsedTicks <= left),
            Comparison.Greater => row =>
                (row.Status == Running && row.DueAt > due)
                || (row.Status == Paused && row.TargetTicks - row.ElapsedTicks > left),
            _ => row =>
                (row.Status == Running && row.DueAt >= due)
                || (row.Status == Paused && row.TargetTicks - row.ElapsedTicks >= left),
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
