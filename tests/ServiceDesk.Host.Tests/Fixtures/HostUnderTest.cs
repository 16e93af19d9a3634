using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Tests.Shared;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>
/// The built product on a fresh database, with a clock moved by hand, without plugins and not listening: nothing happens in
/// the background but what a test starts.
/// </summary>
public sealed class HostUnderTest : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<Task> drop;

    private HostUnderTest(WebApplication app, HostOptions options, ManualTime time, Func<Task> drop)
    {
        this.app = app;
        this.drop = drop;
        Options = options;
        Time = time;
    }

    public HostOptions Options { get; }

    public ManualTime Time { get; }

    public StringWriter Log { get; private init; } = new();

    public IServiceProvider Services => app.Services;

    public ITicketGrains Grains => Get<ITicketGrains>();

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>A host on a database of its own.</summary>
    public static async Task<HostUnderTest> CreateAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        Action<IServiceCollection>? configure = null,
        Func<HostOptions, HostOptions>? options = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("servicedesk-test-").FullName;
        var database = await TestDatabase.CreateAsync(provider);
        var given = new HostOptions
        {
            DataFolder = folder,
            Database = provider,
            Connection = database.Connection,
            Urls = ["http://127.0.0.1:0"],
            PluginFolder = Directory.CreateDirectory(Path.Combine(folder, "no-plugins")).FullName,
            Node = "node-1",
            LogLevel = "warning",
        };
        // What a start writes depends on the options. What services of a test need besides is added to what the others begin with.
        var prepared =
            provider == DatabaseProvider.Sqlite && options is null
                ? PreparedInstallation.Of(nameof(HostUnderTest))
                : null;
        return await StartAsync(
            options?.Invoke(given) ?? given,
            new ManualTime(),
            configure,
            async () =>
            {
                await database.DisposeAsync();
                Directory.Delete(folder, recursive: true);
            },
            prepared
        );
    }

    /// <summary>Another process on the same database, with the same time.</summary>
    public Task<HostUnderTest> AnotherNodeAsync(string node, Action<IServiceCollection>? configure = null) =>
        StartAsync(Options with { Node = node }, Time, configure, () => Task.CompletedTask);

    /// <summary>The host after it was stopped and started again.</summary>
    public async Task<HostUnderTest> RestartAsync(Action<IServiceCollection>? configure = null)
    {
        await app.DisposeAsync();
        return await StartAsync(Options with { Node = Options.Node + "+" }, Time, configure, drop);
    }

    /// <summary>Somebody who asks.</summary>
    public async Task<Person> CustomerAsync(string name = "Kim Ara") =>
        await Get<IPeopleStore>()
            .CreateAsync(
                new NewPerson(
                    name,
                    $"{RandomNumberGenerator.GetHexString(12, lowercase: true)}@example.test",
                    "customer"
                )
            );

    /// <summary>Opens a ticket.</summary>
    public async Task<TicketSnapshot> OpenAsync(string summary = "The printer is on fire", string? key = null)
    {
        var requester = (await CustomerAsync()).Id;
        var answer = await Grains.OpenAsync(
            new CommandEnvelope(TestConfiguration.Open(summary, requester), Actor.System) { IdempotencyKey = key }
        );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!;
    }

    /// <summary>Everything recorded of a ticket.</summary>
    public Task<IReadOnlyList<RecordedEvent>> EventsAsync(TicketId ticket) =>
        Get<IEventLog>().ReadTicketAsync(ticket, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await drop();
    }

    private static async Task<HostUnderTest> StartAsync(
        HostOptions options,
        ManualTime time,
        Action<IServiceCollection>? configure,
        Func<Task> drop,
        PreparedInstallation? prepared = null
    )
    {
        options = prepared?.Begin(options) ?? options;
        var log = new StringWriter();
        var built = Server.Build(
            options,
            log,
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Services.AddSingleton<ICurrentConfiguration, TestConfiguration>();
                configure?.Invoke(builder.Services);
            }
        );
        await built.PrepareAsync();
        if (configure is null)
        {
            prepared?.Keep(options, built.Services.GetRequiredService<PluginCatalog>());
        }

        return new HostUnderTest(built, options, time, drop) { Log = log };
    }
}
