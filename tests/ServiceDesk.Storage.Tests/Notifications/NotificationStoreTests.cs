using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;
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

    private static NewNotification Told(PersonId person, string key) =>
        new(person, key, "Contract HB-1 ends", null, Visibility.Public, Instant.FromUtc(2026, 3, 2, 9, 0));
}
