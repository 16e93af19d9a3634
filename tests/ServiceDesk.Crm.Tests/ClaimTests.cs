using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Upkeep;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;

namespace ServiceDesk.Crm.Tests;

/// <summary>A budget that refuses is never overdrawn, however many book in the same moment.</summary>
public sealed class ClaimTests
{
    [Theory]
    [OnBothDatabases]
    public async Task Ten_tickets_that_book_in_the_same_moment_get_no_more_than_is_left(DatabaseProvider provider)
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await world.AccountAsync();
        var contract = await world.ContractAsync(CrmWorld.Gold() with { WhenSpent = WhenSpent.Refuse });
        var tickets = new List<TicketState>();
        for (var i = 0; i < 10; i++)
        {
            tickets.Add(await world.Server.OpenAsync(world.Customer, $"Printer {i} burns"));
        }

        var answers = await Task.WhenAll(tickets.Select(ticket => Task.Run(() => world.BookAsync(ticket, 100))));

        Assert.Equal(6, answers.Count(answer => answer.IsAccepted));
        Assert.All(
            answers.Where(answer => !answer.IsAccepted),
            answer => Assert.Equal("crm.refusal.budget-spent", answer.Refusals[0].Code)
        );
        await world.UntilEnteredAsync(contract, 6);
        Assert.Equal(0, (await world.DetailAsync(contract)).Budget!.Balance.Left);
        Assert.Equal(0, await world.ReadAsync(db => db.Claims.CountAsync()));
        Assert.False((await world.BookAsync(tickets[0], 1)).IsAccepted);
    }

    [Theory]
    [OnBothDatabases]
    public async Task Tickets_that_are_opened_in_the_same_moment_book_no_more_than_is_left(DatabaseProvider provider)
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await world.AccountAsync();
        var contract = await world.ContractAsync(
            CrmWorld.Gold() with
            {
                BudgetUnit = BudgetUnit.Tickets,
                BudgetAmount = "3",
                BooksOpenings = true,
                WhenSpent = WhenSpent.Refuse,
            }
        );

        var opened = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => world.Server.OpenAsync(world.Customer, $"Request {i}"))
        );

        await world.UntilEnteredAsync(contract, 3);
        var late = await world.Server.OpenAsync(world.Customer, "One more");
        Assert.False((await world.BookAsync(late, 1)).IsAccepted);
        var booked = 0L;
        foreach (var ticket in opened.Append(late))
        {
            booked += (await world.StateAsync(ticket)).Cover().BookedTo(contract, BudgetUnit.Tickets);
        }

        Assert.Equal(3, booked);
    }

    [Fact]
    public async Task Several_bookings_in_one_command_count_together()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        await world.ContractAsync(CrmWorld.Gold() with { WhenSpent = WhenSpent.Refuse });
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");

        ChangeTicket Twice(long minutes) => new([new BookBudget(minutes, "a"), new BookBudget(minutes, "b")]);
        var much = await world.Server.SendAsync(world.Agent, ticket.Id, Twice(301));
        var fits = await world.Server.SendAsync(world.Agent, ticket.Id, Twice(300));

        Assert.Equal("crm.refusal.budget-spent", much.Refusals[0].Code);
        Assert.True(fits.IsAccepted, fits.Refusals.ToString());
        Assert.False((await world.BookAsync(ticket, 1)).IsAccepted);
    }

    [Theory]
    [OnBothDatabases]
    public async Task A_claim_of_which_nothing_came_is_taken_back_and_one_that_was_used_is_not(
        DatabaseProvider provider
    )
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await world.AccountAsync();
        var contract = await world.ContractAsync(CrmWorld.Gold() with { WhenSpent = WhenSpent.Refuse });
        var idle = await world.Server.OpenAsync(world.Customer, "Never booked");
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");
        var claims = world.Get<BudgetClaims>();
        await claims.ClaimAsync(idle, contract, 500, default);
        await claims.ClaimAsync(null, contract, 100, default);

        Assert.Equal("crm.refusal.budget-spent", (await world.BookAsync(ticket, 1)).Refusals[0].Code);
        await claims.SettleAsync(default);
        Assert.Equal(2, await world.ReadAsync(db => db.Claims.CountAsync()));
        world.Server.Clock.Advance(Duration.FromMinutes(3));
        await using (var scope = world.Server.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<CrmUpkeep>().RunAsync(default);
        }

        Assert.Equal(0, await world.ReadAsync(db => db.Claims.CountAsync()));
        Assert.True((await world.BookAsync(ticket, 600)).IsAccepted);
    }

    [Fact]
    public async Task Who_may_not_book_claims_nothing()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        await world.ContractAsync(CrmWorld.Gold() with { WhenSpent = WhenSpent.Refuse });
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");

        Assert.False((await world.Server.SendAsync(world.Customer, ticket.Id, new BookBudget(600, ""))).IsAccepted);

        Assert.Equal(0, await world.ReadAsync(db => db.Claims.CountAsync()));
    }
}
