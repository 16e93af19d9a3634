using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Notifications;

/// <summary>Tells people in the product, each in the own language, and only what the person may know.</summary>
public sealed class PeopleNotifications(
    INotificationStore store,
    ITicketGrains grains,
    IViewers viewers,
    NotificationFeed feed,
    IClock clock
) : INotifications
{
    private const int LongestText = 500;
    private const int LongestKey = 200;

    /// <inheritdoc/>
    public async Task<int> SendAsync(
        Notification notification,
        IReadOnlyCollection<PersonId> to,
        CancellationToken cancellation = default
    )
    {
        if (notification.Key.Length is 0 or > LongestKey)
        {
            throw new ArgumentException("A key has 1 to 200 characters.", nameof(notification));
        }

        var ticket = notification.Ticket is { } id ? await grains.GetAsync(id, cancellation) : null;
        if (notification.Ticket is not null && ticket is null)
        {
            return 0;
        }

        var now = clock.GetCurrentInstant();
        var made = new List<NewNotification>();
        foreach (var person in to.Distinct())
        {
            if (
                await viewers.OfAsync(person, cancellation) is { } viewer
                && MayKnow(viewer, ticket?.State, notification.Visibility)
            )
            {
                var text = OneLine(notification.Text.In(viewer.Person.Language));
                made.Add(new(person, notification.Key, text, notification.Ticket, notification.Visibility, now));
            }
        }

        feed.Tell(await store.AddAsync(made, cancellation));
        return made.Count;
    }

    /// <summary>Whether a person may know of something about a ticket: an internal thing only who works on its desk, or in general as an agent.</summary>
    public static bool MayKnow(Viewer viewer, TicketState? ticket, Visibility visibility) =>
        (ticket, visibility) switch
        {
            (null, Visibility.Internal) => viewer.May(Permissions.WorkTickets),
            (null, _) => true,
            (_, Visibility.Internal) => viewer.WorksOn(ticket.Desk),
            _ => TicketAccess.MaySee(viewer, ticket),
        };

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, LongestText - 1), "…");
    }
}
