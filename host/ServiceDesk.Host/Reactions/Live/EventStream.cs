using System.Globalization;
using System.Threading.Channels;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Live;

/// <summary>
/// One browser's stream of server-sent events: <c>ticket:KEY</c> when a ticket changed, and <c>list</c> when something in
/// a list may have. They say that there is something to fetch, never what, and only of tickets that the person may see at
/// that moment. It begins where the page was drawn, so that nothing falls between; <c>refresh</c> says that too much happened.
/// The page of a ticket is told by <c>presence:KEY</c> that other agents came to it or went.
/// </summary>
public sealed class EventStream(
    TicketFeed feed,
    NotificationFeed notifications,
    Presence presence,
    IViewers viewers,
    TimeProvider time
)
{
    /// <summary>How often a line is sent when nothing happens, so that no proxy takes the connection for dead.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // Changes of a burst reach a list as one.
    private static readonly TimeSpan BetweenLists = TimeSpan.FromSeconds(1);

    /// <summary>How many events of the log are told one by one to a page that comes late.</summary>
    public const int MostMissed = 500;

    private const int MostWaiting = 500;

    /// <summary>Writes events until the reader goes, the person may no longer see anything, or the server stops.</summary>
    /// <param name="since">The position in the log at which the page was drawn, or up to which it was told; null is now.</param>
    /// <param name="at">The ticket of whose visitors the page is told; null for none.</param>
    public async Task WriteAsync(
        PersonId person,
        long? since,
        TicketState? at,
        Stream body,
        CancellationToken cancellation
    )
    {
        // Who comes later learns at once who is there.
        var (isTooMuch, isVisited, isBelled) = (false, at is not null, false);
        var changes = System.Threading.Channels.Channel.CreateBounded<TicketChange?>(
            new BoundedChannelOptions(MostWaiting)
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
            },
            _ => Volatile.Write(ref isTooMuch, true)
        );
        using var listening = feed.Listen(change => changes.Writer.TryWrite(change));
        // Null only wakes: a notification, something in the person's own lists is new, or a visitor.
        using var belling = notifications.Listen(people =>
        {
            if (people.Contains(person))
            {
                Volatile.Write(ref isBelled, true);
                changes.Writer.TryWrite(null);
            }
        });
        using var visits = presence.Listen(ticket =>
        {
            if (ticket == at?.Id)
            {
                Volatile.Write(ref isVisited, true);
                changes.Writer.TryWrite(null);
            }
        });
        await using var writer = new StreamWriter(body, leaveOpen: true) { NewLine = "\n" };
        await writer.WriteAsync("retry: 3000\n: welcome\n\n");
        await writer.FlushAsync(cancellation);
        // Listening began before, so that what is told twice is at worst fetched twice.
        var missed = since is { } from ? await feed.SinceAsync(from, MostMissed, cancellation) : [];
        isTooMuch |= missed is null;
        foreach (var change in missed ?? [])
        {
            changes.Writer.TryWrite(change);
        }

        if (isVisited)
        {
            changes.Writer.TryWrite(null);
        }

        while (!cancellation.IsCancellationRequested)
        {
            if (!Volatile.Read(ref isTooMuch) && !await WaitAsync(changes.Reader, Heartbeat, cancellation))
            {
                await writer.WriteAsync(": still here\n\n");
            }
            else if (await viewers.OfAsync(person, cancellation) is not { } viewer)
            {
                return;
            }
            else
            {
                var tooMuch = Interlocked.Exchange(ref isTooMuch, false);
                if (Interlocked.Exchange(ref isVisited, false) && at is not null && viewer.WorksOn(at.Desk))
                {
                    await SendAsync(writer, $"presence:{at.Key}", "");
                    await writer.FlushAsync(cancellation);
                }

                var drained = Drain(changes.Reader).ToList();
                var seen = drained
                    .OfType<TicketChange>()
                    .Where(change => change.ConcernsWhatMaySee(viewer))
                    .OrderBy(change => change.Position)
                    .ToList();
                if (seen.Count == 0 && !Interlocked.Exchange(ref isBelled, false) && !tooMuch)
                {
                    continue;
                }

                await (tooMuch ? SendAsync(writer, "refresh", "", feed.Position) : WriteAsync(writer, seen));
                await writer.FlushAsync(cancellation);
                await Task.Delay(BetweenLists, time, cancellation);
            }

            await writer.FlushAsync(cancellation);
        }
    }

    private static async Task WriteAsync(StreamWriter writer, List<TicketChange> changes)
    {
        foreach (var ticket in changes.Select(change => change.Ticket).DistinctBy(ticket => ticket.Id))
        {
            await SendAsync(writer, $"ticket:{ticket.Key}", ticket.Key.ToString());
        }

        var desks = changes
            .Select(change => change.Ticket.Desk)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        long? position = changes.Count > 0 ? changes.Max(change => change.Position) : null;
        await SendAsync(writer, "list", string.Join(' ', desks), position);
    }

    // A browser that comes back names the last position that it was told.
    private static Task SendAsync(StreamWriter writer, string name, string data, long? position = null)
    {
        var id = position is null ? "" : string.Create(CultureInfo.InvariantCulture, $"id: {position}\n");
        return writer.WriteAsync($"event: {name}\ndata: {data}\n{id}\n");
    }

    private static IEnumerable<TicketChange?> Drain(ChannelReader<TicketChange?> reader)
    {
        while (reader.TryRead(out var change))
        {
            yield return change;
        }
    }

    private async Task<bool> WaitAsync(
        ChannelReader<TicketChange?> reader,
        TimeSpan atMost,
        CancellationToken cancellation
    )
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await reader.WaitToReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
