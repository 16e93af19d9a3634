using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <inheritdoc cref="IBacktestStore"/>
public sealed class BacktestStore(IDatabase database) : IBacktestStore
{
    private const int Breached = (int)ClockVerdict.Breached;
    private const int RowsInATurn = 500;

    /// <inheritdoc/>
    public Task<long?> BeginAsync(
        BacktestRequest request,
        PersonId by,
        Instant now,
        Instant unheardSince,
        CancellationToken cancellation
    ) =>
        database.EnsureAsync<long?>(
            async (db, token) =>
            {
                var running = await db.Backtests.FirstOrDefaultAsync(row => row.Slot != null, token);
                if (running is not null && running.SeenAt >= unheardSince.ToUnixTimeTicks())
                {
                    return null;
                }

                if (running is not null)
                {
                    (running.State, running.Slot, running.FinishedAt) = (
                        (int)BacktestState.Failed,
                        null,
                        running.SeenAt
                    );
                    await db.SaveChangesAsync(token);
                }

                var row = new BacktestRow
                {
                    State = (int)BacktestState.Running,
                    Slot = 1,
                    Request = JsonSerializer.Serialize(request, ServiceDeskJson.Stored),
                    PersonId = by.Value,
                    StartedAt = now.ToUnixTimeTicks(),
                    SeenAt = now.ToUnixTimeTicks(),
                };
                db.Backtests.Add(row);
                await db.SaveChangesAsync(token);
                return row.Id;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<bool> ProgressAsync(long id, int done, int total, Instant now, CancellationToken cancellation) =>
        await database.WriteAsync(
            (db, token) =>
                db
                    .Backtests.Where(row => row.Id == id && row.Slot != null && !row.IsCancelled)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.Done, done)
                                .SetProperty(row => row.Total, total)
                                .SetProperty(row => row.SeenAt, now.ToUnixTimeTicks()),
                        token
                    ),
            cancellation
        ) > 0;

    /// <inheritdoc/>
    public async Task KeepAsync(long id, IReadOnlyCollection<KeptClock> clocks, CancellationToken cancellation)
    {
        // Tickets that people work on are written in between.
        foreach (var some in clocks.Chunk(RowsInATurn))
        {
            await database.WriteAsync(
                async (db, token) =>
                {
                    db.BacktestClocks.AddRange(some.Select(clock => Row(id, clock)));
                    await db.SaveChangesAsync(token);
                },
                cancellation
            );
        }
    }

    /// <inheritdoc/>
    public Task EndAsync(long id, BacktestEnd end, Instant now, CancellationToken cancellation) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.Backtests.FirstOrDefaultAsync(row => row.Id == id && row.Slot != null, token);
                if (row is null)
                {
                    return;
                }

                row.State = (int)end.State;
                row.Slot = null;
                row.FinishedAt = now.ToUnixTimeTicks();
                row.IsCut = end.IsCut;
                row.Figures = Written(end.Figures);
                row.TeamFigures = Written(end.TeamFigures);
                await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(long id, CancellationToken cancellation) =>
        await database.WriteAsync(
            (db, token) =>
                db
                    .Backtests.Where(row => row.Id == id && row.Slot != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsCancelled, true), token),
            cancellation
        ) > 0;

    /// <inheritdoc/>
    public async Task<Backtest?> FindAsync(long id, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Backtests.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellation)
        );
        return row is null ? null : Read(row, withFigures: true);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Backtest>> ListAsync(int limit, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db.Backtests.AsNoTracking().OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellation)
        );
        return [.. rows.Select(row => Read(row, withFigures: false))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KeptClock>> ClocksAsync(
        long id,
        KeptClockQuestion question,
        int skip,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            Asked(db.BacktestClocks.AsNoTracking().Where(row => row.BacktestId == id), question)
                .OrderByDescending(row => row.DraftOver)
                .ThenByDescending(row => row.OfficialOver)
                .ThenBy(row => row.TicketId)
                .ThenBy(row => row.Metric)
                .ThenBy(row => row.Cycle)
                .Skip(skip)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Read)];
    }

    /// <inheritdoc/>
    public Task<int> ForgetAsync(Instant before, int keep, CancellationToken cancellation) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var kept = await db
                    .Backtests.OrderByDescending(row => row.Id)
                    .Select(row => row.Id)
                    .Skip(keep - 1)
                    .FirstOrDefaultAsync(token);
                var ticks = before.ToUnixTimeTicks();
                return await db
                    .Backtests.Where(row => row.Slot == null && (row.StartedAt < ticks || row.Id < kept))
                    .ExecuteDeleteAsync(token);
            },
            cancellation
        );

    private static IQueryable<BacktestClockRow> Asked(IQueryable<BacktestClockRow> rows, KeptClockQuestion question)
    {
        if (question.Metric is { } metric)
        {
            rows = rows.Where(row => row.Metric == metric);
        }

        if (question.Organization is { } organization)
        {
            rows = rows.Where(row => row.OrganizationId == organization);
        }

        if (question.Priority is { } priority)
        {
            rows = rows.Where(row => row.Priority == (int)priority);
        }

        if (question.Team is { } team)
        {
            rows = rows.Where(row => row.TeamId == team);
        }

        if (question.Hour is { } hour)
        {
            rows = rows.Where(row => row.Hour == hour);
        }

        return Ended(rows, question);
    }

    // What a clock came to under one agreement: a side of another one is as if it were not there.
    private static IQueryable<BacktestClockRow> Ended(IQueryable<BacktestClockRow> rows, KeptClockQuestion question)
    {
        var agreement = (int?)question.Agreement;
        var seen = rows.Select(row => new
        {
            Row = row,
            Official = agreement == null || row.OfficialAgreement == null || row.OfficialAgreement == agreement
                ? row.Official
                : 0,
            Draft = agreement == null || row.DraftAgreement == null || row.DraftAgreement == agreement ? row.Draft : 0,
        });
        if (agreement is not null)
        {
            seen = seen.Where(one => one.Official != 0 || one.Draft != 0);
        }

        if (question.Official is { } official)
        {
            seen = seen.Where(one => one.Official == (int)official);
        }

        if (question.Draft is { } draft)
        {
            seen = seen.Where(one => one.Draft == (int)draft);
        }

        seen = question.Fate switch
        {
            KeptClockFate.Worse => seen.Where(one => one.Draft == Breached && one.Official != Breached),
            KeptClockFate.Better => seen.Where(one => one.Draft != Breached && one.Official == Breached),
            KeptClockFate.Official => seen.Where(one => one.Official == Breached),
            KeptClockFate.Draft => seen.Where(one => one.Draft == Breached),
            _ => seen,
        };
        return seen.Select(one => one.Row);
    }

    private static BacktestClockRow Row(long id, KeptClock clock) =>
        new()
        {
            BacktestId = id,
            TicketId = clock.Ticket.Value,
            Metric = clock.Metric,
            Cycle = clock.Cycle,
            Official = clock.Official is { } official ? (int)official : 0,
            Draft = clock.Draft is { } draft ? (int)draft : 0,
            OrganizationId = clock.Organization?.Value ?? 0,
            Priority = (int)clock.Priority,
            TeamId = clock.Team?.Value ?? 0,
            Hour = clock.Hour,
            OfficialOver = clock.OfficialOver.BclCompatibleTicks,
            DraftOver = clock.DraftOver.BclCompatibleTicks,
            OfficialAgreement = (int?)clock.OfficialAgreement,
            DraftAgreement = (int?)clock.DraftAgreement,
        };

    private static KeptClock Read(BacktestClockRow row) =>
        new(
            new TicketId(row.TicketId),
            row.Metric,
            row.Cycle,
            Verdict(row.Official),
            Verdict(row.Draft),
            row.OrganizationId == 0 ? null : new OrganizationId(row.OrganizationId),
            (Priority)row.Priority,
            row.TeamId == 0 ? null : new TeamId(row.TeamId),
            row.Hour,
            Duration.FromTicks(row.OfficialOver),
            Duration.FromTicks(row.DraftOver),
            (AgreementType?)row.OfficialAgreement,
            (AgreementType?)row.DraftAgreement
        );

    private static ClockVerdict? Verdict(int stored) => stored == 0 ? null : (ClockVerdict)stored;

    private static string? Written(BacktestFigures? figures) =>
        figures is null ? null : JsonSerializer.Serialize(figures, ServiceDeskJson.Stored);

    private static BacktestFigures? Read(string? figures) =>
        figures is null ? null : JsonSerializer.Deserialize<BacktestFigures>(figures, ServiceDeskJson.Stored);

    private static Backtest Read(BacktestRow row, bool withFigures) =>
        new()
        {
            Id = row.Id,
            State = (BacktestState)row.State,
            Request = JsonSerializer.Deserialize<BacktestRequest>(row.Request, ServiceDeskJson.Stored)!,
            By = new PersonId(row.PersonId),
            StartedAt = Instant.FromUnixTimeTicks(row.StartedAt),
            SeenAt = Instant.FromUnixTimeTicks(row.SeenAt),
            FinishedAt = row.FinishedAt is { } end ? Instant.FromUnixTimeTicks(end) : null,
            Done = row.Done,
            Total = row.Total,
            IsCut = row.IsCut,
            Figures = withFigures ? Read(row.Figures) : null,
            TeamFigures = withFigures ? Read(row.TeamFigures) : null,
        };
}
