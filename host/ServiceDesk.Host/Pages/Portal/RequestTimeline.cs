using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>What happened to a request, for its customers: only events that are for them, statuses by their names for customers, and no step that changes nothing for them.</summary>
public sealed class RequestTimeline(Viewer viewer, IConfiguration configuration, ITexts texts)
{
    /// <summary>An entry.</summary>
    /// <param name="At">When.</param>
    /// <param name="Icon">Its icon.</param>
    /// <param name="Text">What happened.</param>
    public sealed record Entry(Instant At, string Icon, string Text);

    /// <summary>People whose names the entries need.</summary>
    public static IEnumerable<PersonId> People(IEnumerable<RecordedEvent> events) =>
        events.SelectMany(recorded =>
            recorded.Event switch
            {
                TicketOpened opened => [opened.Requester],
                ParticipantsAdded added => added.People,
                ParticipantsRemoved removed => removed.People,
                ApprovalDelegated delegated => [delegated.From, delegated.To],
                _ => (IEnumerable<PersonId>)[],
            }
        );

    /// <summary>The entries, oldest first.</summary>
    public IReadOnlyList<Entry> Of(
        TicketState ticket,
        IEnumerable<RecordedEvent> events,
        IReadOnlyDictionary<PersonId, string> names
    )
    {
        var entries = new List<Entry>();
        string? shown = null;
        var type = ticket.Type;
        foreach (var recorded in CustomerViews.Seen(viewer, ticket, events, configuration))
        {
            type = recorded.Event switch
            {
                TicketOpened opened => opened.Type,
                TicketMoved moved => moved.Type,
                _ => type,
            };
            if (
                (Describe(recorded.Event, type, names, ref shown) ?? Approval(recorded.Event, ticket, names)) is
                { } told
            )
            {
                entries.Add(new Entry(recorded.At, told.Icon, told.Text));
            }
        }

        return entries;
    }

    private (string Icon, string Text)? Describe(
        TicketEvent @event,
        string type,
        IReadOnlyDictionary<PersonId, string> names,
        ref string? shown
    )
    {
        switch (@event)
        {
            case TicketOpened opened:
                shown = RequestSummary.StatusName(type, opened.Status, configuration);
                return ("message-plus", texts.Format("portal.event-opened", Names([opened.Requester], names)));
            case StatusChanged changed:
                var name = RequestSummary.StatusName(type, changed.To, configuration);
                var isNews = name != shown;
                shown = name;
                return isNews ? (IconOf(changed), texts.Format("portal.event-status", name)) : null;
            case ParticipantsAdded added:
                return ("user-plus", texts.Format("portal.event-joined", Names(added.People, names)));
            case ParticipantsRemoved removed:
                return ("user-minus", texts.Format("portal.event-left", Names(removed.People, names)));
            case TicketMoved moved:
                return (
                    "arrow-right",
                    texts.Format("portal.event-moved", DeskName(moved.To.Desk), moved.To.ToString())
                );
            case TicketMerged:
                return ("git-merge", texts["portal.event-merged"]);
            case MergeUndone:
                return ("git-branch", texts["portal.event-merge-undone"]);
            default:
                return null;
        }
    }

    private (string Icon, string Text)? Approval(
        TicketEvent @event,
        TicketState ticket,
        IReadOnlyDictionary<PersonId, string> names
    )
    {
        return @event switch
        {
            ApprovalRequested e => ("clipboard-check", texts.Format("portal.event-approval-asked", e.Title.ToString())),
            ApprovalAnswered e => (
                e.Approves ? "thumb-up" : "thumb-down",
                texts.Format(
                    e.Approves ? "portal.event-approval-yes" : "portal.event-approval-no",
                    Names([e.Person], names),
                    Title(e.Approval)
                )
            ),
            ApprovalDelegated e => (
                "arrow-right",
                texts.Format(
                    "portal.event-approval-delegated",
                    Names([e.From], names),
                    Names([e.To], names),
                    Title(e.Approval)
                )
            ),
            ApprovalEnded e => (
                "clipboard-check",
                texts.Format(
                    "portal.event-approval-ended",
                    Title(e.Approval),
                    texts[$"approvals.state-{e.State.ToString().ToLowerInvariant()}"]
                )
            ),
            _ => null,
        };

        string Title(long id) => ticket.FindApproval(id)?.Title.ToString() ?? "";
    }

    private static string IconOf(StatusChanged changed) =>
        changed.Category switch
        {
            StatusCategory.Waiting => "clock-pause",
            StatusCategory.Done => "circle-check",
            StatusCategory.New => "circle-dashed",
            _ => "player-play",
        };

    private string DeskName(string desk) =>
        configuration.TryGet<DeskDocument>(desk, out var document) ? document.Name.ToString() : desk;

    private string Names(IEnumerable<PersonId> people, IReadOnlyDictionary<PersonId, string> names) =>
        string.Join(", ", people.Select(person => names.GetValueOrDefault(person, texts["portal.somebody"])));
}
