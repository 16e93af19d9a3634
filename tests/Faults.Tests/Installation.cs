using System.Net.Http.Headers;

namespace ServiceDesk.Faults.Tests;

/// <summary>A data folder on a database, with a desk whose promises fall due within seconds, and a token for its API.</summary>
public sealed class Installation : IAsyncDisposable
{
    /// <summary>How long a ticket of the desk may stay unresolved.</summary>
    public static readonly TimeSpan Target = TimeSpan.FromSeconds(3);

    /// <summary>When its people are reminded of that, after it was opened.</summary>
    public static readonly TimeSpan Reminder = Target / 2;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("servicedesk-faults-");
    private readonly string[] database;

    private Installation(string? dataFolder, string[] database)
    {
        this.database = database;
        DataFolder = dataFolder ?? Path.Combine(folder.FullName, "data");
        Addresses = [Address()];
    }

    public string DataFolder { get; }

    /// <summary>Where its servers listen.</summary>
    public IReadOnlyList<Uri> Addresses { get; private init; }

    /// <summary>The secret of an administrator's token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>What a server of this installation is started with.</summary>
    public IEnumerable<string> ServerArguments => ServerArgumentsOf(0);

    private IEnumerable<string> CommandArguments => ["--data", DataFolder, .. database];

    /// <summary>Makes one by the command line alone.</summary>
    /// <param name="connection">A PostgreSQL database; null takes SQLite.</param>
    /// <param name="dataFolder">Where the data lie; null takes a folder that goes away.</param>
    /// <param name="servers">How many share its database.</param>
    public static async Task<Installation> CreateAsync(
        string? connection = null,
        string? dataFolder = null,
        int servers = 1
    )
    {
        var made = new Installation(
            dataFolder,
            connection is null ? [] : ["--database", "postgresql", "--connection", connection]
        )
        {
            Addresses = [.. Enumerable.Range(0, servers).Select(_ => Address())],
        };
        var documents = Path.Combine(made.folder.FullName, "documents");
        await WriteDocumentsAsync(documents);
        await made.RunWellAsync("config", "import", documents, "--keep-others");
        await made.RunWellAsync(
            "user",
            "create",
            "--name",
            "Load",
            "--email",
            "load@example.test",
            "--role",
            "administrator"
        );
        made.Token = await made.RunWellAsync("token", "create", "--user", "load@example.test", "--name", "load");
        return made;
    }

    /// <summary>Runs a command of the command line.</summary>
    public Task<Ended> RunAsync(params IEnumerable<string> command) =>
        Tool.RunAsync(Tool.OfHost([.. command, .. CommandArguments]));

    /// <summary>Starts its server, or one of several.</summary>
    public Task<ServerProcess> StartAsync(int server = 0) => ServerProcess.StartAsync(ServerArgumentsOf(server));

    /// <summary>A client of its API, at its server or at one of several.</summary>
    public HttpClient Client(int server = 0)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = Addresses[server],
            Timeout = TimeSpan.FromMinutes(2),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    // A data folder is one server's; what several share is the database.
    private IEnumerable<string> ServerArgumentsOf(int server) =>
        [
            "--urls",
            Addresses[server].ToString(),
            "--data",
            server == 0 ? DataFolder : $"{DataFolder}-{server}",
            .. database,
        ];

    private static Uri Address() => new($"http://127.0.0.1:{Ports.Free()}");

    private Task<string> RunWellAsync(params IEnumerable<string> command) =>
        Tool.RunWellAsync(Tool.OfHost([.. command, .. CommandArguments]));

    private static async Task WriteDocumentsAsync(string root)
    {
        await WriteAsync(
            "desks/FAULT.yaml",
            """
            kind: desk
            id: FAULT
            name: Faults
            types:
              - incident
            """
        );
        await WriteAsync(
            "sla-policies/faults.yaml",
            """
            kind: sla-policy
            id: faults
            name: Faults
            order: 1
            query: desk = FAULT
            metrics:
              - id: time-to-resolution
                name: Time to resolution
                start:
                  - "on": opened
                stop:
                  - "on": resolved
                goals:
                  - target: PT3S
                    calendar: "24x7"
                    reminders:
                      - 50%
            """
        );

        async Task WriteAsync(string name, string text)
        {
            var path = Path.Combine(root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text + "\n");
        }
    }
}
