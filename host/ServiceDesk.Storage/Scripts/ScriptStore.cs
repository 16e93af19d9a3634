using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Scripts;

/// <inheritdoc cref="IScriptStore"/>
public sealed class ScriptStore(IDatabase database, IClock clock) : IScriptStore
{
    /// <inheritdoc/>
    public async Task<string?> FindCompiledAsync(string hash, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db.CompiledScripts.Where(r => r.Hash == hash).Select(r => r.Json).FirstOrDefaultAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public Task KeepCompiledAsync(string hash, string json, CancellationToken cancellation = default) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                if (!await db.CompiledScripts.AnyAsync(r => r.Hash == hash, token))
                {
                    db.CompiledScripts.Add(
                        new CompiledScriptRow
                        {
                            Hash = hash,
                            Json = json,
                            At = clock.GetCurrentInstant().ToUnixTimeTicks(),
                        }
                    );
                }

                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<string?> FindValueAsync(string script, string key, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db
                .ScriptValues.Where(r => r.Script == script && r.Key == key)
                .Select(r => r.Json)
                .FirstOrDefaultAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> KeysAsync(string script, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db
                .ScriptValues.Where(r => r.Script == script)
                .OrderBy(r => r.Key)
                .Select(r => r.Key)
                .ToListAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public Task<bool> SetValueAsync(
        string script,
        string key,
        string? json,
        int most,
        CancellationToken cancellation = default
    ) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                var row = await db.ScriptValues.FirstOrDefaultAsync(r => r.Script == script && r.Key == key, token);
                var at = clock.GetCurrentInstant().ToUnixTimeTicks();
                if (json is null)
                {
                    db.ScriptValues.RemoveRange(row is null ? [] : [row]);
                }
                else if (row is not null)
                {
                    (row.Json, row.At) = (json, at);
                }
                else if (await db.ScriptValues.CountAsync(r => r.Script == script && r.Key != key, token) < most)
                {
                    var added = new ScriptValueRow
                    {
                        Script = script,
                        Key = key,
                        Json = json,
                        At = at,
                    };
                    db.ScriptValues.Add(added);
                }
                else
                {
                    return false;
                }

                await db.SaveChangesAsync(token);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task AddRunAsync(ScriptRunRecord run, CancellationToken cancellation = default) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                if (
                    run.Position is not { } position
                    || !await db.ScriptRuns.AnyAsync(r => r.Script == run.Script && r.Position == position, token)
                )
                {
                    db.ScriptRuns.Add(ToRow(run));
                }

                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<bool> HasRunAsync(string script, long position, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db.ScriptRuns.AnyAsync(r => r.Script == script && r.Position == position, cancellation)
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScriptRunRecord>> RunsAsync(
        string? script,
        int limit,
        long? before = null,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .ScriptRuns.AsNoTracking()
                .Where(r => (script == null || r.Script == script) && (before == null || r.Id < before))
                .OrderByDescending(r => r.Id)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToRecord)];
    }

    /// <inheritdoc/>
    public async Task<ScriptRunRecord?> FindRunAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.ScriptRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellation)
        );
        return row is null ? null : ToRecord(row);
    }

    /// <inheritdoc/>
    public async Task<int> ForgetRunsAsync(Instant before, CancellationToken cancellation = default)
    {
        var until = before.ToUnixTimeTicks();
        var count = 0;
        await database.WriteAsync(
            async (db, token) => count = await db.ScriptRuns.Where(r => r.At < until).ExecuteDeleteAsync(token),
            cancellation
        );
        return count;
    }

    private static ScriptRunRow ToRow(ScriptRunRecord run) =>
        new()
        {
            Script = run.Script,
            Version = run.Version,
            Use = run.Use,
            Position = run.Position,
            TicketId = run.Ticket?.Value,
            TriedById = run.TriedBy?.Value,
            At = run.At.ToUnixTimeTicks(),
            Duration = (long)(run.Duration.TotalMilliseconds * 1000),
            Statements = run.Statements,
            Allocated = run.Allocated,
            Calls = run.Calls,
            Outcome = run.Outcome,
            Error = run.Error,
            Line = run.Line,
            Column = run.Column,
            Log = run.Log,
        };

    private static ScriptRunRecord ToRecord(ScriptRunRow row) =>
        new()
        {
            Id = row.Id,
            Script = row.Script,
            Version = row.Version,
            Use = row.Use,
            Position = row.Position,
            Ticket = row.TicketId is { } ticket ? new TicketId(ticket) : null,
            TriedBy = row.TriedById is { } person ? new PersonId(person) : null,
            At = Instant.FromUnixTimeTicks(row.At),
            Duration = Duration.FromMilliseconds(row.Duration / 1000.0),
            Statements = row.Statements,
            Allocated = row.Allocated,
            Calls = row.Calls,
            Outcome = row.Outcome,
            Error = row.Error,
            Line = row.Line,
            Column = row.Column,
            Log = row.Log,
        };
}
