using System.Globalization;
using ServiceDesk.Benchmarks.Queries;
using ServiceDesk.Storage;

// queries [--tickets N] [--seconds S] [--data DIR] [--postgresql "Host=…"]
string? Option(string name) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

var tickets = int.Parse(Option("--tickets") ?? "20000", CultureInfo.InvariantCulture);
var seconds = double.Parse(Option("--seconds") ?? "3", CultureInfo.InvariantCulture);
var folder = Option("--data") ?? Directory.CreateTempSubdirectory("servicedesk-benchmark-").FullName;
var postgres = Option("--postgresql");

await QueryBenchmark.RunAsync(
    new StorageOptions
    {
        Provider = postgres is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
        Connection = postgres,
        DataFolder = folder,
    },
    tickets,
    TimeSpan.FromSeconds(seconds)
);
return 0;
