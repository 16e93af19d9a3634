using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Links.Tests;

/// <summary>Two desks: everybody works on ITSD, only the team People on HR.</summary>
public abstract class LinkWorld : IAsyncLifetime
{
    protected ServiceDeskServer Server { get; private set; } = null!;
    protected Person Customer { get; private set; } = null!;
    protected Person Agent { get; private set; } = null!;

    /// <summary>Works on both desks.</summary>
    protected Person Both { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ServiceDeskServer.StartAsync();
        Customer = await Server.PersonAsync("Kim Minji", "customer");
        Agent = await Server.PersonAsync("Alex Agent", "agent");
        Both = await Server.PersonAsync("Han Both", "agent");
        var people = Server.Services.GetRequiredService<IPeopleStore>();
        var team = await people.CreateTeamAsync("People");
        await people.SetTeamMembersAsync(team.Id, [Both.Id]);
        await SaveAsync(
            new DeskDocument
            {
                Id = "HR",
                Name = LocalizedText.Of("People desk", "인사 데스크"),
                Types = ["incident"],
                Agents = new DeskAgents { Everyone = false, Teams = ["People"] },
            }
        );
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    protected async Task SaveAsync(ConfigurationDocument document)
    {
        var outcome = await Server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                Server.Services.GetRequiredService<DocumentText>().ToYaml(document),
                null,
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    protected Task<TicketState> OpenAsync(string summary, string desk = "ITSD") =>
        Server.OpenAsync(Customer, summary, desk: desk);

    protected Task<GrainAnswer> LinkAsync(
        Person person,
        TicketState from,
        string type,
        TicketState to,
        LinkDirection direction = LinkDirection.Outward
    ) => Server.SendAsync(person, from.Id, new LinkTickets(type, direction, to.Key));

    protected async Task LinkedAsync(Person person, TicketState from, string type, TicketState to)
    {
        var answer = await LinkAsync(person, from, type, to);
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        await UntilAsync(to, links => links.Others.Contains(from.Id));
    }

    protected async Task<TicketLinks> LinksOfAsync(TicketState ticket) =>
        (await Server.Tickets.GetAsync(ticket.Id))!.State.Links();

    protected Task UntilAsync(TicketState ticket, Func<TicketLinks, bool> condition) =>
        Server.UntilAsync(async () => condition(await LinksOfAsync(ticket)));

    protected Task<GrainAnswer> ResolveAsync(TicketState ticket) =>
        Server.SendAsync(Both, ticket.Id, new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty));

    protected async Task<ValueList<RecordedEvent>> HistoryAsync(TicketState ticket) =>
        (await Server.Services.GetRequiredService<IEventLog>().ReadTicketAsync(ticket.Id, default)).ToValueList();

    protected async Task<IReadOnlyList<TicketKey>> FindAsync(string query, Person? person = null)
    {
        var queries = Server.Services.GetRequiredService<ITicketQueries>();
        var page = await queries.FindAsync(await Server.ViewerAsync(person ?? Agent), query, 50, cursor: null);
        return [.. page.Items.Select(item => item.State.Key).OrderBy(key => key.Number)];
    }
}
