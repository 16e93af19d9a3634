using System.Collections.Immutable;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Notifications;

/// <summary>Says to open pages of this process that somebody was told something.</summary>
public sealed class NotificationFeed
{
    private ImmutableList<Action<IReadOnlyList<PersonId>>> listeners = [];

    /// <summary>Whether anybody listens.</summary>
    public bool IsHeard => !listeners.IsEmpty;

    /// <summary>Calls back with the people who were told; must be quick and not throw. Dispose to end.</summary>
    public IDisposable Listen(Action<IReadOnlyList<PersonId>> told)
    {
        ImmutableInterlocked.Update(ref listeners, list => list.Add(told));
        return new Listener(this, told);
    }

    /// <summary>These people were told something.</summary>
    public void Tell(IReadOnlyList<PersonId> people)
    {
        if (people.Count == 0)
        {
            return;
        }

        foreach (var listener in listeners)
        {
            listener(people);
        }
    }

    private sealed class Listener(NotificationFeed feed, Action<IReadOnlyList<PersonId>> told) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref feed.listeners, list => list.Remove(told));
    }
}
