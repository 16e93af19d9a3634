using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Http;
using ServiceDesk.Benchmarks.Reporting;
using ServiceDesk.Storage;

namespace ServiceDesk.Benchmarks.Timers;

/// <summary>
/// A server that stood still while promises fell due: from its start until the last of them is recorded as broken. The
/// tickets are all open and none is in memory.
/// </summary>
internal static class TimerBenchmark
{
    private const double MostSeconds = 60;
    private const int Beside = Company.MostCustomers;
    private const int FilledInASecond = 400;
    private static readonly Duration Preparing = Duration.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(int timers, string folder, string? postgreSql)
    {
        var site = await Site.PrepareAsync(
            folder,
            postgreSql,
            $"timers_{timers}",
            new FillingPlan(Beside, Now(), FilledPromises.Running)
        );
        var due = Now() + Preparing + (Duration.FromSeconds(timers) / FilledInASecond);
        await site.AddAsync(new FillingPlan(timers, due, FilledPromises.Paced) { Pace = Duration.FromTicks(1) });

        // What plugins and reports keep of the openings is done before the server stands still.
        await site.WorkOffAsync();
        if (Now() > due)
        {
            throw new InvalidOperationException("Filling took longer than was thought; give fewer timers.");
        }

        await Task.Delay((due - Now()).ToTimeSpan());
        await using var server = await site.StartAsync();
        while (await LeftAsync(site.Storage) > 0)
        {
            await Task.Delay(BetweenLooks);
        }

        var seconds = Stopwatch.GetElapsedTime(server.StartedAt).TotalSeconds;
        var found = string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s, {timers / seconds:0} a second");
        Report.Write(
            Console.Out,
            [new Goal($"{timers} due at once, worked off within {MostSeconds} s", found, seconds < MostSeconds)]
        );
    }

    private static Instant Now() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    private static async Task<long> LeftAsync(StorageOptions storage)
    {
        await using System.Data.Common.DbConnection connection =
            storage.Provider == DatabaseProvider.Sqlite
                ? new SqliteConnection($"Data Source={storage.SqliteFile};Mode=ReadOnly")
                : new NpgsqlConnection(storage.Connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM timers WHERE due_at <= @now";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@now";
        parameter.Value = Now().ToUnixTimeTicks();
        command.Parameters.Add(parameter);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
