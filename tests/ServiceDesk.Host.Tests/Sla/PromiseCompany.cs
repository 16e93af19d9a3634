using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Reactions;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>A server whose tickets lived over two months: two customers, two teams, kept and broken promises, and two that run.</summary>
public sealed class PromiseCompany : ServerUnderTest
{
    private readonly List<TicketId> tickets = [];

    public Person Customer { get; private set; } = null!;

    public Person Stranger { get; private set; } = null!;

    public Team Team { get; private set; } = null!;

    public HttpClient AsAgent { get; private set; } = null!;

    public HttpClient AsCustomer { get; private set; } = null!;

    public BrowserSession AgentBrowser { get; private set; } = null!;

    public BrowserSession CustomerBrowser { get; private set; } = null!;

    public BrowserSession StrangerBrowser { get; private set; } = null!;

    /// <summary>The months in which tickets lived.</summary>
    public IReadOnlyList<string> Months { get; } = ["2026-03", "2026-04", "2026-05"];

    /// <summary>All clocks of promises to customers, from the grains.</summary>
    public IReadOnlyList<SlaClock> Clocks { get; private set; } = [];

    /// <summary>Lets an organization read the agreement about incidents.</summary>
    public async Task PublishAsync(string organization)
    {
        Assert.True(Get<ICurrentConfiguration>().Snapshot.TryGet<SlaPolicyDocument>("incident", out var policy));
        var outcome = await Get<IConfigurationEditor>()
            .SaveAsync(
                Get<DocumentText>()
                    .ToYaml(policy with { Published = new SlaPublication { Organizations = [organization] } }),
                null,
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.True(outcome.Status is ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    protected override async Task FillAsync()
    {
        var people = Get<IPeopleStore>();
        var hanbit = await people.CreateOrganizationAsync("hanbit", "Hanbit Logistics", membersSeeEachOther: true);
        var other = await people.CreateOrganizationAsync("other", "Other Foods", membersSeeEachOther: true);
        var agent = await PersonAsync("Minsu Agent", "agent");
        Customer = await PersonAsync("Kim Customer", "customer", hanbit.Id);
        Stranger = await PersonAsync("Sam Stranger", "customer", other.Id);
        var team = await people.CreateTeamAsync("Service desk");
        Team = (await people.SetTeamMembersAsync(team.Id, [agent.Id]))!;
        var second = await people.CreateTeamAsync("Network");
        (AsAgent, AsCustomer) = (await ClientAsync(agent), await ClientAsync(Customer));
        for (var i = 0; i < 8; i++)
        {
            await LiveAsync(i, i % 2 == 0 ? Customer : Stranger, agent.Id, second.Id);
        }

        await OpenAsync(Customer, "Still open", Priority.Low);
        await OpenAsync(Stranger, "Of others, still open", Priority.Low);
        AgentBrowser = await BrowserAsync(agent);
        CustomerBrowser = await BrowserAsync(Customer);
        StrangerBrowser = await BrowserAsync(Stranger);
        await CatchUpAsync();
        var all = new List<SlaClock>();
        foreach (var id in tickets)
        {
            all.AddRange((await Get<ITicketGrains>().GetAsync(id))!.Clocks);
        }

        Clocks = [.. all.Where(clock => clock.Policy.Id != "team-work")];
    }

    private async Task<BrowserSession> BrowserAsync(Person person)
    {
        var browser = BrowserSession.Of(this);
        await browser.SignInAsync(person.Email);
        return browser;
    }

    private Task CatchUpAsync() =>
        UntilAsync(async () =>
        {
            // Solved tickets close by themselves meanwhile.
            await using var db = Get<IDatabase>().CreateDbContext();
            var now = Time.Now.ToUnixTimeTicks();
            if (await db.Timers.AnyAsync(timer => timer.DueAt <= now))
            {
                return false;
            }

            var head = await Get<IEventLog>().HeadAsync(default);
            var positions = await Get<ICursorStore>().PositionsAsync(default);
            return positions.GetValueOrDefault(PromiseStore.Cursor) >= head;
        });

    // Sooner or later answered and solved, some waiting for the customer or handed over in between.
    private async Task LiveAsync(int number, Person requester, PersonId agent, TeamId second)
    {
        var summary = requester == Customer ? "=HYPERLINK(\"http://example.com\")" : "Of others";
        var id = await OpenAsync(requester, summary, number < 4 ? Priority.High : Priority.Medium);
        Time.Move(Duration.FromMinutes(10 + (number * 25)));
        await SendAsync(id, new AssignTicket(null, Team.Id));
        Time.Move(Duration.FromMinutes(20));
        await SendAsync(id, new AssignTicket(agent, Team.Id));
        await SendAsync(id, new TransitionTicket("in-progress", null, ValueMap<FieldValue?>.Empty));
        Time.Move(Duration.FromHours(1 + number));
        if (number % 3 == 0)
        {
            await SendAsync(id, new TransitionTicket("waiting-for-customer", null, ValueMap<FieldValue?>.Empty));
            Time.Move(Duration.FromHours(30));
            await SendAsync(id, new TransitionTicket("in-progress", null, ValueMap<FieldValue?>.Empty));
        }

        if (number % 2 == 1)
        {
            await SendAsync(id, new AssignTicket(null, second));
        }

        Time.Move(Duration.FromHours(2));
        await SendAsync(id, new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty));
        Time.Move(Duration.FromHours(150));
    }

    private async Task<TicketId> OpenAsync(Person requester, string summary, Priority priority)
    {
        var opened = await Get<ITicketGrains>()
            .OpenAsync(
                new CommandEnvelope(
                    new OpenTicket(
                        "ITSD",
                        "incident",
                        null,
                        summary,
                        "",
                        requester.Id,
                        null,
                        priority,
                        ValueMap<FieldValue>.Empty,
                        Channel.Api
                    ),
                    Actor.System
                )
            );
        Assert.True(opened.IsAccepted, opened.Refusals.ToString());
        tickets.Add(opened.Ticket!.State.Id);
        return opened.Ticket.State.Id;
    }

    private async Task SendAsync(TicketId id, TicketCommand command)
    {
        var answer = await Get<ITicketGrains>().SendAsync(id, new CommandEnvelope(command, Actor.System));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }
}
