using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Notifications;

/// <summary>
/// Tells people in the product, each in the own language, and only what the person may know. Who has quiet hours is told when
/// the own working time begins again, except of what is urgent.
/// </summary>
public sealed class PeopleNotifications(
    INotificationStore store,
    ITicketGrains grains,
    IViewers viewers,
    Rosters rosters,
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
        var (made, held) = (new List<NewNotification>(), new List<(NewNotification, Instant)>());
        foreach (var person in to.Distinct())
        {
            if (
                await viewers.OfAsync(person, cancellation) is { } viewer
                && MayKnow(viewer, ticket?.State, notification.Visibility, notification.Key)
            )
            {
                var text = OneLine(notification.Text.In(viewer.Person.Language));
                var one = new NewNotification(
                    person,
                    notification.Key,
                    text,
                    notification.Ticket,
                    notification.Visibility,
                    now
                );
                if (!notification.IsUrgent && await QuietUntilAsync(viewer.Person, now, cancellation) is { } until)
                {
                    held.Add((one, until));
                }
                else
                {
                    made.Add(one);
                }
            }
        }

        if (held.Count > 0)
        {
            await store.HoldAsync(held, cancellation);
        }

        feed.Tell(await store.AddAsync(made, cancellation));
        return made.Count + held.Count;
    }

    // Null when the person may be told now, and when nobody can say when there will be working time again.
    private async Task<Instant?> QuietUntilAsync(Person person, Instant now, CancellationToken cancellation) =>
        person.QuietHours ? (await rosters.StatusAsync(person.Id, now, null, cancellation)).Again : null;

    /// <summary>
    /// Whether a person may know of something about a ticket: an internal thing only who works on its desk, or in general as an
    /// agent; a public one who reads the ticket, and of an approval also who is only asked.
    /// </summary>
    /// <param name="key">The notification's.</param>
    public static bool MayKnow(Viewer viewer, TicketState? ticket, Visibility visibility, string key) =>
        (ticket, visibility) switch
        {
            (null, Visibility.Internal) => viewer.May(Permissions.WorkTickets),
            (null, _) => true,
            (_, Visibility.Internal) => viewer.WorksOn(ticket.Desk),
            _ when ApprovalNotices.IsKey(key) => TicketAccess.MaySee(viewer, ticket),
            _ => TicketAccess.MayRead(viewer, ticket),
        };

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, LongestText - 1), "…");
    }
}
