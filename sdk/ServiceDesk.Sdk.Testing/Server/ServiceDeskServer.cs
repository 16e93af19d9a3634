using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Sdk.Testing;

/// <summary>
/// The real server in memory: every stage, its embedded database in a folder of its own, requests without a network, and a
/// clock that a test moves. Plugins that lie in the folder <c>plugins</c> beside the tests are loaded, with the types that the
/// tests see. Dispose it to take the folder away.
/// </summary>
public sealed class ServiceDeskServer : IAsyncDisposable
{
    private readonly StringWriter log = new();
    private readonly string folder;
    private readonly ServerSetup setup;
    private readonly TestDatabase database;
    private WebApplication app;

    private ServiceDeskServer(string folder, ServerSetup setup, ManualClock clock)
    {
        this.folder = folder;
        this.setup = setup;
        database = new TestDatabase(setup.Database);
        Clock = clock;
        app = null!;
    }

    /// <summary>The server's time.</summary>
    public ManualClock Clock { get; }

    /// <summary>The server's services: ports of the SDK and the plugins' own.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>The door to tickets.</summary>
    public ITicketGrains Tickets => Services.GetRequiredService<ITicketGrains>();

    /// <summary>What became of the plugins.</summary>
    public PluginCatalog Plugins => Services.GetRequiredService<PluginCatalog>();

    /// <summary>What the server logged so far.</summary>
    public string Log => log.ToString();

    /// <summary>Starts a server with nothing in it but what the product and its plugins bring.</summary>
    public static async Task<ServiceDeskServer> StartAsync(ServerSetup? setup = null)
    {
        var data = Directory.CreateTempSubdirectory("servicedesk-test-").FullName;
        var given = setup ?? new ServerSetup();
        var server = new ServiceDeskServer(data, given, new ManualClock(given.Start));
        await server.database.CreateAsync();
        await server.BeginAsync(given.BeginsAlike ? PreparedInstallation.Of(nameof(ServiceDeskServer)) : null);
        return server;
    }

    /// <summary>Stops the server and starts it again on the same data, as an update or a power cut does.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        await BeginAsync(prepared: null);
    }

    /// <summary>A client on whose requests the person is signed in; null for nobody. Paths are relative to the root.</summary>
    public HttpClient ClientOf(Person? person)
    {
        var client = app.GetTestClient();
        if (person is not null)
        {
            client.DefaultRequestHeaders.Add(SignedInByHeader.Header, person.Id.ToString());
        }

        return client;
    }

    /// <summary>Creates a person.</summary>
    /// <param name="name">The display name; the address is made of it.</param>
    /// <param name="role">The id of a role: <c>customer</c>, <c>agent</c>, <c>administrator</c>.</param>
    public Task<Person> PersonAsync(string name, string role)
    {
        var address = string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)) + "@example.com";
        return Services.GetRequiredService<IPeopleStore>().CreateAsync(new NewPerson(name, address, role));
    }

    /// <summary>What a person may now.</summary>
    public async Task<Viewer> ViewerAsync(Person person) =>
        await Services.GetRequiredService<IViewers>().OfAsync(person.Id)
        ?? throw new InvalidOperationException($"{person.Name} may not use the product.");

    /// <summary>Opens a ticket as a customer in the portal does.</summary>
    /// <param name="requester">Who asks.</param>
    /// <param name="summary">One line.</param>
    /// <param name="type">A ticket type that the desk works.</param>
    /// <param name="desk">The desk's key; by default one that works every ticket type.</param>
    /// <exception cref="InvalidOperationException">It was refused; the message names the codes.</exception>
    public async Task<TicketState> OpenAsync(
        Person requester,
        string summary,
        string type = "incident",
        string desk = "ITSD",
        ValueMap<FieldValue>? fields = null,
        Priority? priority = null
    )
    {
        var command = new OpenTicket(
            desk,
            type,
            RequestType: null,
            summary,
            Description: "",
            requester.Id,
            Organization: null,
            priority,
            fields ?? ValueMap<FieldValue>.Empty,
            Channel.Workspace
        );
        var answer = await Tickets.OpenAsync(new CommandEnvelope(command, Actor.System));
        return answer.Ticket?.State
            ?? throw new InvalidOperationException(string.Join(", ", answer.Refusals.Select(refusal => refusal.Code)));
    }

    /// <summary>Sends a command as a person does, with all that the person may and may not.</summary>
    public async Task<GrainAnswer> SendAsync(Person person, TicketId ticket, TicketCommand command) =>
        await Tickets.SendAsync(
            ticket,
            new CommandEnvelope(command, Actor.Of(person.Id)) { Viewer = await ViewerAsync(person) }
        );

    /// <summary>Calls a function of a script module as a script of a person does: permission and arguments are checked, commands are committed.</summary>
    /// <param name="module">The module's name in scripts: the plugin's id in camelCase.</param>
    /// <exception cref="InvalidOperationException">The script would have got an error; its sentence is the message.</exception>
    public async Task<JsonElement?> CallScriptAsync(
        Person person,
        string module,
        string function,
        params object?[] arguments
    )
    {
        var doors = Services.GetRequiredService<ScriptDoors>();
        var viewer = await ViewerAsync(person);
        var now = Clock.GetCurrentInstant();
        var actor = new ScriptActor("test", viewer, person.Language, null, now, IsTrial: false, []);
        var call = new CallMessage(module, function, JsonSerializer.SerializeToElement(arguments));
        var answer = await doors.Calls(actor, doors.Committing()).CallAsync(call, CancellationToken.None);
        return answer.Error is null ? answer.Value : throw new InvalidOperationException(answer.Error);
    }

    /// <summary>Waits until something becomes true that the server does in the background; moves the clock on by 100 ms a turn, so that its own waits end.</summary>
    /// <exception cref="TimeoutException">It did not within ten minutes.</exception>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMinutes(10))
            {
                throw new TimeoutException("What was waited for did not happen. The server said:\n" + Log);
            }

            Clock.Advance(Duration.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task BeginAsync(PreparedInstallation? prepared)
    {
        var plugins = setup.PluginFolder ?? Path.Combine(AppContext.BaseDirectory, "plugins");
        var options = new HostOptions
        {
            DataFolder = folder,
            Urls = ["http://localhost"],
            PluginFolder = plugins,
            PluginsInProcess = setup.PluginFolder is null ? AssembliesOf(plugins) : [],
            Node = "test",
            LogLevel = "warning",
        };
        options = database.Put(options);
        options = setup.Options?.Invoke(options) ?? options;
        options = prepared?.Begin(options) ?? options;
        app = ServiceDesk.Host.Server.Build(options, TextWriter.Synchronized(log), Adjust);
        await app.PrepareAsync();
        await TestDesk.EnsureAsync(Services);
        if (setup.IsOrdinary)
        {
            prepared?.Keep(options, Plugins);
        }

        await app.StartAsync();
    }

    private void Adjust(WebApplicationBuilder builder)
    {
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddTransient<IStartupFilter, SignedInByHeader>();
        setup.Adjust?.Invoke(builder);
    }

    private async Task EndAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    // The test has loaded the plugins that it references; the server must not load a second copy, whose types are others.
    private static IReadOnlyList<Assembly> AssembliesOf(string plugins) =>
        Directory.Exists(plugins)
            ?
            [
                .. Directory
                    .EnumerateDirectories(plugins)
                    .SelectMany(plugin => Directory.EnumerateFiles(plugin, "*.dll"))
                    .Select(Path.GetFileName)
                    .Where(file => File.Exists(Path.Combine(AppContext.BaseDirectory, file!)))
                    .Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file!))),
            ]
            : [];
}

/// <summary>What is different from an ordinary server in memory.</summary>
public sealed record ServerSetup
{
    /// <summary>When the clock starts; null is 2 March 2026, 09:00 UTC.</summary>
    public Instant? Start { get; init; }

    /// <summary>A folder of plugins to load as a server does, each in a context of its own; null takes those that the test references.</summary>
    public string? PluginFolder { get; init; }

    /// <summary>
    /// The database: the embedded one, or one of the test's own on the server that the environment names, see
    /// <see cref="OnEveryDatabaseAttribute"/>.
    /// </summary>
    public DatabaseProvider Database { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>Other options of the server.</summary>
    public Func<HostOptions, HostOptions>? Options { get; init; }

    /// <summary>The last word before the server is built: services to replace.</summary>
    public Action<WebApplicationBuilder>? Adjust { get; init; }

    /// <summary>Whether every such server starts alike.</summary>
    internal bool IsOrdinary => this == new ServerSetup();

    /// <summary>Whether it can begin with what an ordinary one wrote: what its own services need besides is added at its start.</summary>
    internal bool BeginsAlike => this with { Adjust = null } == new ServerSetup();
}
