using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets.Bulk;

/// <summary>What a value is set to; null empties it. Not having one of these leaves the value as it is.</summary>
public sealed record BulkTo<T>(T? To)
    where T : struct;

/// <summary>The same change for many tickets. What is left out stays as it is on each of them.</summary>
public sealed record BulkChanges
{
    /// <summary>The agent.</summary>
    public BulkTo<PersonId>? Assignee { get; init; }

    /// <summary>The team.</summary>
    public BulkTo<TeamId>? Team { get; init; }

    /// <summary>The priority.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Values of fields; null empties one.</summary>
    public ValueMap<FieldValue?> Fields { get; init; } = ValueMap<FieldValue?>.Empty;

    /// <summary>Labels to put on.</summary>
    public ValueList<string> AddLabels { get; init; } = [];

    /// <summary>Labels to take off.</summary>
    public ValueList<string> RemoveLabels { get; init; } = [];

    /// <summary>Customers who take part from then on.</summary>
    public ValueList<PersonId> Participants { get; init; } = [];

    /// <summary>People who watch from then on.</summary>
    public ValueList<PersonId> Watchers { get; init; } = [];

    /// <summary>What is written, Markdown; null for nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>Who may see what is written.</summary>
    public Visibility Visibility { get; init; } = Visibility.Internal;

    /// <summary>The id of the status, or of the transition; null leaves the status.</summary>
    public string? To { get; init; }

    /// <summary>The id of the resolution, beside <see cref="To"/>.</summary>
    public string? Resolution { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => this == new BulkChanges { Visibility = Visibility, Resolution = Resolution };

    /// <summary>
    /// The one command that does all of it to a ticket as it is: fields first, so that they are there when a transition asks for
    /// them, and the status last, since it may lock what came before.
    /// </summary>
    public ChangeTicket For(TicketState ticket) => new(Parts(ticket).ToValueList());

    private IEnumerable<TicketCommand> Parts(TicketState ticket)
    {
        if (Fields.Count > 0 || AddLabels.Count > 0 || RemoveLabels.Count > 0)
        {
            yield return new EditTicket(
                Fields: Fields.Count > 0 ? Fields : null,
                Labels: AddLabels.Count > 0 || RemoveLabels.Count > 0
                    ? ticket
                        .Labels.Except(TextRules.Normalized(RemoveLabels))
                        .Union(TextRules.Normalized(AddLabels))
                        .ToValueList()
                    : null
            );
        }

        if (Priority is { } priority)
        {
            yield return new SetPriority(priority);
        }

        if (Assignee is not null || Team is not null)
        {
            yield return new AssignTicket(
                Assignee is null ? ticket.Assignee : Assignee.To,
                Team is null ? ticket.Team : Team.To
            );
        }

        if (Participants.Count > 0)
        {
            yield return new AddParticipants(Participants);
        }

        foreach (var person in Watchers)
        {
            yield return new WatchTicket(person, Watch: true);
        }

        if (Comment is { } body)
        {
            yield return Visibility == Visibility.Public
                ? new AddPublicComment(body, [])
                : new AddInternalNote(body, []);
        }

        if (To is { } to)
        {
            yield return new TransitionTicket(to, Resolution, ValueMap<FieldValue?>.Empty);
        }
    }
}
