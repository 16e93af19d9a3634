using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries.Translation;

namespace ServiceDesk.Storage.Sla;

/// <summary>Questions about promises as conditions on their rows.</summary>
internal static class PromiseRows
{
    private const int Running = (int)ClockStatus.Running;
    private const int Paused = (int)ClockStatus.Paused;
    private const int Met = (int)ClockVerdict.Met;
    private const int Breached = (int)ClockVerdict.Breached;

    // Unix time begins on a Thursday; weeks here on a Monday.
    private const long HoursBeforeThursday = 72;
    private const long HoursOfWeek = 168;

    /// <summary>The promises that a question asks for, of tickets that count for the viewer.</summary>
    public static IQueryable<PromiseRow> Asked(ServiceDeskDb db, Viewer viewer, PromiseQuestion question)
    {
        var agreement = (int)question.Agreement;
        var rows = Narrowed(
            InState(db.Promises.AsNoTracking().Where(row => row.Agreement == agreement), question),
            question
        );
        if (question.Hour is { } hour)
        {
            rows = rows.Where(InHour(question, hour));
        }

        if (question.Stays.Count > 0)
        {
            rows = Having(db, rows, question);
        }

        return rows.Join(Tickets(db, viewer, question), row => row.TicketId, ticket => ticket.Id, (row, _) => row);
    }

    /// <summary>The tickets that count for the viewer: of customers those that they read. Whoever works on a desk sees all of it, so that nothing else needs to be asked.</summary>
    public static IQueryable<TicketRow> Tickets(ServiceDeskDb db, Viewer viewer, PromiseQuestion question)
    {
        var tickets = question.ForCustomer
            ? db.Tickets.AsNoTracking().Where(AccessFilter.OfRead(db, viewer))
            : db.Tickets.AsNoTracking().Where(Expressions.In(ticket => ticket.Desk, viewer.Desks));
        if (question.Organization is { } organization)
        {
            tickets =
                organization == 0
                    ? tickets.Where(ticket => ticket.OrganizationId == null)
                    : tickets.Where(ticket => ticket.OrganizationId == organization);
        }

        return question.Desk is { } desk ? tickets.Where(ticket => ticket.Desk == desk) : tickets;
    }

    private static IQueryable<PromiseRow> InState(IQueryable<PromiseRow> rows, PromiseQuestion question)
    {
        var (from, to) = (question.From.ToUnixTimeTicks(), question.To.ToUnixTimeTicks());
        var now = question.Now.ToUnixTimeTicks();
        var decided = rows.Where(row => row.DecidedAt >= from && row.DecidedAt < to);
        var live = rows.Where(row => row.Status == Running || row.Status == Paused);
        return question.State switch
        {
            PromiseState.Met => decided.Where(row => row.Verdict == Met),
            PromiseState.Breached => decided.Where(row => row.Verdict == Breached),
            PromiseState.Started => rows.Where(row => row.StartedAt >= from && row.StartedAt < to),
            PromiseState.Corrected => decided.Where(row => row.Was != 0),
            PromiseState.Live => live,
            PromiseState.OnTrack => live.Where(row =>
                row.Status == Running && row.Verdict != Breached && row.NearAt > now && row.DueAt > now
            ),
            PromiseState.Near => live.Where(row =>
                row.Status == Running && row.Verdict != Breached && row.NearAt <= now && row.DueAt > now
            ),
            PromiseState.Broken => live.Where(row => row.Verdict == Breached || row.DueAt <= now),
            PromiseState.Paused => live.Where(row => row.Status == Paused && row.Verdict != Breached),
            _ => decided,
        };
    }

    private static IQueryable<PromiseRow> Narrowed(IQueryable<PromiseRow> rows, PromiseQuestion question)
    {
        if (question.ForCustomer || question.Policies.Count > 0)
        {
            var policies = question.Policies.ToArray();
            rows = rows.Where(row => policies.Contains(row.Policy));
        }

        if (question.Metric is { } metric)
        {
            rows = rows.Where(row => row.Metric == metric);
        }

        if (question.Calendar is { } calendar)
        {
            rows = rows.Where(row => row.Calendar == calendar);
        }

        if (question.Target is { } target)
        {
            var ticks = target.BclCompatibleTicks;
            rows = rows.Where(row => row.TargetTicks == ticks);
        }

        return question.Team is { } team ? rows.Where(row => row.TeamId == team) : rows;
    }

    // The offset of a zone changes within a span: each part of it has an hour of its own.
    private static Expression<Func<PromiseRow, bool>> InHour(PromiseQuestion question, int hour) =>
        Either(
            question
                .Zone.GetZoneIntervals(question.From, question.To)
                .Select(interval =>
                {
                    var from = (interval.HasStart ? interval.Start : question.From).ToUnixTimeTicks();
                    var to = (interval.HasEnd ? interval.End : question.To).ToUnixTimeTicks();
                    var shift = interval.WallOffset.Ticks + (HoursBeforeThursday * NodaConstants.TicksPerHour);
                    return question.State == PromiseState.Started
                        ? (Expression<Func<PromiseRow, bool>>)(
                            row =>
                                row.StartedAt >= from
                                && row.StartedAt < to
                                && (row.StartedAt + shift) / NodaConstants.TicksPerHour % HoursOfWeek == hour
                        )
                        : row =>
                            row.DecidedAt >= from
                            && row.DecidedAt < to
                            && (row.DecidedAt + shift) / NodaConstants.TicksPerHour % HoursOfWeek == hour;
                })
        );

    private static IQueryable<PromiseRow> Having(
        ServiceDeskDb db,
        IQueryable<PromiseRow> rows,
        PromiseQuestion question
    )
    {
        var stays = db.PromiseStays.Where(
            Either(
                question.Stays.Select(key =>
                {
                    var (kind, type, status, team, assigned) = (
                        (int)key.Kind,
                        key.Type,
                        key.Status,
                        key.Team,
                        key.IsAssigned
                    );
                    return (Expression<Func<PromiseStayRow, bool>>)(
                        row =>
                            row.Kind == kind
                            && row.Type == type
                            && row.Status == status
                            && row.TeamId == team
                            && row.IsAssigned == assigned
                    );
                })
            )
        );
        return rows.Where(row =>
            row.Status != Running
            && row.Status != Paused
            && stays.Any(stay => stay.TicketId == row.TicketId && stay.Metric == row.Metric && stay.Cycle == row.Cycle)
        );
    }

    private static Expression<Func<T, bool>> Either<T>(IEnumerable<Expression<Func<T, bool>>> conditions)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var body = conditions
            .Select(one => new Replace(one.Parameters[0], row).Visit(one.Body))
            .Aggregate((Expression)Expression.Constant(false), Expression.OrElse);
        return Expression.Lambda<Func<T, bool>>(body, row);
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
