using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using ServiceDesk.Benchmarks.Measuring;
using ServiceDesk.Storage;

namespace ServiceDesk.Benchmarks.Timers;

/// <summary>
/// Reads from the log, as it grows, which clocks were recorded as broken, and how long after the instant they were due the record
/// was there to be read. What a look takes and the time between looks count as lateness too.
/// </summary>
internal sealed class BreachLog(StorageOptions storage) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly DbConnection connection =
        storage.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnection($"Data Source={storage.SqliteFile};Mode=ReadOnly")
            : new NpgsqlConnection(storage.Connection);

    private readonly Dictionary<(long Ticket, string Payload), int> found = [];
    private readonly List<double> late = [];
    private long position;

    /// <summary>How many different clocks are recorded as broken.</summary>
    public int Clocks => found.Count;

    /// <summary>How many records there are beyond one for each.</summary>
    public int Twice => found.Values.Sum() - found.Count;

    /// <summary>How late they were, in milliseconds.</summary>
    public Latencies Lateness(TimeSpan span) => new(late, span.TotalSeconds);

    /// <summary>Begins behind what the log holds now.</summary>
    public async Task BeginAsync()
    {
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(max(position), 0) FROM events";
        position = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Reads on until so many clocks are recorded, or the time is over.</summary>
    /// <param name="tick">Told between looks how much time has gone.</param>
    public async Task ReadAsync(int clocks, TimeSpan limit, Func<TimeSpan, Task> tick)
    {
        var watch = Stopwatch.StartNew();
        while (found.Count < clocks && watch.Elapsed < limit)
        {
            await LookAsync();
            await tick(watch.Elapsed);
            await Task.Delay(BetweenLooks);
        }

        await LookAsync();
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task LookAsync()
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT position, ticket_id, name, payload, at FROM events WHERE position > @from ORDER BY position";
        var from = command.CreateParameter();
        from.ParameterName = "@from";
        from.Value = position;
        command.Parameters.Add(from);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            position = reader.GetInt64(0);
            if (reader.GetString(2).StartsWith("sla.breached/", StringComparison.Ordinal))
            {
                var key = (reader.GetInt64(1), reader.GetString(3));
                found[key] = found.GetValueOrDefault(key) + 1;
                var due = Instant.FromUnixTimeTicks(reader.GetInt64(4));
                late.Add((Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) - due).TotalMilliseconds);
            }
        }
    }
}
