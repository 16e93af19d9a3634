using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Storage.Tests.Workflow;

public sealed class StatusTicketsTests
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Tickets_of_types_in_statuses_are_counted_and_found_page_by_page(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (tickets, asked) = (database.Get<ITicketStore>(), database.Get<IStatusTickets>());
        var opened = new List<TicketState>();
        foreach (var desk in new[] { "ITSD", "HR", "ITSD" })
        {
            opened.Add((await TestTicket.OpenAsync(tickets, desk)).State);
        }

        var (type, status) = (opened[0].Type, opened[0].Status);
        var all = new StatusQuestion(["ITSD", "HR"], [type], [status, "gone"]);
        var first = await asked.FindAsync(all, default, 2, default);
        var rest = await asked.FindAsync(all, first[^1], 2, default);

        Assert.Equal(opened.Select(ticket => ticket.Id), first.Concat(rest));
        var counts = await asked.CountAsync(all, default);
        Assert.Equal((status, 3), (Assert.Single(counts).Key, counts[status]));
        Assert.Equal(2, (await asked.CountAsync(all with { Desks = ["ITSD"] }, default))[status]);
        Assert.Empty(await asked.CountAsync(all with { Types = ["another"] }, default));
        Assert.Empty(await asked.FindAsync(all with { Statuses = ["gone"] }, default, 2, default));
    }
}
