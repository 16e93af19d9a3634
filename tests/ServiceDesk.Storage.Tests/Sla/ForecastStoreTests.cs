using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Sla;

/// <summary>What a forecast is reckoned from: only of the desks that one works on, only of what is not done.</summary>
public sealed class ForecastStoreTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly PersonId Agent = new(5);

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Clocks_and_solved_tickets_are_those_of_the_desks_that_one_works_on(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var tickets = database.Get<ITicketStore>();
        var late = await WithAsync(tickets, "OPEN", Clock(ClockStatus.Running, -1));
        var soon = await WithAsync(tickets, "OPEN", Clock(ClockStatus.Running, 5));
        await WithAsync(tickets, "OPEN", Clock(ClockStatus.Running, 500));
        var paused = await WithAsync(tickets, "OPEN", Clock(ClockStatus.Paused, null));
        await WithAsync(tickets, "SHUT", Clock(ClockStatus.Running, 5));
        var solved = await WithAsync(tickets, "OPEN", Clock(ClockStatus.Running, 6));
        await solved.SendAsync(
            tickets,
            new TicketAssigned(Agent, null),
            new StatusChanged("resolve", "new", "resolved", StatusCategory.Done, false, "solved")
        );
        var store = database.Get<IForecastStore>();
        var viewer = Viewer(1, "OPEN");

        var due = await store.DueAsync(viewer, Now + Duration.FromHours(48), 10, default);
        Assert.Equal([late.State.Id, soon.State.Id], due.Select(ticket => ticket.Id));
        Assert.Equal(Now + Duration.FromHours(5), Assert.Single(due[1].Clocks).DueAt);
        Assert.Single(await store.DueAsync(viewer, Now + Duration.FromHours(48), 1, default));
        var waiting = Assert.Single(await store.PausedAsync(viewer, 10, default));
        Assert.Equal((paused.State.Id, Duration.FromHours(6)), (waiting.Id, Assert.Single(waiting.Clocks).Left));
        var done = Assert.Single(await store.SolvedAsync(viewer, Now - Duration.FromDays(1), 10, default));
        Assert.Equal(("OPEN", Agent), (done.Desk, done.By));
        Assert.Empty(await store.SolvedAsync(viewer, Now + Duration.FromDays(1), 10, default));

        // Who asked for it sees the ticket, and is none of those whose work is reckoned.
        foreach (var stranger in new[] { Viewer(7), Viewer(2, "ELSE") })
        {
            Assert.Empty(await store.DueAsync(stranger, Now + Duration.FromDays(9), 10, default));
            Assert.Empty(await store.PausedAsync(stranger, 10, default));
            Assert.Empty(await store.SolvedAsync(stranger, Now - Duration.FromDays(1), 10, default));
        }
    }

    private static async Task<TestTicket> WithAsync(ITicketStore store, string desk, SlaClock clock)
    {
        var ticket = await TestTicket.OpenAsync(store, desk);
        ticket.Clocks = [clock];
        Assert.Equal(CommitStatus.Committed, (await ticket.SendAsync(store, ticket.Note("with a clock"))).Status);
        return ticket;
    }

    private static SlaClock Clock(ClockStatus status, int? hours) =>
        new()
        {
            Policy = new DocumentVersion("standard", 1),
            Metric = "time-to-resolution",
            Cycle = 1,
            Goal = 0,
            Target = Duration.FromHours(8),
            Calendar = new DocumentVersion("24x7", 1),
            Status = status,
            Verdict = hours < 0 ? ClockVerdict.Breached : ClockVerdict.Open,
            StartedAt = Now,
            Since = Now,
            Elapsed = Duration.FromHours(2),
            DueAt = hours is { } left ? Now + Duration.FromHours(left) : null,
            Marks = [],
        };

    private static Viewer Viewer(long id, params string[] desks)
    {
        var person = new Person(new PersonId(id), $"P{id}", "", "agent", "ko", "Asia/Seoul", [], [], true);
        return new Viewer(person, [], desks.ToValueList(), [], [], []);
    }
}
