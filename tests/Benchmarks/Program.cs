using ServiceDesk.Benchmarks;
using ServiceDesk.Benchmarks.Bare;
using ServiceDesk.Benchmarks.Bulk;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Http;
using ServiceDesk.Benchmarks.Processes;
using ServiceDesk.Benchmarks.Queries;
using ServiceDesk.Benchmarks.Reports;
using ServiceDesk.Benchmarks.Rules;
using ServiceDesk.Benchmarks.Scripts;
using ServiceDesk.Benchmarks.Sla;
using ServiceDesk.Benchmarks.Timers;
using ServiceDesk.Storage;

var given = new Arguments(args);
var folder = given.Find("--data") ?? Directory.CreateTempSubdirectory("servicedesk-benchmark-").FullName;
var postgres = given.Find("--postgresql");

// --server FILE: a published ServiceDesk.Host.dll instead of the built one.
if (given.Find("--server") is { } server)
{
    Programs.HostFile = Path.GetFullPath(server);
}

switch (args.FirstOrDefault())
{
    // queries [--tickets N] [--seconds S] [--data DIR] [--postgresql "Host=…"]
    case "queries":
        await QueryBenchmark.RunAsync(
            new StorageOptions
            {
                Provider = postgres is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
                Connection = postgres,
                DataFolder = folder,
            },
            given.Number("--tickets", 20_000),
            given.Seconds("--seconds", 3)
        );
        return 0;

    // reports [--tickets N] [--seconds S] [--data DIR] [--postgresql "Host=…"]
    case "reports":
        await ReportBenchmark.RunAsync(
            new StorageOptions
            {
                Provider = postgres is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
                Connection = postgres,
                DataFolder = folder,
            },
            given.Number("--tickets", 20_000),
            given.Seconds("--seconds", 1)
        );
        return 0;

    // promises [--tickets N] [--seconds S] [--data DIR] [--postgresql "Host=…"]
    case "promises":
        await PromiseBenchmark.RunAsync(
            new StorageOptions
            {
                Provider = postgres is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
                Connection = postgres,
                DataFolder = folder,
            },
            given.Number("--tickets", 100_000),
            given.Seconds("--seconds", 1)
        );
        return 0;

    // backtest [--tickets N] [--rounds N] [--data DIR] [--postgresql "Host=…"]
    case "backtest":
        await BacktestBenchmark.RunAsync(
            new StorageOptions
            {
                Provider = postgres is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
                Connection = postgres,
                DataFolder = folder,
            },
            given.Number("--tickets", 100_000),
            given.Number("--rounds", 2)
        );
        return 0;

    // http [--tickets N,N] [--clients N,N] [--rounds N] [--seconds S] [--starts N] [--settle S] [--only TEXT] [--data DIR] [--postgresql "Host=…"]
    case "http":
        await HttpBenchmark.RunAsync(
            new HttpPlan
            {
                Sizes = given.Numbers("--tickets", "20000,100000"),
                Clients = given.Numbers("--clients", "1,8"),
                Rounds = given.Number("--rounds", 3),
                Span = given.Seconds("--seconds", 2),
                Starts = given.Number("--starts", 3),
                Settling = given.Seconds("--settle", 8),
                Folder = folder,
                PostgreSql = postgres,
                Only = given.Find("--only"),
            }
        );
        return 0;

    // timers [--timers N] [--beside N] [--data DIR] [--postgresql "Host=…"]
    case "timers":
        await TimerBenchmark.RunAsync(
            given.Number("--timers", 50_000),
            given.Number("--beside", Company.MostCustomers),
            folder,
            postgres
        );
        return 0;

    // firing [--clocks N] [--rate N] [--seconds S] [--nodes N] [--kill-every S] [--data DIR] [--postgresql "Host=…"]
    case "firing":
        await FiringBenchmark.RunAsync(
            new FiringPlan(
                given.Number("--clocks", 1_000_000),
                given.Number("--rate", 100),
                given.Seconds("--seconds", 300),
                given.Number("--nodes", 1),
                given.Find("--kill-every") is null ? null : given.Seconds("--kill-every", 10)
            ),
            folder,
            postgres
        );
        return 0;

    // scripts [--seconds S] [--data DIR] [--postgresql "Host=…"]
    case "scripts":
        await ScriptBenchmark.RunAsync(folder, postgres, given.Seconds("--seconds", 3));
        return 0;

    // bulk [--tickets N,N] [--data DIR] [--postgresql "Host=…"]
    case "bulk":
        await BulkBenchmark.RunAsync(folder, postgres, given.Numbers("--tickets", "1000,10000"));
        return 0;

    // rules [--events N] [--data DIR] [--postgresql "Host=…"]
    case "rules":
        await RuleBenchmark.RunAsync(folder, postgres, given.Number("--events", 5_000));
        return 0;

    // hello --address URL: the bare web server that http starts beside the product
    case "hello":
        await HelloServer.RunAsync(given.Find("--address")!);
        return 0;

    default:
        await Console.Error.WriteLineAsync(
            "One of: queries, reports, promises, backtest, http, timers, firing, scripts, rules, bulk. See docs/benchmarks.md."
        );
        return 2;
}
