using NodaTime;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Notifications;

/// <summary>A notification with the key of its ticket.</summary>
public sealed record BellLine(StoredNotification Notification, string? Key, string? Summary);

/// <summary>What a person was told: what the person may not know any longer is not shown, and counts as read from then on.</summary>
public sealed class Bell(INotificationStore store, ITicketGrains grains)
{
    /// <summary>More than these are not counted.</summary>
    public const int MostCounted = 100;

    /// <summary>How many are unread.</summary>
    public Task<int> CountAsync(Viewer viewer, CancellationToken cancellation) =>
        store.CountUnreadAsync(viewer.Person.Id, MostCounted, cancellation);

    /// <summary>A page of what a person was told, newest first.</summary>
    /// <returns>The lines, and where the next page begins; null on the last.</returns>
    public async Task<(IReadOnlyList<BellLine> Lines, long? Next)> ReadAsync(
        Viewer viewer,
        bool unreadOnly,
        int limit,
        long? before,
        CancellationToken cancellation
    )
    {
        var found = await store.ListAsync(viewer.Person.Id, unreadOnly, limit + 1, before, cancellation);
        var lines = new List<BellLine>();
        foreach (var one in found.Take(limit))
        {
            var ticket = one.Ticket is { } id ? (await grains.GetAsync(id, cancellation))?.State : null;
            var isThere = one.Ticket is null || ticket is not null;
            if (isThere && PeopleNotifications.MayKnow(viewer, ticket, one.Visibility, one.Key))
            {
                lines.Add(new BellLine(one, ticket?.Key.ToString(), ticket?.Summary));
            }
            else if (!one.IsRead)
            {
                await store.MarkAsync(viewer.Person.Id, one.Id, isRead: true, cancellation);
            }
        }

        return (lines, found.Count > limit ? found[limit - 1].Id : null);
    }
}

/// <summary>Forgets what people were told long ago.</summary>
public sealed class ForgetNotifications(INotificationStore store, IClock clock) : IUpkeepTask
{
    /// <summary>How long it is kept.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public string Name => "notifications";

    public Task<int> RunAsync(CancellationToken cancellation) =>
        store.ForgetAsync(clock.GetCurrentInstant() - Kept, cancellation);
}
