using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Automation;

/// <inheritdoc cref="IRuleRuns"/>
public sealed class RuleRuns(IDatabase database) : IRuleRuns
{
    private const int ForgetAtOnce = 5000;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> RecordedAsync(
        TicketId ticket,
        string occasion,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var rules = await Reading.AvailableAsync(() =>
            db
                .RuleRuns.Where(row => row.TicketId == ticket.Value && row.Occasion == occasion)
                .Select(row => row.Rule)
                .ToListAsync(cancellation)
        );
        return rules.ToHashSet(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public Task SaveAsync(
        IReadOnlyCollection<RuleRun> runs,
        IReadOnlyCollection<RuleWait> begin,
        IReadOnlyCollection<RuleWait> end,
        CancellationToken cancellation
    ) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                foreach (var run in runs)
                {
                    await AddAsync(db, run, token);
                }

                foreach (var wait in end)
                {
                    await Of(db, wait).Where(row => row.Position == wait.Position).ExecuteDeleteAsync(token);
                }

                foreach (var wait in begin)
                {
                    await BeginAsync(db, wait, token);
                }

                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RuleRun>> FindAsync(
        RuleRunQuestion question,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            Asked(db.RuleRuns.AsNoTracking(), question)
                .OrderByDescending(row => row.Id)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToRun)];
    }

    /// <inheritdoc/>
    public async Task<int> CountAsync(TicketId ticket, int atMost, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db.RuleRuns.Where(row => row.TicketId == ticket.Value).Take(atMost).CountAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, RuleCounts>> CountAsync(Instant since, CancellationToken cancellation)
    {
        var ticks = since.ToUnixTimeTicks();
        const int Else = (int)RuleOutcome.Else;
        const int Loop = (int)RuleOutcome.Loop;
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .RuleRuns.Where(row => row.At >= ticks)
                .GroupBy(row => row.Rule)
                .Select(group => new
                {
                    Rule = group.Key,
                    Called = group.Count(),
                    Acted = group.Count(row => row.Outcome <= Else),
                    Refused = group.Count(row => row.HasRefusals || row.Outcome >= Loop),
                    Last = group.Max(row => row.At),
                })
                .ToListAsync(cancellation)
        );
        return rows.ToDictionary(
            row => row.Rule,
            row => new RuleCounts(row.Called, row.Acted, row.Refused, Instant.FromUnixTimeTicks(row.Last)),
            StringComparer.Ordinal
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RuleWait>> DueAsync(Instant now, int limit, CancellationToken cancellation)
    {
        var ticks = now.ToUnixTimeTicks();
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .RuleWaits.AsNoTracking()
                .Where(row => row.DueAt <= ticks)
                .OrderBy(row => row.DueAt)
                .ThenBy(row => row.Position)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToWait)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RuleWait>> WaitsAsync(TicketId ticket, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .RuleWaits.AsNoTracking()
                .Where(row => row.TicketId == ticket.Value)
                .OrderBy(row => row.DueAt)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToWait)];
    }

    /// <inheritdoc/>
    public async Task<int> ForgetAsync(Instant before, CancellationToken cancellation)
    {
        var (ticks, forgotten) = (before.ToUnixTimeTicks(), 0);
        while (true)
        {
            // In small steps: there is one writer, and it is wanted for tickets.
            var count = await database.WriteAsync(
                (db, token) =>
                    db
                        .RuleRuns.Where(row =>
                            db.RuleRuns.Where(old => old.At < ticks)
                                .OrderBy(old => old.At)
                                .Take(ForgetAtOnce)
                                .Select(old => old.Id)
                                .Contains(row.Id)
                        )
                        .ExecuteDeleteAsync(token),
                cancellation
            );
            forgotten += count;
            if (count < ForgetAtOnce)
            {
                return forgotten;
            }
        }
    }

    private static IQueryable<RuleRunRow> Asked(IQueryable<RuleRunRow> rows, RuleRunQuestion question)
    {
        if (question.Ticket is { } ticket)
        {
            rows = rows.Where(row => row.TicketId == ticket.Value);
        }

        if (question.Rule is { } rule)
        {
            rows = rows.Where(row => row.Rule == rule);
        }

        if (question.Outcome is { } outcome)
        {
            var wanted = (int)outcome;
            rows = rows.Where(row => row.Outcome == wanted);
        }

        return question.Before is { } before ? rows.Where(row => row.Id < before) : rows;
    }

    private static async Task AddAsync(ServiceDeskDb db, RuleRun run, CancellationToken cancellation)
    {
        var (ticket, rule, occasion) = (run.Ticket.Value, run.Rule, run.Occasion);
        var stands = await db.RuleRuns.AnyAsync(
            row => row.TicketId == ticket && row.Rule == rule && row.Occasion == occasion,
            cancellation
        );
        if (!stands)
        {
            db.RuleRuns.Add(
                new RuleRunRow
                {
                    TicketId = ticket,
                    Rule = rule,
                    Occasion = occasion,
                    RuleVersion = run.RuleVersion,
                    At = run.At.ToUnixTimeTicks(),
                    Outcome = (int)run.Outcome,
                    HasRefusals = run.HasRefusals,
                    Detail = JsonSerializer.Serialize(run.Detail, ServiceDeskJson.Stored),
                }
            );
        }
    }

    private static async Task BeginAsync(ServiceDeskDb db, RuleWait wait, CancellationToken cancellation)
    {
        var row = await Of(db, wait).FirstOrDefaultAsync(cancellation);
        if (row is null)
        {
            row = new RuleWaitRow
            {
                TicketId = wait.Ticket.Value,
                Rule = wait.Rule,
                Place = wait.Place,
            };
            db.RuleWaits.Add(row);
        }

        if (row.Position < wait.Position)
        {
            (row.Position, row.DueAt) = (wait.Position, wait.DueAt.ToUnixTimeTicks());
        }
    }

    private static IQueryable<RuleWaitRow> Of(ServiceDeskDb db, RuleWait wait) =>
        db.RuleWaits.Where(row =>
            row.TicketId == wait.Ticket.Value && row.Rule == wait.Rule && row.Place == wait.Place
        );

    private static RuleRun ToRun(RuleRunRow row) =>
        new(
            row.Id,
            row.Rule,
            row.RuleVersion,
            new TicketId(row.TicketId),
            row.Occasion,
            Instant.FromUnixTimeTicks(row.At),
            (RuleOutcome)row.Outcome,
            JsonSerializer.Deserialize<RuleRunDetail>(row.Detail, ServiceDeskJson.Stored)!
        );

    private static RuleWait ToWait(RuleWaitRow row) =>
        new(new TicketId(row.TicketId), row.Rule, row.Place, row.Position, Instant.FromUnixTimeTicks(row.DueAt));
}
