using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Notifications;

/// <summary>
/// Tells people what happens on their tickets, as each likes it: who has a ticket that it was given and that a customer wrote, a team
/// that one came which nobody has, who watches that something happened, and customers that the desk wrote. Nobody is told of the
/// own act, nor twice of one event: of several reasons the first counts, and whom a comment mentions hears that.
/// </summary>
public sealed class TicketNotices(
    ITicketGrains grains,
    INotifications notifications,
    NoticeChoices choices,
    IPeople people,
    IViewers viewers,
    IEventLog log,
    ICurrentConfiguration configuration,
    NoticeWords words
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.ticket-notices";

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event is TicketOpened or TicketAssigned or PublicCommentAdded or InternalNoteAdded or StatusChanged
        && @event.Actor.Kind != ActorKind.Import
            ? TellAsync(@event, cancellation)
            : Task.CompletedTask;

    private async Task TellAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if (
            await grains.GetAsync(@event.Ticket, cancellation) is not { State: var ticket }
            || ticket.ImportedUntil >= @event.At
        )
        {
            return;
        }

        var told = new HashSet<PersonId>(await MentionedAsync(@event, ticket, cancellation));
        // What a rule or script does in somebody's name is news to that one too.
        if (@event.Actor is { Kind: not (ActorKind.Rule or ActorKind.Script), Person: { } self })
        {
            told.Add(self);
        }

        var notices = await NoticesAsync(@event, ticket, cancellation);
        var concerned = notices.SelectMany(one => one.Whom).Where(person => !told.Contains(person)).ToHashSet();
        if (concerned.Count == 0)
        {
            return;
        }

        var liked = await choices.OfAsync(concerned, cancellation);
        foreach (var (kind, whom, notice) in notices)
        {
            var to = whom.Where(person => !told.Contains(person) && liked[person].Contains(kind)).Distinct().ToList();
            if (to.Count > 0)
            {
                await notifications.SendAsync(notice, to, cancellation);
                told.UnionWith(to);
            }
        }
    }

    // The first that fits somebody is the nearest to that one.
    private async Task<IReadOnlyList<(NoticeKind Kind, IEnumerable<PersonId> Whom, Notification Notice)>> NoticesAsync(
        RecordedEvent @event,
        TicketState ticket,
        CancellationToken cancellation
    ) =>
        @event.Event switch
        {
            TicketOpened opened => await GivenAsync(@event, ticket, opened.Assignee, opened.Team, false, cancellation),
            TicketAssigned given => await ReassignedAsync(@event, ticket, given, cancellation),
            PublicCommentAdded { ByCustomer: true } =>
            [
                (NoticeKind.Answered, Some(ticket.Assignee), Of(@event, ticket, "answered", Visibility.Internal)),
                (NoticeKind.Watched, ticket.Watchers, Of(@event, ticket, "watched-comment", Visibility.Public)),
            ],
            PublicCommentAdded =>
            [
                (NoticeKind.Desk, CustomersOf(ticket), Of(@event, ticket, "desk-answered", Visibility.Public)),
                (NoticeKind.Watched, ticket.Watchers, Of(@event, ticket, "watched-comment", Visibility.Public)),
            ],
            InternalNoteAdded =>
            [
                (NoticeKind.Watched, ticket.Watchers, Of(@event, ticket, "watched-note", Visibility.Internal)),
            ],
            StatusChanged changed =>
            [
                (
                    NoticeKind.Watched,
                    ticket.Watchers,
                    Of(
                        @event,
                        ticket,
                        "watched-status",
                        Visibility.Internal,
                        language => StatusOf(ticket, changed, language)
                    )
                ),
            ],
            _ => [],
        };

    private async Task<
        IReadOnlyList<(NoticeKind Kind, IEnumerable<PersonId> Whom, Notification Notice)>
    > ReassignedAsync(RecordedEvent @event, TicketState ticket, TicketAssigned given, CancellationToken cancellation)
    {
        var (assignee, team) = await BeforeAsync(@event, cancellation);
        return assignee == given.Assignee && (given.Assignee is not null || team == given.Team)
            ? []
            : await GivenAsync(@event, ticket, given.Assignee, given.Team, assignee != given.Assignee, cancellation);
    }

    // As it is now: what was given on meanwhile is told of by then.
    private async Task<IReadOnlyList<(NoticeKind Kind, IEnumerable<PersonId> Whom, Notification Notice)>> GivenAsync(
        RecordedEvent @event,
        TicketState ticket,
        PersonId? assignee,
        TeamId? team,
        bool isNews,
        CancellationToken cancellation
    )
    {
        var notices = new List<(NoticeKind, IEnumerable<PersonId>, Notification)>();
        if (assignee is not null && ticket.Assignee == assignee)
        {
            notices.Add((NoticeKind.Assigned, Some(assignee), Of(@event, ticket, "assigned", Visibility.Internal)));
        }

        if (isNews)
        {
            var name = assignee is { } id ? (await people.FindAsync(id, cancellation))?.Name : null;
            notices.Add(
                (
                    NoticeKind.Watched,
                    ticket.Watchers,
                    name is null
                        ? Of(@event, ticket, "watched-nobody", Visibility.Internal)
                        : Of(@event, ticket, "watched-assignee", Visibility.Internal, _ => name)
                )
            );
        }

        if (
            assignee is null
            && ticket.Assignee is null
            && team is { } of
            && ticket.Team == of
            && await people.FindTeamAsync(of, cancellation) is { } found
        )
        {
            notices.Add(
                (NoticeKind.Team, found.Members, Of(@event, ticket, "team", Visibility.Internal, _ => found.Name))
            );
        }

        return notices;
    }

    // Who had the ticket before: an event says only who has it then.
    private async Task<(PersonId? Assignee, TeamId? Team)> BeforeAsync(
        RecordedEvent @event,
        CancellationToken cancellation
    )
    {
        var earlier = await log.ReadTicketAsync(@event.Ticket, cancellation);
        return earlier
                .Where(one => one.Version < @event.Version)
                .Select(one =>
                    one.Event switch
                    {
                        TicketOpened opened => ((PersonId?, TeamId?)?)(opened.Assignee, opened.Team),
                        TicketAssigned given => (given.Assignee, given.Team),
                        _ => null,
                    }
                )
                .LastOrDefault(one => one is not null)
            ?? (null, null);
    }

    // They hear of the mention, where they may.
    private async Task<IReadOnlyList<PersonId>> MentionedAsync(
        RecordedEvent @event,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var body = @event.Event switch
        {
            _ when @event.Actor.Kind != ActorKind.Person => null,
            PublicCommentAdded { ByCustomer: false } comment => comment.Body,
            InternalNoteAdded note => note.Body,
            _ => null,
        };
        var heard = new List<PersonId>();
        foreach (var person in body is null ? [] : MentionedPeople.In(body))
        {
            if (await viewers.OfAsync(person, cancellation) is { } viewer && viewer.WorksOn(ticket.Desk))
            {
                heard.Add(person);
            }
        }

        return heard;
    }

    private Notification Of(
        RecordedEvent @event,
        TicketState ticket,
        string what,
        Visibility visibility,
        Func<string, string>? more = null
    ) =>
        new(
            $"ticket:{@event.Ticket}:{@event.Version}",
            words.Say(
                $"notifications.{what}",
                language => more is null ? [ticket.Key.ToString()] : [ticket.Key.ToString(), more(language)]
            ),
            @event.Ticket,
            visibility
        );

    private string StatusOf(TicketState ticket, StatusChanged changed, string language) =>
        configuration.Snapshot.WorkflowOf(ticket.Type)?.Status(changed.To)?.Name.In(language) ?? changed.To;

    private static IEnumerable<PersonId> CustomersOf(TicketState ticket) =>
        ticket.Participants.Prepend(ticket.Requester);

    private static IEnumerable<PersonId> Some(PersonId? person) => person is { } one ? [one] : [];
}
