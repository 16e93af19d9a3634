using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <inheritdoc cref="IPromiseStore"/>
public sealed class PromiseStore(IDatabase database) : IPromiseStore
{
    /// <summary>The cursor of what follows the log for it. Another number has everything written anew.</summary>
    public const string Cursor = "sla-promises/1";

    private const int Stopped = (int)ClockStatus.Stopped;

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<SettledPromise>> SettledAsync(
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation
    )
    {
        var ids = tickets.Select(ticket => ticket.Value).ToArray();
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .Promises.AsNoTracking()
                .Where(row => ids.Contains(row.TicketId) && row.Status == Stopped)
                .ToListAsync(cancellation)
        );
        return
        [
            .. rows.Select(row => new SettledPromise(
                new TicketId(row.TicketId),
                row.Metric,
                row.Cycle,
                row.StoppedAt is { } at ? Instant.FromUnixTimeTicks(at) : null,
                Duration.FromTicks(row.ElapsedTicks),
                Duration.FromTicks(row.TargetTicks),
                (ClockVerdict)row.Verdict,
                row.Was == 0 ? null : (ClockVerdict)row.Was
            )),
        ];
    }

    /// <inheritdoc/>
    public Task KeepAsync(IReadOnlyCollection<TicketPromises> tickets, CancellationToken cancellation) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var ids = tickets.Select(one => one.Ticket.Value).ToArray();
                var rows = await db.Promises.Where(row => ids.Contains(row.TicketId)).ToListAsync(token);
                var stays = await db.PromiseStays.Where(row => ids.Contains(row.TicketId)).ToListAsync(token);
                var kept = rows.ToLookup(row => row.TicketId);
                var stayed = stays.ToLookup(row => row.TicketId);
                foreach (var ticket in tickets)
                {
                    var standing = ticket.Standing.ToHashSet();
                    db.PromiseStays.RemoveRange(
                        stayed[ticket.Ticket.Value].Where(row => !standing.Contains((row.Metric, row.Cycle)))
                    );
                    Write(db, ticket, kept[ticket.Ticket.Value].ToDictionary(row => (row.Metric, row.Cycle)), standing);
                }

                // Rows that go and rows that come can have one key.
                await db.SaveChangesAsync(token);
                db.PromiseStays.AddRange(tickets.SelectMany(Stays));
                await db.SaveChangesAsync(token);
            },
            cancellation
        );

    private static void Write(
        ServiceDeskDb db,
        TicketPromises ticket,
        Dictionary<(string Metric, int Cycle), PromiseRow> kept,
        HashSet<(string Metric, int Cycle)> standing
    )
    {
        foreach (var account in ticket.Changed)
        {
            var key = (account.Clock.Metric, account.Clock.Cycle);
            if (!kept.Remove(key, out var row))
            {
                row = new PromiseRow
                {
                    TicketId = ticket.Ticket.Value,
                    Metric = key.Metric,
                    Cycle = key.Cycle,
                };
                db.Promises.Add(row);
            }

            Fill(row, account);
        }

        db.Promises.RemoveRange(kept.Where(one => !standing.Contains(one.Key)).Select(one => one.Value));
    }

    private static void Fill(PromiseRow row, ClockAccount account)
    {
        var clock = account.Clock;
        row.Agreement = (int)account.Agreement;
        row.Policy = clock.Policy.Id;
        row.Calendar = clock.Calendar.Id;
        row.TargetTicks = clock.Target.BclCompatibleTicks;
        row.Status = (int)clock.Status;
        row.Verdict = (int)clock.Verdict;
        row.StartedAt = clock.StartedAt.ToUnixTimeTicks();
        row.DecidedAt = OrNever(account.DecidedAt);
        row.StoppedAt = StoppedAt(clock);
        row.DueAt = clock.Status == ClockStatus.Running ? OrNever(clock.DueAt) : PromiseRow.Never;
        row.NearAt = OrNever(account.NearAt);
        row.ElapsedTicks = clock.Elapsed.BclCompatibleTicks;
        row.PausedTicks = account.PausedFor.BclCompatibleTicks;
        row.OutsideTicks = account.OutsideHoursFor.BclCompatibleTicks;
        row.TeamId = account.Team?.Value ?? 0;
        row.Was = clock.Correction is { } correction ? (int)correction.Was : 0;
        row.ElapsedWas = clock.Correction?.ElapsedWas.BclCompatibleTicks ?? 0;
    }

    private static IEnumerable<PromiseStayRow> Stays(TicketPromises ticket) =>
        from account in ticket.Changed
        from stay in account.Stays.Index()
        select new PromiseStayRow
        {
            TicketId = ticket.Ticket.Value,
            Metric = account.Clock.Metric,
            Cycle = account.Clock.Cycle,
            Number = stay.Index + 1,
            Kind = (int)stay.Item.Kind,
            Type = stay.Item.Type,
            Status = stay.Item.Status,
            TeamId = stay.Item.Team?.Value ?? 0,
            IsAssigned = stay.Item.IsAssigned,
            Ticks = stay.Item.Time.BclCompatibleTicks,
        };

    internal static long? StoppedAt(SlaClock clock) =>
        clock.Status == ClockStatus.Stopped ? (clock.StoppedAt ?? clock.Since).ToUnixTimeTicks() : null;

    private static long OrNever(Instant? at) => at?.ToUnixTimeTicks() ?? PromiseRow.Never;
}
