using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Upkeep;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Crm.Tests;

/// <summary>Budgets, their ledgers, and what time brings to contracts.</summary>
public sealed class BudgetTests
{
    [Theory]
    [OnBothDatabases]
    public async Task What_tickets_book_stands_in_the_ledger_once_and_the_owner_is_told_at_the_share(
        DatabaseProvider provider
    )
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await world.AccountAsync();
        var contract = await world.ContractAsync();
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");

        Assert.True((await world.BookAsync(ticket, 300)).IsAccepted);
        await world.UntilEnteredAsync(contract, 1);
        Assert.Empty(await NoticesAsync(world));
        Assert.True((await world.BookAsync(ticket, 200, "more")).IsAccepted);
        await world.UntilEnteredAsync(contract, 2);
        await world.Server.UntilAsync(async () => (await NoticesAsync(world)).Count == 1);

        var detail = await world.DetailAsync(contract);
        Assert.Equal(
            (500, 100, 83, BudgetLevel.Warned),
            (
                detail.Budget!.Balance.Used,
                detail.Budget.Balance.Left,
                detail.Budget.Balance.Share,
                detail.Budget.Balance.Level
            )
        );
        Assert.Equal(["more", "work"], detail.Ledger.Select(one => one.Note));
        Assert.Equal([ticket.Key.ToString()], detail.Ledger.Select(one => one.TicketKey).Distinct());
        Assert.Equal(["Emily Carter"], detail.Ledger.Select(one => one.Person).Distinct());
        Assert.Equal("83% of the budget of contract HB-1 (IT operations) is used.", (await NoticesAsync(world))[0]);

        // The same event again, as a reaction may get it, enters nothing.
        var booked = new BudgetBooked(contract, "HB-1", BudgetUnit.Hours, 200, "more");
        var entered = await world.ReadAsync(db => db.Ledger.OrderBy(row => row.Id).LastAsync());
        var again = new RecordedEvent(
            ticket.Id,
            entered.TicketVersion!.Value,
            9,
            booked,
            ticket.CreatedAt,
            Actor.System,
            1,
            null,
            0
        );
        Assert.Equal(entered.Id, (await world.Get<LedgerWriting>().EnterAsync(booked, again, "X", default)).Id);
        Assert.Equal(2, await world.ReadAsync(db => db.Ledger.CountAsync()));
    }

    [Fact]
    public async Task A_spent_budget_refuses_where_the_contract_says_so_and_a_correction_frees_it()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        var contract = await world.ContractAsync(CrmWorld.Gold() with { WhenSpent = WhenSpent.Refuse });
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");
        Assert.True((await world.BookAsync(ticket, 600)).IsAccepted);
        await world.UntilEnteredAsync(contract, 1);
        await world.Server.UntilAsync(async () => (await NoticesAsync(world)).Count == 1);
        Assert.Equal("The budget of contract HB-1 (IT operations) is spent.", (await NoticesAsync(world))[0]);

        var refused = await world.BookAsync(ticket, 1);
        Assert.Equal("crm.refusal.budget-spent", refused.Refusals[0].Code);
        Assert.Equal("crm.refusal.bad-amount", (await world.BookAsync(ticket, 0)).Refusals[0].Code);

        var ledger = world.Get<LedgerWriting>();
        var viewer = await world.Server.ViewerAsync(world.Admin);
        var wrong = (await world.DetailAsync(contract)).Ledger[0].Id;
        Assert.Equal(
            "crm.refusal.no-reason",
            (await ledger.CorrectAsync(viewer, contract, "-2", "", wrong, default)).Refusals[0].Code
        );
        Assert.Equal(
            "crm.refusal.more-than-booked",
            (await ledger.CorrectAsync(viewer, contract, "-11", "typo", wrong, default)).Refusals[0].Code
        );
        Assert.Equal(
            "crm.refusal.no-entry",
            (await ledger.CorrectAsync(viewer, contract, "-2", "typo", 4711, default)).Refusals[0].Code
        );
        CrmWorld.Done(await ledger.CorrectAsync(viewer, contract, "-2", "It was eight hours.", wrong, default));
        var agent = await ledger.CorrectAsync(
            await world.Server.ViewerAsync(world.Agent),
            contract,
            "-2",
            "mine",
            wrong,
            default
        );
        Assert.Equal("crm.refusal.may-not-edit", agent.Refusals[0].Code);

        var detail = await world.DetailAsync(contract);
        Assert.Equal((120L, 2), (detail.Budget!.Balance.Left, detail.Ledger.Count));
        Assert.True((await world.BookAsync(ticket, 120)).IsAccepted);
        await world.Server.UntilAsync(async () => (await NoticesAsync(world)).Count == 2);
    }

    [Theory]
    [InlineData(WhenSpent.Refuse, 3)]
    [InlineData(WhenSpent.Allow, 4)]
    public async Task A_contract_of_tickets_books_each_new_one(WhenSpent whenSpent, int booked)
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        var contract = await world.ContractAsync(
            CrmWorld.Gold() with
            {
                BudgetUnit = BudgetUnit.Tickets,
                BudgetAmount = "3",
                BooksOpenings = true,
                WhenSpent = whenSpent,
            }
        );
        for (var i = 0; i < 4; i++)
        {
            // The ledger is behind the tickets by a moment: each is entered before the next is opened.
            await world.Server.OpenAsync(world.Customer, $"Request {i}");
            await world.UntilEnteredAsync(contract, Math.Min(i + 1, booked));
        }

        var detail = await world.DetailAsync(contract);
        Assert.Equal((booked, 3L - booked), (detail.Budget!.Balance.Used, detail.Budget.Balance.Left));
    }

    [Theory]
    [OnBothDatabases]
    public async Task The_owner_is_reminded_once_and_the_contract_expires_behind_its_last_day(DatabaseProvider provider)
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await world.AccountAsync();
        var contract = await world.ContractAsync(CrmWorld.Gold() with { EndsOn = "2026-04-30" });
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");

        // 31 March in Seoul begins at 15:00 of the day before in Greenwich.
        await AtAsync(world, Instant.FromUtc(2026, 3, 30, 14, 59));
        Assert.Empty(await NoticesAsync(world));
        await AtAsync(world, Instant.FromUtc(2026, 3, 30, 15, 0));
        await AtAsync(world, Instant.FromUtc(2026, 4, 2, 0, 0));
        Assert.Equal(["Contract HB-1 (IT operations) ends on 2026-04-30."], await NoticesAsync(world));

        await AtAsync(world, Instant.FromUtc(2026, 4, 30, 14, 59));
        Assert.Equal(ContractState.Active, (await world.DetailAsync(contract)).Item.State);
        await AtAsync(world, Instant.FromUtc(2026, 4, 30, 15, 0));
        Assert.Equal(ContractState.Expired, (await world.DetailAsync(contract)).Item.State);
        Assert.Equal("gold", (await world.StateAsync(ticket)).Cover().Plan);
        Assert.Equal("", (await world.Server.OpenAsync(world.Customer, "After the end")).Cover().Plan);

        // Renewed: the new end is reminded of again.
        var writing = world.Get<ContractWriting>();
        var viewer = await world.Server.ViewerAsync(world.Admin);
        Assert.Equal(
            "crm.refusal.period-over",
            (await writing.MoveAsync(viewer, contract, ContractState.Active, default)).Refusals[0].Code
        );
        CrmWorld.Done(
            await writing.SaveAsync(viewer, contract, CrmWorld.Gold() with { EndsOn = "2026-06-30" }, null, default)
        );
        CrmWorld.Done(await writing.MoveAsync(viewer, contract, ContractState.Active, default));
        await AtAsync(world, Instant.FromUtc(2026, 6, 1, 0, 0));
        Assert.Equal(2, (await NoticesAsync(world)).Count);
    }

    [Fact]
    public async Task A_reminder_moves_with_the_contracts_dates_and_comes_once_over_restarts()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        var contract = await world.ContractAsync(CrmWorld.Gold() with { EndsOn = "2026-04-30" });
        await EndsAsync("2026-05-31");

        await AtAsync(world, Instant.FromUtc(2026, 4, 30, 14, 59));
        await world.Server.RestartAsync();
        await AtAsync(world, Instant.FromUtc(2026, 4, 30, 14, 59));
        Assert.Empty(await NoticesAsync(world));

        await AtAsync(world, Instant.FromUtc(2026, 5, 2, 0, 0));
        await world.Server.RestartAsync();
        await AtAsync(world, Instant.FromUtc(2026, 5, 3, 0, 0));
        Assert.Equal(["Contract HB-1 (IT operations) ends on 2026-05-31."], await NoticesAsync(world));

        // Nearer than the reminder: it is due at once. Nobody to tell: nothing is due.
        await EndsAsync("2026-05-20");
        await AtAsync(world, Instant.FromUtc(2026, 5, 3, 1, 0));
        Assert.Equal(2, (await NoticesAsync(world)).Count);
        await EndsAsync("2026-05-21", owner: "");
        Assert.Null(await world.ReadAsync(db => db.Contracts.Select(row => row.RemindAt).SingleAsync()));

        async Task EndsAsync(string day, string owner = "emily@example.com") =>
            CrmWorld.Done(
                await world
                    .Get<ContractWriting>()
                    .SaveAsync(
                        await world.Server.ViewerAsync(world.Admin),
                        contract,
                        CrmWorld.Gold() with
                        {
                            EndsOn = day,
                            Owner = owner,
                        },
                        null,
                        default
                    )
            );
    }

    private static async Task AtAsync(CrmWorld world, Instant instant)
    {
        world.Server.Clock.Advance(instant - world.Server.Clock.GetCurrentInstant());
        await using var scope = world.Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CrmUpkeep>().RunAsync(default);
    }

    private static async Task<IReadOnlyList<string>> NoticesAsync(CrmWorld world)
    {
        // What is told of tickets, such as a promise that broke, is no matter here.
        return [.. (await world.ToldAsync(world.Agent)).Where(one => one.Ticket is null).Select(one => one.Text)];
    }
}
