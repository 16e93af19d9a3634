using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Automation;

public sealed class AssignmentStoreTests
{
    private static readonly PersonId[] People = [new(11), new(12), new(13), new(14)];
    private static long nextPosition = 1_000_000;
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Two_nodes_at_once_share_the_work_evenly_and_each_event_is_decided_once(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var other = database.Node();
        var here = database.Get<IAssignmentStore>();
        var there = other.GetRequiredService<IAssignmentStore>();

        // Every event comes to both.
        var decided = await Task.WhenAll(
            Enumerable
                .Range(1, 20)
                .SelectMany(number => new[] { here, there }.Select(store => (store, number)))
                .Select(one => Task.Run(() => LeastAsync(one.store, one.number)))
        );

        var byPerson = decided.Select(one => one.Decided.Assignee!.Value).CountBy(person => person).ToList();
        Assert.Equal([10, 10, 10, 10], byPerson.Select(one => one.Value));
        Assert.All(decided, one => Assert.Equal((1, false), (one.Attempt, one.IsDone)));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_tickets_show_counts_and_what_was_decided_counts_until_they_show_it(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IAssignmentStore>();
        var tickets = database.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(tickets);
        await tickets.CommitAsync(ticket.Next(new TicketAssigned(People[0], null)), default);

        Assert.Equal(1, await CountAsync(store, People[0]));
        await store.DecideAsync(Question(ticket.State.Id, 5), _ => Decided(People[0]), default);
        Assert.Equal(1, await CountAsync(store, People[0]));
        await store.DecideAsync(Question(new TicketId(900), 6), _ => Decided(People[0]), default);
        Assert.Equal(2, await CountAsync(store, People[0]));
        await store.DoneAsync(new TicketId(900), 6, null, default);
        Assert.Equal(1, await CountAsync(store, People[0]));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task The_turn_is_each_policys_own_and_nobody_does_not_take_it(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IAssignmentStore>();
        var lasts = new List<PersonId?>();
        async Task DecideAsync(string policy, long position, PersonId? person) =>
            await store.DecideAsync(
                Question(new TicketId(position), position) with
                {
                    Policy = policy,
                },
                counts =>
                {
                    lasts.Add(counts.Last);
                    return Decided(person);
                },
                default
            );

        await DecideAsync("a", 1, People[1]);
        await DecideAsync("b", 2, People[2]);
        await DecideAsync("a", 3, null);
        await DecideAsync("a", 4, People[3]);
        await DecideAsync("b", 5, People[0]);

        Assert.Equal([null, null, People[1], People[1], People[2]], lasts);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Nobody_is_decided_again_when_the_time_has_come_and_somebody_never(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IAssignmentStore>();
        var ticket = new TicketId(1);
        await store.DecideAsync(Question(ticket, 1), _ => Decided(null), default);
        await store.DoneAsync(ticket, 1, Now + Duration.FromHours(1), default);

        Assert.Empty(await store.DueAsync(Now, 10, default));
        var early = await store.DecideAsync(Question(ticket, 1), _ => Decided(People[0]), default);
        Assert.Equal((null, 1, true), (early.Decided.Assignee, early.Attempt, early.IsDone));
        var later = Question(ticket, 1) with { At = Now + Duration.FromHours(2) };
        Assert.Equal([(ticket, 1L)], await store.DueAsync(later.At, 10, default));

        var again = await store.DecideAsync(later, _ => Decided(People[0]), default);

        Assert.Equal((People[0], 2, false), (again.Decided.Assignee, again.Attempt, again.IsDone));
        Assert.Empty(await store.DueAsync(later.At, 10, default));
        Assert.Equal(again, await store.DecideAsync(later, _ => Decided(People[1]), default));
        await store.WithdrawAsync(ticket, 1, default);
        var anew = await store.DecideAsync(later, _ => Decided(People[1]), default);
        Assert.Equal((People[1], 1), (anew.Decided.Assignee, anew.Attempt));
        Assert.Equal(0, await store.ForgetAsync(later.At + Duration.FromDays(1), default));
        await store.DoneAsync(ticket, 1, null, default);
        Assert.Equal(1, await store.ForgetAsync(later.At + Duration.FromDays(1), default));
    }

    private static Task<AssignmentDecision> LeastAsync(IAssignmentStore store, int number) =>
        store.DecideAsync(
            Question(new TicketId(number), number),
            counts => Decided(People.MinBy(person => (counts.Open.GetValueOrDefault(person), person.Value))),
            default
        );

    private static async Task<int> CountAsync(IAssignmentStore store, PersonId person)
    {
        // A question of its own each time, of a person who counts for nobody.
        var count = 0;
        var position = Interlocked.Increment(ref nextPosition);
        await store.DecideAsync(
            Question(new TicketId(position), position),
            counts =>
            {
                count = counts.Open.GetValueOrDefault(person);
                return Decided(null);
            },
            default
        );
        return count;
    }

    private static AssignmentQuestion Question(TicketId ticket, long position) =>
        new(ticket, position, "desk", People, Now);

    private static AssignmentDecided Decided(PersonId? person) =>
        new(
            "desk",
            new TeamId(1),
            person,
            AssignmentMethod.LeastWork,
            0,
            4,
            ["네트워크"],
            null,
            [new PassedOver(new PersonId(9), PassedOverWhy.Absent, new LocalDate(2026, 3, 6), Now)]
        );
}
