using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Notifications;

public sealed class NotificationStoreTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly PersonId Kim = new(1);
    private static readonly PersonId Lee = new(2);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Many_who_tell_the_same_at_once_tell_each_person_once(DatabaseProvider provider)
    {
        var store = (await databases.GetAsync(provider)).Get<INotificationStore>();
        var ready = new TaskCompletionSource();
        var telling = Enumerable
            .Range(0, 24)
            .Select(async turn =>
            {
                await ready.Task;
                return await store.AddAsync(
                    turn % 2 == 0 ? [Told(Kim, "same"), Told(Lee, "same")] : [Told(Lee, "same"), Told(Kim, "same")],
                    default
                );
            })
            .ToList();
        ready.SetResult();
        var told = (await Task.WhenAll(telling)).SelectMany(people => people).OrderBy(person => person.Value).ToList();

        Assert.Equal([Kim, Lee], told);
        Assert.Single(await store.ListAsync(Kim, false, 10, null, default));
        Assert.Single(await store.ListAsync(Lee, false, 10, null, default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_is_held_is_told_once_when_its_time_comes_also_by_two_nodes_at_once(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<INotificationStore>();
        var people = database.Get<IPeopleStore>();
        var quiet = await people.CreateAsync(new NewPerson("Quiet", "quiet@example.com", "agent"));
        await people.UpdateAsync(quiet.Id, new PersonChange { QuietHours = true });
        var until = Instant.FromUtc(2026, 3, 3, 0, 0);
        await store.AddAsync([Told(quiet.Id, "known")], default);
        await store.HoldAsync(
            [(Told(quiet.Id, "known"), until), (Told(quiet.Id, "one"), until), (Told(quiet.Id, "late"), until + Day)],
            default
        );
        await store.HoldAsync([(Told(quiet.Id, "one"), until)], default);

        Assert.Empty(await store.DueAsync(until - Duration.Epsilon * 100, 10, default));
        Assert.Empty(await store.AddAsync([Told(quiet.Id, "one")], default));
        // Services of another node, as after a restart.
        var other = database.Node().GetRequiredService<INotificationStore>();
        var told = await Task.WhenAll(ReleaseAsync(store, until), ReleaseAsync(other, until));

        Assert.Equal([quiet.Id], told.SelectMany(one => one));
        var all = await store.ListAsync(quiet.Id, false, 10, null, default);
        Assert.Equal(2, all.Count);
        Assert.Equal(until, all[0].At);

        await people.UpdateAsync(quiet.Id, new PersonChange { QuietHours = false });
        Assert.Equal([quiet.Id], await ReleaseAsync(store, until));
        Assert.Empty(await ReleaseAsync(store, until + Day));

        // What is no longer worth telling is forgotten.
        await people.UpdateAsync(quiet.Id, new PersonChange { QuietHours = true });
        await store.HoldAsync([(Told(quiet.Id, "past"), until)], default);
        var past = Assert.Single(await store.DueAsync(until, 10, default));
        Assert.Equal(("past", null), (past.Key, past.Ticket));
        await store.DropAsync([past.Id], default);
        Assert.Empty(await store.DueAsync(until, 10, default));
        Assert.Equal(3, (await store.ListAsync(quiet.Id, false, 10, null, default)).Count);
    }

    private static async Task<IReadOnlyList<PersonId>> ReleaseAsync(INotificationStore store, Instant now)
    {
        var due = await store.DueAsync(now, 10, default);
        return await store.ReleaseAsync([.. due.Select(one => one.Id)], now, default);
    }

    private static readonly Duration Day = Duration.FromDays(1);

    private static NewNotification Told(PersonId person, string key) =>
        new(person, key, "Contract HB-1 ends", null, Visibility.Public, Instant.FromUtc(2026, 3, 2, 9, 0));
}
