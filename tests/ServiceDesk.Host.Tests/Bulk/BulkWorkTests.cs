using System.Security.Cryptography;
using NodaTime;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Bulk;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Bulk;

/// <summary>A bulk edit goes on where its server stopped, and does nothing twice.</summary>
public class BulkWorkTests
{
    private static readonly BulkChanges Changes = new() { Comment = "Once.", Priority = Priority.Critical };

    [Theory, OnBothDatabases]
    public async Task What_was_done_and_not_kept_is_done_no_second_time(DatabaseProvider provider)
    {
        await using var host = await HostUnderTest.CreateAsync(provider);
        var (id, tickets) = await BegunAsync(host, 7);
        await HalfDoneAsync(host, id);

        await using var other = await host.AnotherNodeAsync("node-2");
        ((TestConfiguration)other.Get<ICurrentConfiguration>()).Snapshot = TestConfiguration.WithAgents();
        await other.Get<BulkJob>().RoundAsync(default);
        Assert.Equal(BulkState.Running, (await StateAsync(host, id)).State);

        host.Time.Advance(BulkWork.Silence + Duration.FromSeconds(1));
        await other.Get<BulkJob>().RoundAsync(default);
        await AssertDoneAsync(other, id, tickets);
    }

    [Theory, OnBothDatabases]
    public async Task An_undo_goes_on_too_and_does_not_take_its_own_work_for_somebody_elses(DatabaseProvider provider)
    {
        await using var host = await HostUnderTest.CreateAsync(provider);
        var (id, tickets) = await BegunAsync(host, 5);
        var runs = host.Get<IBulkRuns>();
        await host.Get<BulkWork>().RunAsync(id, default);
        var me = (await StateAsync(host, id)).By;
        var undo = (await runs.UndoAsync(id, me, host.Time.Wall))!.Value;

        var (run, edit) = (await StateAsync(host, undo), await StateAsync(host, id));
        var viewer = (await host.Get<IViewers>().OfAsync(me))!;
        var first = (await runs.WaitingAsync(undo, preview: false, 1)).Single();
        var edited = await runs.FindTicketsAsync(id, [first.Ticket]);
        await host.Get<BulkTurns>().UndoAsync(viewer, run, edit, edited[first.Ticket], first, default);

        await host.Get<BulkWork>().RunAsync(undo, default);
        var counts = await runs.CountAsync(undo, preview: false);
        Assert.Equal(tickets.Count, counts[BulkOutcome.Changes]);
        foreach (var ticket in tickets)
        {
            Assert.Equal(Priority.Medium, (await host.Grains.GetAsync(ticket))!.State.Priority);
            Assert.Equal(2, (await host.EventsAsync(ticket)).Count(one => one.Event is PriorityChanged));
        }
    }

    [Theory, OnBothDatabases]
    public async Task One_that_was_ended_knows_what_its_stopped_server_had_done(DatabaseProvider provider)
    {
        await using var host = await HostUnderTest.CreateAsync(provider);
        var (id, _) = await BegunAsync(host, 5);
        await HalfDoneAsync(host, id);
        var runs = host.Get<IBulkRuns>();
        Assert.True(await runs.CancelAsync(id, host.Time.Wall));

        host.Time.Advance(BulkWork.Silence + Duration.FromSeconds(1));
        await host.Get<BulkJob>().RoundAsync(default);
        Assert.Equal(BulkState.Cancelled, (await StateAsync(host, id)).State);
        var counts = await runs.CountAsync(id, preview: false);
        Assert.Equal((3, 2), (counts[BulkOutcome.Changes], counts[BulkOutcome.Waiting]));
        Assert.NotNull(await runs.UndoAsync(id, (await StateAsync(host, id)).By, host.Time.Wall));
    }

    [Fact]
    public async Task Whoever_may_no_longer_changes_nothing()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var (id, tickets) = await BegunAsync(host, 2);
        var me = (await StateAsync(host, id)).By;
        await host.Get<IPeopleStore>().UpdateAsync(me, new PersonChange { IsActive = false });

        await host.Get<BulkWork>().RunAsync(id, default);
        Assert.Equal(2, (await host.Get<IBulkRuns>().CountAsync(id, preview: false))[BulkOutcome.MayNot]);
        foreach (var ticket in tickets)
        {
            Assert.Single(await host.EventsAsync(ticket));
        }
    }

    private static async Task<(long Id, IReadOnlyList<TicketId> Tickets)> BegunAsync(HostUnderTest host, int count)
    {
        var agent = await AgentAsync(host);
        var tickets = new List<TicketId>();
        for (var number = 0; number < count; number++)
        {
            tickets.Add((await host.OpenAsync()).State.Id);
        }

        var runs = host.Get<IBulkRuns>();
        var id = await runs.AddAsync(agent.Id, null, tickets, host.Time.Wall);
        await runs.SayAsync(id, Changes, run: true, host.Time.Wall);
        return (id, tickets);
    }

    private static async Task<Person> AgentAsync(HostUnderTest host)
    {
        ((TestConfiguration)host.Get<ICurrentConfiguration>()).Snapshot = TestConfiguration.WithAgents();
        return await host.Get<IPeopleStore>()
            .CreateAsync(
                new NewPerson(
                    "Minsu Agent",
                    $"{RandomNumberGenerator.GetHexString(16, lowercase: true)}@example.test",
                    "agent"
                )
            );
    }

    // As a server leaves it that is killed after some commits, before it has kept what came of them.
    private static async Task HalfDoneAsync(HostUnderTest host, long id)
    {
        var runs = host.Get<IBulkRuns>();
        Assert.True(await runs.ClaimAsync(id, "killed", host.Time.Wall, host.Time.Wall - BulkWork.Silence));
        var run = await StateAsync(host, id);
        var viewer = (await host.Get<IViewers>().OfAsync(run.By))!;
        foreach (var ticket in await runs.WaitingAsync(id, preview: false, 3))
        {
            await host.Get<BulkTurns>().DoAsync(viewer, run, ticket, default);
        }
    }

    private static async Task AssertDoneAsync(HostUnderTest host, long id, IReadOnlyList<TicketId> tickets)
    {
        Assert.Equal(BulkState.Done, (await StateAsync(host, id)).State);
        foreach (var ticket in tickets)
        {
            Assert.Single(await host.EventsAsync(ticket), one => one.Event is InternalNoteAdded);
        }

        var lines = await host.Get<IBulkRuns>().TicketsAsync(id, preview: false, BulkOutcome.Changes, 0, 100);
        Assert.Equal(tickets, lines.Select(line => line.Ticket));
        Assert.All(lines, line => Assert.Equal((2L, 3L), (line.FromVersion, line.ToVersion)));
    }

    private static async Task<BulkRun> StateAsync(HostUnderTest host, long id) =>
        (await host.Get<IBulkRuns>().FindAsync(id))!;
}
