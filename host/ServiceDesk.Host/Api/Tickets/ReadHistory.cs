using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Tells what happened to a ticket: the whole log to agents of its desk, the customers' timeline to everyone else.</summary>
internal static class ReadHistory
{
    public static async Task<IResult> GetAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        IEventLog log,
        EventCatalog catalog,
        IPeople people,
        ICurrentConfiguration configuration
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var events = await log.ReadTicketAsync(ticket.State.Id, context.RequestAborted);
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            viewer,
            events.Select(recorded => recorded.Actor.Person),
            context.RequestAborted
        );
        var desk = ticket.State.Desk;
        IReadOnlyList<HistoryAnswer> items = viewer.WorksOn(desk)
            ?
            [
                .. FieldSight
                    .Shown(viewer, ticket.State, events, configuration.Snapshot)
                    .Select(recorded => ForAgent(recorded, catalog, shown, desk)),
            ]
            :
            [
                .. CustomerViews
                    .Timeline(viewer, ticket.State, events, configuration.Snapshot)
                    .Select(entry => ForCustomer(entry, shown, desk)),
            ];
        return Results.Ok(new PageAnswer<HistoryAnswer>(items, null));
    }

    private static HistoryAnswer ForAgent(
        RecordedEvent recorded,
        EventCatalog catalog,
        PeopleOfAnswer shown,
        string desk
    )
    {
        var name = catalog.NameOf(recorded.Event);
        return new HistoryAnswer(
            recorded.Version,
            name[..name.LastIndexOf('/')],
            recorded.At,
            shown.Show(recorded.Actor.Person, desk),
            recorded.Actor.Kind,
            recorded.Event is UnknownEvent ? new { } : recorded.Event
        );
    }

    private static HistoryAnswer ForCustomer(PublicEntry entry, PeopleOfAnswer shown, string desk)
    {
        var (name, data) = entry switch
        {
            PublicOpening => ("ticket.opened", (object)new { }),
            Core.Access.PublicComment e => (
                "ticket.public-comment-added",
                new
                {
                    CommentId = e.Id,
                    e.Body,
                    e.ByCustomer,
                    Files = e.Files.Select(Named),
                }
            ),
            PublicFiles e => ("ticket.files-attached", new { Files = e.Files.Select(Named) }),
            PublicStatusChange e => (
                "ticket.status-changed",
                new { From = e.From.Name.ToString(), To = e.To.Name.ToString() }
            ),
            PublicParticipation { Added.Count: > 0 } e => ("ticket.participants-added", new { People = e.Added }),
            PublicParticipation e => ("ticket.participants-removed", new { People = e.Removed }),
            PublicApproval { Approves: { } approves } e => (
                "ticket.approval-answered",
                new { Approval = e.Id, Approves = approves }
            ),
            PublicApproval { To: { } to } e => ("ticket.approval-delegated", new { Approval = e.Id, To = to }),
            PublicApproval { Outcome: { } outcome } e => (
                "ticket.approval-ended",
                new { Approval = e.Id, State = outcome }
            ),
            PublicApproval e => ("ticket.approval-requested", new { Approval = e.Id, Title = e.Title.ToString() }),
            PublicMove e => ("ticket.moved", new { e.From, e.To }),
            _ => ("ticket.changed", new { }),
        };
        var kind = entry.By is null ? ActorKind.System : ActorKind.Person;
        return new HistoryAnswer(null, name, entry.At, shown.Show(entry.By, desk), kind, data);
    }

    private static object Named(AttachedFile file) =>
        new
        {
            file.Id,
            file.Name,
            file.ContentType,
            file.Size,
        };
}
