using Microsoft.EntityFrameworkCore;
using ServiceDesk.Host.Startup;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Demo;

public sealed class DemoTests(DemoServer server) : IClassFixture<DemoServer>
{
    [Fact]
    public async Task An_empty_installation_becomes_a_company_at_work()
    {
        var people = server.Get<IPeopleStore>();
        Assert.Equal(40, await people.CountAsync(new PeopleFilter()));
        Assert.Equal(12, await people.CountAsync(new PeopleFilter { Roles = ["agent"] }));
        Assert.Equal(1, await people.CountAsync(new PeopleFilter { Roles = ["administrator"] }));
        Assert.Equal(5, (await people.OrganizationsAsync()).Count);
        Assert.Equal(4, (await people.TeamsAsync()).Count);

        await using var db = await server.Get<IDatabase>().CreateDbContextAsync();
        var tickets = await OfTheCompany(db).ToListAsync();
        Assert.Equal(400, tickets.Count);
        Assert.Equal(["FAC", "HR", "ITSD"], tickets.Select(ticket => ticket.Desk).Distinct().Order());
        Assert.Contains(tickets, ticket => ticket.Summary.Any(letter => letter is >= '가' and <= '힣'));
        Assert.Contains(tickets, ticket => ticket.Summary.All(char.IsAscii));
        var clocks = await db.TicketClocks.AsNoTracking().Where(clock => clock.IsCurrent).ToListAsync();
        const int running = 1;
        const int paused = 2;
        const int breached = 3;
        Assert.Contains(clocks, clock => clock.Status == running && clock.Verdict != breached);
        Assert.Contains(clocks, clock => clock.Status == paused);
        Assert.Contains(clocks, clock => clock.Verdict == breached);
        var oldest = server.Time.Now.Minus(NodaTime.Duration.FromDays(61)).ToUnixTimeTicks();
        Assert.All(tickets, ticket => Assert.InRange(ticket.CreatedAt, oldest, server.Time.Now.ToUnixTimeTicks()));
        Assert.True(
            tickets.Min(ticket => ticket.CreatedAt)
                < server.Time.Now.Minus(NodaTime.Duration.FromDays(55)).ToUnixTimeTicks()
        );
        var days = tickets
            .Select(ticket => NodaTime.Instant.FromUnixTimeTicks(ticket.CreatedAt).InUtc().Date)
            .Distinct();
        Assert.InRange(days.Count(), 40, 62);
        // Neither language is a mere sample of it.
        var korean = tickets.Count(ticket => ticket.Summary.Any(letter => letter is >= '가' and <= '힣'));
        Assert.InRange(korean, tickets.Count / 4, tickets.Count * 3 / 4);
    }

    [Fact]
    public async Task Every_demo_is_alike()
    {
        var other = new DemoServer();
        await other.InitializeAsync();
        try
        {
            // Reactions may still be at work on one of them.
            await other.UntilAsync(async () => (await TicketsAsync(server)).SequenceEqual(await TicketsAsync(other)));
            Assert.Equal(await TicketsAsync(server), await TicketsAsync(other));
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_second_start_adds_nothing()
    {
        await using var db = await server.Get<IDatabase>().CreateDbContextAsync();
        var before = await OfTheCompany(db).CountAsync();
        foreach (var step in server.Get<IEnumerable<IStartupStep>>().Where(step => step.Order == StartupOrder.Demo))
        {
            await step.RunAsync(default);
        }

        Assert.Equal(before, await OfTheCompany(db).CountAsync());
    }

    [Fact]
    public async Task The_sign_in_page_tells_whom_one_can_be()
    {
        var page = await server.Client().GetStringAsync("/sign-in?lang=ko");
        Assert.Contains("jimin.han@example.com", page, StringComparison.Ordinal);
        Assert.Contains("demo-servicedesk", page, StringComparison.Ordinal);
    }

    // Plugins go on from here once the server runs.
    private static IQueryable<Storage.Model.TicketRow> OfTheCompany(Storage.ServiceDeskDb db) =>
        db.Tickets.AsNoTracking().Where(ticket => ticket.Type == "incident" || ticket.Type == "service-request");

    private static async Task<List<string>> TicketsAsync(DemoServer of)
    {
        await using var db = await of.Get<IDatabase>().CreateDbContextAsync();
        var tickets = await OfTheCompany(db).OrderBy(ticket => ticket.Key).ToListAsync();
        return
        [
            .. tickets.Select(ticket =>
                // Those of the outage go on while this looks.
                ticket.Summary.Contains("VPN", StringComparison.Ordinal)
                    ? $"{ticket.Key} {ticket.Summary} {ticket.CreatedAt}"
                    : $"{ticket.Key} {ticket.Summary} {ticket.Status} {ticket.Priority} {ticket.CreatedAt} {ticket.PublicComments}"
            ),
        ];
    }
}
