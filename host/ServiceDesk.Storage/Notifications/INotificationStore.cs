using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Notifications;

/// <summary>What people are told, each person's own.</summary>
public interface INotificationStore
{
    /// <summary>Puts notifications at people's bells; one whose key a person has already is left out.</summary>
    /// <returns>The people who had it not yet.</returns>
    Task<IReadOnlyList<PersonId>> AddAsync(
        IReadOnlyCollection<NewNotification> notifications,
        CancellationToken cancellation
    );

    /// <summary>Keeps notifications until each one's instant; one whose key a person has already, at the bell or kept, is left out.</summary>
    Task HoldAsync(
        IReadOnlyCollection<(NewNotification Notification, Instant Until)> notifications,
        CancellationToken cancellation
    );

    /// <summary>What was kept for people until an instant, and all of whoever has no quiet hours any longer; the oldest first.</summary>
    Task<IReadOnlyList<HeldNotification>> DueAsync(Instant now, int atMost, CancellationToken cancellation);

    /// <summary>Puts at people's bells what was kept for them: each once, on whichever node.</summary>
    /// <param name="held">The numbers of what was kept.</param>
    /// <returns>The people who were told.</returns>
    Task<IReadOnlyList<PersonId>> ReleaseAsync(
        IReadOnlyCollection<long> held,
        Instant now,
        CancellationToken cancellation
    );

    /// <summary>Forgets what was kept and is no longer worth telling.</summary>
    /// <param name="held">The numbers of what was kept.</param>
    Task DropAsync(IReadOnlyCollection<long> held, CancellationToken cancellation);

    /// <summary>A person's notifications, newest first.</summary>
    /// <param name="before">Only those with a smaller id; null begins at the newest.</param>
    Task<IReadOnlyList<StoredNotification>> ListAsync(
        PersonId person,
        bool unreadOnly,
        int limit,
        long? before,
        CancellationToken cancellation
    );

    /// <summary>How many a person has not read, counted up to a limit.</summary>
    Task<int> CountUnreadAsync(PersonId person, int atMost, CancellationToken cancellation);

    /// <summary>Says that a person has read one, or not; null for all that there are.</summary>
    /// <returns>How many it changed.</returns>
    Task<int> MarkAsync(PersonId person, long? id, bool isRead, CancellationToken cancellation);

    /// <summary>Whether a person was told this one.</summary>
    Task<bool> HasAsync(PersonId person, long id, CancellationToken cancellation);

    /// <summary>The number of the newest; 0 when nobody was told anything.</summary>
    Task<long> NewestAsync(CancellationToken cancellation);

    /// <summary>Who was told since a number, by number; at most 1,000.</summary>
    Task<IReadOnlyList<(long Id, PersonId Person)>> SinceAsync(long after, CancellationToken cancellation);

    /// <summary>Forgets what was told before an instant.</summary>
    Task<int> ForgetAsync(Instant before, CancellationToken cancellation);
}

/// <summary>A notification for one person, in the person's language.</summary>
public sealed record NewNotification(
    PersonId Person,
    string Key,
    string Text,
    TicketId? Ticket,
    Visibility Visibility,
    Instant At
);

/// <summary>A notification that is kept for a person's working time.</summary>
/// <param name="Id">Its number among what is kept.</param>
/// <param name="Key">Its key, as of notifications.</param>
/// <param name="Ticket">The ticket that it is about.</param>
public sealed record HeldNotification(long Id, string Key, TicketId? Ticket);

/// <summary>A notification as it stands at a person's bell.</summary>
public sealed record StoredNotification(
    long Id,
    string Key,
    string Text,
    TicketId? Ticket,
    Visibility Visibility,
    Instant At,
    bool IsRead
);
