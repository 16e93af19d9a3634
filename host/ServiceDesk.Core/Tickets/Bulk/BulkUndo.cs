using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets.Bulk;

/// <summary>What takes a bulk edit back from one ticket.</summary>
/// <param name="Command">What is sent; null when there is nothing left to take back.</param>
/// <param name="Version">The version of the ticket that it was planned on.</param>
/// <param name="Left">What somebody has changed since, and stays: <c>priority</c>, <c>assignee</c>, <c>team</c>, <c>status</c>, <c>labels</c>, <c>participants</c>, <c>watchers</c> or <c>field:ID</c>.</param>
public sealed record BulkReturn(ChangeTicket? Command, long Version, ValueList<string> Left);

/// <summary>
/// Takes back what one command did to a ticket, read from the ticket's own log: each value goes back to what it was before, unless
/// somebody has changed it since. What was said stays said. Pure.
/// </summary>
public static class BulkUndo
{
    /// <summary>The id under which the way back of the status stands in the record.</summary>
    public const string Transition = "undo";

    /// <summary>Plans it.</summary>
    /// <param name="log">All events of the ticket, in order.</param>
    /// <param name="from">The version of the first event of the edit's commit.</param>
    /// <param name="to">That of its last one.</param>
    /// <param name="actor">Whose events of the commit are the edit's; timers that were due beside it are not.</param>
    /// <param name="extensions">What plugins add.</param>
    public static BulkReturn Plan(
        IEnumerable<RecordedEvent> log,
        long from,
        long to,
        Actor actor,
        TicketExtensions extensions
    )
    {
        TicketState? ticket = null;
        var edited = new Dictionary<Trait, (object? Before, object? After)>();
        var touched = new HashSet<Trait>();
        foreach (var recorded in log)
        {
            var next = Ticket.Evolve(ticket, recorded, extensions);
            if (ticket is not null && next is not null && recorded.Version >= from)
            {
                var isEdit = recorded.Version <= to && recorded.Actor == actor;
                foreach (var (trait, before, after) in Differences(ticket, next))
                {
                    if (isEdit)
                    {
                        edited[trait] = (edited.TryGetValue(trait, out var known) ? known.Before : before, after);
                    }
                    else
                    {
                        touched.Add(trait);
                    }
                }
            }

            ticket = next;
        }

        if (ticket is null)
        {
            return new BulkReturn(null, 0, []);
        }

        var changed = edited.Where(one => !Equals(one.Value.Before, one.Value.After)).ToList();
        var back = changed.Where(one => !touched.Contains(one.Key)).ToDictionary(one => one.Key, one => one.Value);
        var parts = Parts(ticket, back).ToValueList();
        return new BulkReturn(
            parts.Count > 0 ? new ChangeTicket(parts) : null,
            ticket.Version,
            changed.Select(one => one.Key).Where(touched.Contains).Select(trait => trait.Name).Distinct().ToValueList()
        );
    }

    // The other way round than it was done: a status that locks fields is left before they go back.
    private static IEnumerable<TicketCommand> Parts(
        TicketState ticket,
        Dictionary<Trait, (object? Before, object? After)> back
    )
    {
        if (back.TryGetValue(Trait.Status, out var status))
        {
            var (id, resolution) = ((string, string?))status.Before!;
            yield return new PutBackStatus(ticket.Status, id, resolution);
        }

        foreach (var (trait, _) in back.Where(one => one.Key.Kind == TraitKind.Watcher))
        {
            yield return new WatchTicket((PersonId)trait.Part!, back[trait].Before is not null);
        }

        var joined = People(back, wasThere: false);
        if (joined.Count > 0)
        {
            yield return new RemoveParticipants(joined);
        }

        var dismissed = People(back, wasThere: true);
        if (dismissed.Count > 0)
        {
            yield return new AddParticipants(dismissed);
        }

        var (assignee, team) = (back.GetValueOrDefault(Trait.Assignee), back.GetValueOrDefault(Trait.Team));
        if (back.ContainsKey(Trait.Assignee) || back.ContainsKey(Trait.Team))
        {
            yield return new AssignTicket(
                back.ContainsKey(Trait.Assignee) ? (PersonId?)assignee.Before : ticket.Assignee,
                back.ContainsKey(Trait.Team) ? (TeamId?)team.Before : ticket.Team
            );
        }

        if (back.TryGetValue(Trait.Priority, out var priority))
        {
            yield return new SetPriority((Priority)priority.Before!);
        }

        var fields = ValueMap<FieldValue?>.From(
            back.Where(one => one.Key.Kind == TraitKind.Field)
                .Select(one => KeyValuePair.Create((string)one.Key.Part!, (FieldValue?)one.Value.Before))
        );
        var labels = back.Where(one => one.Key.Kind == TraitKind.Label).ToList();
        if (fields.Count > 0 || labels.Count > 0)
        {
            yield return new EditTicket(
                Fields: fields.Count > 0 ? fields : null,
                Labels: labels.Count > 0 ? Labels(ticket, labels) : null
            );
        }
    }

    private static ValueList<string> Labels(
        TicketState ticket,
        IReadOnlyCollection<KeyValuePair<Trait, (object? Before, object? After)>> back
    ) =>
        ticket
            .Labels.Except(back.Where(one => one.Value.Before is null).Select(one => (string)one.Key.Part!))
            .Union(back.Where(one => one.Value.Before is not null).Select(one => (string)one.Key.Part!))
            .ToValueList();

    private static ValueList<PersonId> People(Dictionary<Trait, (object? Before, object? After)> back, bool wasThere) =>
        back.Where(one => one.Key.Kind == TraitKind.Participant && one.Value.Before is not null == wasThere)
            .Select(one => (PersonId)one.Key.Part!)
            .ToValueList();

    private static IEnumerable<(Trait Trait, object? Before, object? After)> Differences(
        TicketState before,
        TicketState after
    )
    {
        var (old, now) = (Traits(before), Traits(after));
        return old
            .Keys.Union(now.Keys)
            .Select(trait => (trait, old.GetValueOrDefault(trait), now.GetValueOrDefault(trait)))
            .Where(one => !Equals(one.Item2, one.Item3));
    }

    private static Dictionary<Trait, object?> Traits(TicketState ticket)
    {
        var traits = new Dictionary<Trait, object?>
        {
            [Trait.Status] = (ticket.Status, ticket.Resolution),
            [Trait.Priority] = ticket.Priority,
            [Trait.Assignee] = ticket.Assignee,
            [Trait.Team] = ticket.Team,
        };
        foreach (var (id, value) in ticket.Fields)
        {
            traits[new Trait(TraitKind.Field, id)] = value;
        }

        foreach (var label in ticket.Labels)
        {
            traits[new Trait(TraitKind.Label, label)] = label;
        }

        foreach (var person in ticket.Participants)
        {
            traits[new Trait(TraitKind.Participant, person)] = person;
        }

        foreach (var person in ticket.Watchers)
        {
            traits[new Trait(TraitKind.Watcher, person)] = person;
        }

        return traits;
    }

    private enum TraitKind
    {
        Status,
        Priority,
        Assignee,
        Team,
        Field,
        Label,
        Participant,
        Watcher,
    }

    // Something of a ticket that an edit can change and somebody else can change apart from it.
    private sealed record Trait(TraitKind Kind, object? Part = null)
    {
        public static Trait Status { get; } = new(TraitKind.Status);
        public static Trait Priority { get; } = new(TraitKind.Priority);
        public static Trait Assignee { get; } = new(TraitKind.Assignee);
        public static Trait Team { get; } = new(TraitKind.Team);

        public string Name =>
            Kind switch
            {
                TraitKind.Status => "status",
                TraitKind.Priority => "priority",
                TraitKind.Assignee => "assignee",
                TraitKind.Team => "team",
                TraitKind.Field => $"field:{Part}",
                TraitKind.Label => "labels",
                TraitKind.Participant => "participants",
                _ => "watchers",
            };
    }
}
