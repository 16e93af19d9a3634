using System.Data.Common;
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
public sealed class RuleRuns : IRuleRuns, IAsyncDisposable
{
    private const int ForgetAtOnce = 5000;

    private const string BeginAnew =
        "UPDATE rule_waits SET position = @p3, due_at = @p4 "
        + "WHERE ticket_id = @p0 AND rule = @p1 AND place = @p2 AND position < @p3";

    private const string End =
        "DELETE FROM rule_waits WHERE ticket_id = @p0 AND rule = @p1 AND place = @p2 AND position = @p3";

    private readonly Database database;

    // Every event that sets a rule off is noted; those of different tickets at nearly the same moment.
    private readonly Gathered<RuleNotes, bool> notes;

    /// <summary>A store on the database.</summary>
    public RuleRuns(Database database)
    {
        this.database = database;
        notes = new(NoteAsync, error => error is DbException, note => note.Bytes);
    }

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
    ) => notes.DoAsync(new RuleNotes(runs, begin, end), cancellation);

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

    /// <summary>Writes what waits, then ends.</summary>
    public ValueTask DisposeAsync() => notes.DisposeAsync();

    private Task<IReadOnlyList<bool>> NoteAsync(IReadOnlyList<RuleNotes> all) =>
        database.WriteAsync<IReadOnlyList<bool>>(
            async (turn, transaction, token) =>
            {
                await turn.ExecuteAsync(transaction, [.. all.SelectMany(Statements)], token);
                return [.. all.Select(_ => true)];
            },
            CancellationToken.None
        );

    private IEnumerable<Statement> Statements(RuleNotes note) =>
        [
            .. note.Runs.Select(Add),
            .. note.End.Select(wait => Of(End, wait)),
            .. note.Begin.SelectMany(wait => new[] { Begin(wait), Of(BeginAnew, wait) }),
        ];

    private Statement Add(RuleRun run) =>
        new(
            database.Dialect.InsertIfMissing(
                "rule_runs",
                "ticket_id, rule, occasion, rule_version, at, outcome, has_refusals, detail",
                "@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7",
                keys: 3
            ),
            run.Ticket.Value,
            run.Rule,
            run.Occasion,
            run.RuleVersion,
            run.At.ToUnixTimeTicks(),
            (int)run.Outcome,
            run.HasRefusals,
            JsonSerializer.Serialize(run.Detail, ServiceDeskJson.Stored)
        );

    private Statement Begin(RuleWait wait) =>
        Of(
            database.Dialect.InsertIfMissing(
                "rule_waits",
                "ticket_id, rule, place, position, due_at",
                "@p0, @p1, @p2, @p3, @p4",
                keys: 3
            ),
            wait
        );

    private static Statement Of(string sql, RuleWait wait) =>
        new(sql, wait.Ticket.Value, wait.Rule, wait.Place, wait.Position, wait.DueAt.ToUnixTimeTicks());

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

    private sealed record RuleNotes(
        IReadOnlyCollection<RuleRun> Runs,
        IReadOnlyCollection<RuleWait> Begin,
        IReadOnlyCollection<RuleWait> End
    )
    {
        // About what a row with the truth of its conditions takes.
        private const int BytesOfRow = 1000;

        public int Bytes => BytesOfRow * (Runs.Count + Begin.Count + End.Count);
    }
}
