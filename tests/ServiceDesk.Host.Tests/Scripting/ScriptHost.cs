using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>A host on which scripts run for an agent, with nothing in the background.</summary>
internal sealed class ScriptHost(HostUnderTest host) : IAsyncDisposable
{
    public const string Agent = "agent@example.test";
    public const string Customer = "customer@example.test";

    // Babel takes seconds to load: hosts of tests share the workers, which end with the tests.
    private static readonly ScriptWorkers Shared = new(new ScriptWorkerOptions { Workers = 2 }, new ScriptMetrics());

    public HostUnderTest Host { get; } = host;

    public IScriptRunner Scripts => Host.Get<IScriptRunner>();

    /// <summary>A host with these scripts.</summary>
    /// <param name="hasOwnWorkers">Whether it has workers of its own, that a test may end.</param>
    public static Task<ScriptHost> CreateAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        bool hasOwnWorkers = false,
        params ScriptDocument[] scripts
    ) => CreateAsync(_ => { }, provider, hasOwnWorkers, scripts);

    /// <summary>A host with other services than the usual ones.</summary>
    public static async Task<ScriptHost> CreateAsync(
        Action<IServiceCollection> more,
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        bool hasOwnWorkers = false,
        params ScriptDocument[] scripts
    )
    {
        var made = new ScriptHost(
            await HostUnderTest.CreateAsync(
                provider,
                services =>
                {
                    _ = hasOwnWorkers ? services : services.AddSingleton(Shared);
                    more(services);
                }
            )
        );
        made.Configure(scripts);
        // As saving does: no test waits for the compiler within the time that a script has.
        foreach (var script in scripts)
        {
            await made.Host.Get<ScriptSources>().CompileAsync(script.Source, CancellationToken.None);
        }

        var people = made.Host.Get<IPeopleStore>();
        var mine = await people.CreateOrganizationAsync("mine", "Mine", membersSeeEachOther: false);
        await people.CreateAsync(new NewPerson("Ann Agent", Agent, "agent"));
        await people.CreateAsync(new NewPerson("Cho Customer", Customer, "customer") { Organizations = [mine.Id] });
        return made;
    }

    /// <summary>Puts scripts into the configuration.</summary>
    public void Configure(params ScriptDocument[] scripts)
    {
        var configuration = (TestConfiguration)Host.Get<ICurrentConfiguration>();
        var others = new TestConfiguration().Snapshot;
        configuration.Snapshot = ConfigurationSnapshot.Of(
            configuration.Snapshot.Revision + 1,
            [
                .. others.All<DeskDocument>(),
                .. others.All<TicketTypeDocument>(),
                .. others.All<WorkflowDocument>(),
                .. others.All<CalendarDocument>(),
                .. others.All<SlaPolicyDocument>(),
                Role("agent", Permissions.WorkTickets, Permissions.AskInPortal),
                Role("customer", Permissions.AskInPortal),
                .. scripts,
            ]
        );
    }

    /// <summary>A document of the configuration.</summary>
    public T Get<T>(string id)
        where T : ConfigurationDocument
    {
        Assert.True(Host.Get<ICurrentConfiguration>().Snapshot.TryGet<T>(id, out var document));
        return document;
    }

    /// <summary>Puts further documents into the configuration, in place of those of the same kind and id.</summary>
    public void Add(params ConfigurationDocument[] documents)
    {
        var configuration = (TestConfiguration)Host.Get<ICurrentConfiguration>();
        configuration.Snapshot = documents.Aggregate(
            (ConfigurationSnapshot)configuration.Snapshot,
            (snapshot, document) => snapshot.With(document)
        );
    }

    public static ScriptDocument Script(string id, string source, params string[] events) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Use = events.Length > 0 ? ScriptUse.Handler : ScriptUse.Called,
            Events = events.ToValueList(),
            Actor = Agent,
            Source = source,
        };

    /// <summary>Runs a source for a ticket.</summary>
    public Task<ScriptOutcome> RunAsync(
        string source,
        TicketId? ticket = null,
        string actor = Agent,
        bool isTrial = false
    ) =>
        Scripts.RunAsync(
            Script("test", source) with
            {
                Actor = actor,
            },
            1,
            new ScriptOccasion("test") { Ticket = ticket, IsTrial = isTrial }
        );

    /// <summary>Calls the handlers for everything in the log behind a position, as the pump does.</summary>
    public async Task<IReadOnlyList<ReactionOutcome>> ReactAsync(long after = 0)
    {
        var outcomes = new List<ReactionOutcome>();
        while (await Host.Get<IEventLog>().ReadAsync(after, 100, CancellationToken.None) is { Count: > 0 } events)
        {
            foreach (var recorded in events)
            {
                outcomes.Add(await ReactAsync(recorded));
            }

            after = events[^1].Position;
        }

        return outcomes;
    }

    /// <summary>Calls the handlers for an event.</summary>
    public Task<ReactionOutcome> ReactAsync(RecordedEvent recorded) =>
        ReactAsync<ScriptHandlers>(ScriptHandlers.Name, recorded);

    /// <summary>Calls a reaction for an event.</summary>
    public Task<ReactionOutcome> ReactAsync<T>(string name, RecordedEvent recorded) =>
        Host.Get<ReactionCall>().RunAsync(new PumpedReaction(name, typeof(T)), recorded, CancellationToken.None);

    /// <summary>Calls a reaction for all events of a ticket, again and again until nothing more comes.</summary>
    public async Task SettleAsync<T>(string name, TicketId ticket)
    {
        var seen = 0;
        while (await Host.EventsAsync(ticket) is { } events && seen < events.Count)
        {
            foreach (var recorded in events.Skip(seen))
            {
                Assert.Null((await ReactAsync<T>(name, recorded)).Error);
            }

            seen = events.Count;
        }
    }

    public Task<IReadOnlyList<ScriptRunRecord>> RunsAsync(string script) =>
        Host.Get<IScriptStore>().RunsAsync(script, 100);

    public async Task<IReadOnlyList<TicketEvent>> EventsAsync(TicketId ticket) =>
        [.. (await Host.EventsAsync(ticket)).Select(recorded => recorded.Event)];

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static RoleDocument Role(string id, params string[] permissions) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Permissions = permissions.ToValueList(),
        };
}
