using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Live;

/// <summary>What somebody does at a ticket.</summary>
public enum PresenceState
{
    /// <summary>Looks at it.</summary>
    Views = 1,

    /// <summary>Writes on it.</summary>
    Writes = 2,

    /// <summary>Has it open and looks elsewhere; not shown.</summary>
    Away = 3,
}

/// <summary>Somebody at a ticket.</summary>
public sealed record PresentPerson(PersonId Person, bool Writes);

/// <summary>
/// Which agents have which tickets open, by the streams of events that their pages hold: a page that is gone is gone from here.
/// Lives in this process alone and is written nowhere. Pages that other nodes serve are not known here.
/// </summary>
public sealed class Presence(IClock clock)
{
    /// <summary>How long somebody is taken to write who says nothing more.</summary>
    public static readonly Duration WritingLasts = Duration.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Page> pages = new(StringComparer.Ordinal);
    private ImmutableList<Action<TicketId>> listeners = [];

    /// <summary>Calls back when somebody comes to a ticket, goes, or does something else; must be quick and not throw. Dispose to end.</summary>
    public IDisposable Listen(Action<TicketId> changed)
    {
        ImmutableInterlocked.Update(ref listeners, list => list.Add(changed));
        return new End(() => ImmutableInterlocked.Update(ref listeners, list => list.Remove(changed)));
    }

    /// <summary>A page of a ticket was opened. Dispose it when it is gone.</summary>
    /// <param name="window">A name that the page made up.</param>
    public IDisposable Enter(PersonId person, TicketId ticket, string window)
    {
        var key = $"{person}:{ticket}:{window}";
        var page = new Page(person, ticket, PresenceState.Views, clock.GetCurrentInstant(), new object());
        pages[key] = page;
        Tell(ticket);
        return new End(() =>
        {
            // The same page may have come back before its old stream ended.
            if (pages.TryGetValue(key, out var now) && now.Stream == page.Stream && pages.TryRemove(key, out _))
            {
                Tell(ticket);
            }
        });
    }

    /// <summary>What the person does on a page that is open.</summary>
    /// <returns>Whether the page is known.</returns>
    public bool Note(PersonId person, TicketId ticket, string window, PresenceState state)
    {
        var key = $"{person}:{ticket}:{window}";
        while (pages.TryGetValue(key, out var page))
        {
            var next = page with { State = state, At = clock.GetCurrentInstant() };
            if (pages.TryUpdate(key, next, page))
            {
                if (page.State != state)
                {
                    Tell(ticket);
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Who is at a ticket, without one person: writers first.</summary>
    public IReadOnlyList<PresentPerson> At(TicketId ticket, PersonId without)
    {
        var now = clock.GetCurrentInstant();
        return
        [
            .. pages
                .Values.Where(page => page.Ticket == ticket && page.Person != without)
                .Where(page => page.State != PresenceState.Away)
                .GroupBy(page => page.Person)
                .Select(group => new PresentPerson(
                    group.Key,
                    group.Any(page => page.State == PresenceState.Writes && now - page.At < WritingLasts)
                ))
                .OrderByDescending(one => one.Writes)
                .ThenBy(one => one.Person.Value),
        ];
    }

    private void Tell(TicketId ticket)
    {
        foreach (var listener in listeners)
        {
            listener(ticket);
        }
    }

    // The stream tells pages of the same name apart.
    private sealed record Page(PersonId Person, TicketId Ticket, PresenceState State, Instant At, object Stream);

    private sealed class End(Action act) : IDisposable
    {
        public void Dispose() => act();
    }
}
