using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Links.State;
using ServiceDesk.Problems.Solving;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Problems.Tests;

/// <summary>A desk with a problem, an agent, and customers who read English and Korean.</summary>
public abstract class ProblemWorld : IAsyncLifetime
{
    protected ServiceDeskServer Server { get; private set; } = null!;
    protected Person English { get; private set; } = null!;
    protected Person Korean { get; private set; } = null!;
    protected Person Agent { get; private set; } = null!;
    protected TicketState Problem { get; private set; } = null!;

    /// <summary>What is different about the server.</summary>
    protected virtual ServerSetup? Setup => null;

    public async Task InitializeAsync()
    {
        Server = await ServiceDeskServer.StartAsync(Setup);
        English = await PersonAsync("Kim Minji", "en");
        Korean = await PersonAsync("박서준", "ko");
        Agent = await Server.PersonAsync("Alex Agent", "agent");
        Problem = await Server.OpenAsync(Agent, "VPN gateway drops connections", ProblemsPlugin.Type);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    private Task<Person> PersonAsync(string name, string language) =>
        Server
            .Services.GetRequiredService<IPeopleStore>()
            .CreateAsync(new NewPerson(name, $"{language}@example.com", "customer") { Language = language });

    protected async Task<TicketState> IncidentAsync(Person customer, string summary)
    {
        var incident = await Server.OpenAsync(customer, summary);
        var attached = await AttachAsync(incident.Key.ToString());
        Assert.Null(attached.Single().Refusal);
        return incident;
    }

    protected async Task<IReadOnlyList<Attached>> AttachAsync(params string[] keys)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ProblemIncidents>()
            .AttachAsync(await Server.ViewerAsync(Agent), Problem.Id, keys, wait: true);
    }

    protected async Task<GrainAnswer> SolveAsync(params TicketState[] incidents)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var tell = new TellIncidents(
            incidents.Select(one => one.Key).ToValueList(),
            "Hello {name}, {key} works again.",
            "{name} 님, {key} 해결되었습니다."
        );
        return await scope
            .ServiceProvider.GetRequiredService<Solution>()
            .SolveAsync(await Server.ViewerAsync(Agent), await StateAsync(Problem), tell, null);
    }

    protected async Task<TicketState> StateAsync(TicketState ticket) =>
        (await Server.Tickets.GetAsync(ticket.Id))!.State;

    protected Task UntilToldAsync() =>
        Server.UntilAsync(async () => (await StateAsync(Problem)).Problem().Telling is { IsRunning: false });

    protected async Task<IReadOnlyList<string>> CommentsAsync(TicketState ticket)
    {
        var events = await Server.Services.GetRequiredService<IEventLog>().ReadTicketAsync(ticket.Id, default);
        return [.. events.Select(one => one.Event).OfType<PublicCommentAdded>().Select(one => one.Body)];
    }

    protected async Task<IReadOnlyList<TicketKey>> FindAsync(string query)
    {
        var queries = Server.Services.GetRequiredService<ITicketQueries>();
        var page = await queries.FindAsync(await Server.ViewerAsync(Agent), query, 50, cursor: null);
        return [.. page.Items.Select(item => item.State.Key)];
    }
}
