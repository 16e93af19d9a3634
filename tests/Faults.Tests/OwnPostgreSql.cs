namespace ServiceDesk.Faults.Tests;

/// <summary>A PostgreSQL server of this test alone, since it is crashed and restarted.</summary>
public sealed class OwnPostgreSql : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("servicedesk-postgres-");
    private readonly int port = Ports.Free();

    /// <summary>The programs of the newest installed server; null when there is none.</summary>
    public static string? Programs { get; } =
        Environment.GetEnvironmentVariable("SERVICEDESK_TEST_POSTGRES_BIN")
        ?? (
            Directory.Exists("/usr/lib/postgresql")
                ? Directory
                    .EnumerateDirectories("/usr/lib/postgresql")
                    .Select(version => Path.Combine(version, "bin"))
                    .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                    .Order(StringComparer.Ordinal)
                    .LastOrDefault()
                : null
        );

    /// <summary>The connection string of its database.</summary>
    public string Connection =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Timeout=30;Command Timeout=120";

    private string Data => Path.Combine(folder.FullName, "data");

    /// <summary>Makes and starts it.</summary>
    public static async Task<OwnPostgreSql> StartAsync()
    {
        var server = new OwnPostgreSql();
        if (Environment.IsPrivilegedProcess)
        {
            await Tool.RunWellAsync(Tool.Of("chown", "postgres", server.folder.FullName));
        }

        await server.RunAsync(
            "initdb",
            "-D",
            server.Data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8"
        );
        await server.ControlAsync("start");
        return server;
    }

    /// <summary>Crashes it: no checkpoint, connections cut. It recovers from its log and serves again when this returns.</summary>
    public Task CrashAndRecoverAsync() => ControlAsync("restart", "-m", "immediate");

    /// <summary>Stops it as a power cut would.</summary>
    public Task StopAsync() => ControlAsync("stop", "-m", "immediate");

    /// <summary>Starts it again; it serves when this returns.</summary>
    public Task StartAgainAsync() => ControlAsync("start");

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        folder.Delete(recursive: true);
    }

    // The machine does not crash here, only processes do: syncing to disk would prove nothing and cost minutes.
    private Task ControlAsync(string action, params IEnumerable<string> more) =>
        RunAsync(
            "pg_ctl",
            [
                "-D",
                Data,
                "-w",
                "-l",
                Path.Combine(folder.FullName, "log"),
                "-o",
                $"-p {port} -c listen_addresses=127.0.0.1 -k {folder.FullName} -c fsync=off",
                .. more,
                action,
            ]
        );

    // PostgreSQL refuses to run as root.
    private Task RunAsync(string program, params IEnumerable<string> arguments)
    {
        var path = Path.Combine(Programs!, program);
        var start = Environment.IsPrivilegedProcess
            ? Tool.Of("runuser", ["-u", "postgres", "--", path, .. arguments])
            : Tool.Of(path, arguments);

        // A server that is started here would hold the pipes open for ever.
        if (program == "pg_ctl")
        {
            (start.RedirectStandardOutput, start.RedirectStandardError) = (false, false);
            return RunQuietlyAsync(start);
        }

        return Tool.RunWellAsync(start);
    }

    private static async Task RunQuietlyAsync(System.Diagnostics.ProcessStartInfo start)
    {
        using var process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}

/// <summary>A test that needs PostgreSQL's programs; skipped by name without them, which CI forbids.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public override string? Skip
    {
        get => OwnPostgreSql.Programs is null ? "PostgreSQL is not installed." : null;
        set { }
    }
}
