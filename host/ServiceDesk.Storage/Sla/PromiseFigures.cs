using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <inheritdoc cref="IPromiseFigures"/>
public sealed class PromiseFigures(IDatabase database) : IPromiseFigures
{
    private const long Quarter = NodaConstants.TicksPerHour / 4;
    private const int Running = (int)ClockStatus.Running;
    private const int Paused = (int)ClockStatus.Paused;
    private const int Met = (int)ClockVerdict.Met;
    private const int Breached = (int)ClockVerdict.Breached;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GoalFigure>> GoalsAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    )
    {
        var decided = DecidedAsync(viewer, question with { State = PromiseState.Decided }, cancellation);
        var live = LiveAsync(viewer, question with { State = PromiseState.Live }, cancellation);
        await Task.WhenAll(decided, live);
        var taken = (await decided).ToLookup(one => one.Goal);
        var standing = (await live).ToDictionary(one => one.Goal);
        return
        [
            .. taken
                .Select(group => group.Key)
                .Union(standing.Keys)
                .Select(goal =>
                    Figure(goal, [.. taken[goal].OrderBy(one => one.Minutes)], standing.GetValueOrDefault(goal))
                )
                .OrderBy(figure => figure.Goal.Policy, StringComparer.Ordinal)
                .ThenBy(figure => figure.Goal.Metric, StringComparer.Ordinal)
                .ThenBy(figure => figure.Goal.Team)
                .ThenBy(figure => figure.Goal.Target)
                .ThenBy(figure => figure.Goal.Calendar, StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QuarterFigure>> QuartersAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var asked = PromiseRows.Asked(db, viewer, question);
        var rows =
            question.State == PromiseState.Started
                ? asked.Select(row => new { At = row.StartedAt / Quarter, row.Verdict })
                : asked.Select(row => new { At = row.DecidedAt / Quarter, row.Verdict });
        var found = await Reading.AvailableAsync(() =>
            rows.GroupBy(row => row.At)
                .Select(group => new
                {
                    At = group.Key,
                    Count = group.Count(),
                    Breached = group.Count(row => row.Verdict == Breached),
                })
                .OrderBy(row => row.At)
                .ToListAsync(cancellation)
        );
        return
        [
            .. found.Select(row => new QuarterFigure(
                Instant.FromUnixTimeTicks(row.At * Quarter),
                row.Count,
                row.Breached
            )),
        ];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StayFigure>> StaysAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            PromiseRows
                .Asked(db, viewer, question)
                .Where(row => row.Status != Running && row.Status != Paused)
                .Join(
                    db.PromiseStays,
                    row => new
                    {
                        row.TicketId,
                        row.Metric,
                        row.Cycle,
                    },
                    stay => new
                    {
                        stay.TicketId,
                        stay.Metric,
                        stay.Cycle,
                    },
                    (_, stay) => stay
                )
                .GroupBy(stay => new
                {
                    stay.Kind,
                    stay.Type,
                    stay.Status,
                    stay.TeamId,
                    stay.IsAssigned,
                })
                .Select(group => new
                {
                    group.Key,
                    Ticks = group.Sum(stay => stay.Ticks),
                    Count = group.Count(),
                })
                .ToListAsync(cancellation)
        );
        return
        [
            .. rows.Select(row => new StayFigure(
                    new StayKey(
                        (LedgerSegmentKind)row.Key.Kind,
                        row.Key.Type,
                        row.Key.Status,
                        row.Key.TeamId,
                        row.Key.IsAssigned
                    ),
                    Duration.FromTicks(row.Ticks),
                    row.Count
                ))
                .OrderByDescending(one => one.Time),
        ];
    }

    /// <inheritdoc/>
    public async Task<ILookup<(TicketId Ticket, string Metric, int Cycle), StayFigure>> StaysAsync(
        IReadOnlyCollection<PromiseLine> lines,
        CancellationToken cancellation
    )
    {
        var ids = lines.Select(line => line.Ticket.Value).Distinct().ToArray();
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db.PromiseStays.AsNoTracking().Where(row => ids.Contains(row.TicketId)).ToListAsync(cancellation)
        );
        return rows.ToLookup(
            row => (new TicketId(row.TicketId), row.Metric, row.Cycle),
            row => new StayFigure(
                new StayKey((LedgerSegmentKind)row.Kind, row.Type, row.Status, row.TeamId, row.IsAssigned),
                Duration.FromTicks(row.Ticks),
                1
            )
        );
    }

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<PromiseLine> Lines, int Count)> ListAsync(
        Viewer viewer,
        PromiseQuestion question,
        int skip,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var asked = PromiseRows.Asked(db, viewer, question);
        return await Reading.AvailableAsync(async () =>
        {
            var count = await asked.CountAsync(cancellation);
            var rows = await Ordered(asked, question)
                .ThenBy(row => row.TicketId)
                .ThenBy(row => row.Metric)
                .ThenBy(row => row.Cycle)
                .Skip(skip)
                .Take(limit)
                .ToListAsync(cancellation);
            return ((IReadOnlyList<PromiseLine>)[.. rows.Select(Line)], count);
        });
    }

    /// <inheritdoc/>
    public async Task<int> CountUnstoppedAsync(Viewer viewer, PromiseQuestion question, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            PromiseRows
                .Asked(db, viewer, question)
                .CountAsync(row => row.Status == Running || row.Status == Paused, cancellation)
        );
    }

    /// <inheritdoc/>
    public async Task<(int Opened, int Solved)> TicketsAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    )
    {
        var (from, to) = (question.From.ToUnixTimeTicks(), question.To.ToUnixTimeTicks());
        await using var db = database.CreateDbContext();
        var tickets = PromiseRows.Tickets(db, viewer, question);
        return await Reading.AvailableAsync(async () =>
            (
                await tickets.CountAsync(row => row.CreatedAt >= from && row.CreatedAt < to, cancellation),
                await tickets.CountAsync(row => row.ResolvedAt >= from && row.ResolvedAt < to, cancellation)
            )
        );
    }

    private static IOrderedQueryable<PromiseRow> Ordered(IQueryable<PromiseRow> rows, PromiseQuestion question) =>
        question.IsLive ? rows.OrderBy(row => row.DueAt)
        : question.State == PromiseState.Started ? rows.OrderByDescending(row => row.StartedAt)
        : rows.OrderByDescending(row => row.DecidedAt);

    // One pass tells counts and how long it took: how many took each number of minutes.
    private async Task<List<Taken>> DecidedAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var byTeam = question.ByTeam;
        var rows = await Reading.AvailableAsync(() =>
            PromiseRows
                .Asked(db, viewer, question)
                .GroupBy(row => new
                {
                    row.Policy,
                    row.Metric,
                    row.TargetTicks,
                    row.Calendar,
                    Team = byTeam ? row.TeamId : 0,
                    Minutes = row.ElapsedTicks / NodaConstants.TicksPerMinute,
                })
                .Select(group => new
                {
                    group.Key,
                    Met = group.Count(row => row.Verdict == Met),
                    Breached = group.Count(row => row.Verdict == Breached),
                    Stopped = group.Count(row => row.Status != Running && row.Status != Paused),
                })
                .ToListAsync(cancellation)
        );
        return rows.ConvertAll(row => new Taken(
            Goal(row.Key.Policy, row.Key.Metric, row.Key.TargetTicks, row.Key.Calendar, byTeam ? row.Key.Team : null),
            row.Key.Minutes,
            row.Met,
            row.Breached,
            row.Stopped
        ));
    }

    private async Task<List<Standing>> LiveAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var byTeam = question.ByTeam;
        var now = question.Now.ToUnixTimeTicks();
        var rows = await Reading.AvailableAsync(() =>
            PromiseRows
                .Asked(db, viewer, question)
                .GroupBy(row => new
                {
                    row.Policy,
                    row.Metric,
                    row.TargetTicks,
                    row.Calendar,
                    Team = byTeam ? row.TeamId : 0,
                })
                .Select(group => new
                {
                    group.Key,
                    Count = group.Count(),
                    Broken = group.Count(row => row.Verdict == Breached || row.DueAt <= now),
                    Paused = group.Count(row => row.Status == Paused && row.Verdict != Breached),
                    Near = group.Count(row =>
                        row.Status == Running && row.Verdict != Breached && row.NearAt <= now && row.DueAt > now
                    ),
                })
                .ToListAsync(cancellation)
        );
        return rows.ConvertAll(row => new Standing(
            Goal(row.Key.Policy, row.Key.Metric, row.Key.TargetTicks, row.Key.Calendar, byTeam ? row.Key.Team : null),
            row.Count - row.Broken - row.Paused - row.Near,
            row.Near,
            row.Broken,
            row.Paused
        ));
    }

    private static GoalFigure Figure(PromisedGoal goal, List<Taken> taken, Standing? standing) =>
        new(
            goal,
            taken.Sum(one => one.Met),
            taken.Sum(one => one.Breached),
            Within(taken, 0.5),
            Within(taken, 0.9),
            Duration.FromMinutes(taken.Sum(one => one.Minutes * one.Stopped)),
            standing?.OnTrack ?? 0,
            standing?.Near ?? 0,
            standing?.Broken ?? 0,
            standing?.Paused ?? 0
        );

    private static Duration? Within(List<Taken> taken, double share)
    {
        var wanted = (long)Math.Ceiling(taken.Sum(one => one.Stopped) * share);
        foreach (var one in taken)
        {
            wanted -= one.Stopped;
            if (wanted <= 0 && one.Stopped > 0)
            {
                return Duration.FromMinutes(one.Minutes);
            }
        }

        return null;
    }

    private static PromiseLine Line(PromiseRow row) =>
        new(
            new TicketId(row.TicketId),
            row.Metric,
            row.Cycle,
            Goal(row.Policy, row.Metric, row.TargetTicks, row.Calendar, row.TeamId),
            (ClockStatus)row.Status,
            (ClockVerdict)row.Verdict,
            Instant.FromUnixTimeTicks(row.StartedAt),
            At(row.DecidedAt),
            row.StoppedAt is { } stopped ? Instant.FromUnixTimeTicks(stopped) : null,
            At(row.DueAt),
            Duration.FromTicks(row.ElapsedTicks),
            Duration.FromTicks(row.PausedTicks),
            Duration.FromTicks(row.OutsideTicks),
            row.Was == 0 ? null : (ClockVerdict)row.Was,
            Duration.FromTicks(row.ElapsedWas)
        );

    private static PromisedGoal Goal(string policy, string metric, long target, string calendar, long? team) =>
        new(policy, metric, Duration.FromTicks(target), calendar, team);

    private static Instant? At(long ticks) => ticks == PromiseRow.Never ? null : Instant.FromUnixTimeTicks(ticks);

    private sealed record Taken(PromisedGoal Goal, long Minutes, int Met, int Breached, int Stopped);

    private sealed record Standing(PromisedGoal Goal, int OnTrack, int Near, int Broken, int Paused);
}
