using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Access;

/// <summary>Who sees an approval of a ticket: its agents, whom it concerns, and its customers where it says so.</summary>
public static class ApprovalAccess
{
    /// <summary>Whether the viewer may see the approval; null is the product itself.</summary>
    public static bool MaySee(Viewer? viewer, TicketState ticket, Approval approval) =>
        TicketAccess.StandingOf(viewer, ticket) switch
        {
            >= Standing.Works => true,
            >= Standing.Reads => approval.CustomersSee || approval.Concerns(viewer!.Person.Id),
            Standing.Asked => approval.Concerns(viewer!.Person.Id),
            _ => false,
        };

    /// <summary>The approvals that the viewer may see, oldest first.</summary>
    public static IEnumerable<Approval> Visible(Viewer viewer, TicketState ticket) =>
        ticket.Approvals.Where(approval => MaySee(viewer, ticket, approval));

    /// <summary>Whether the person is asked for an approval of the ticket now, or has answered one.</summary>
    public static bool IsAsked(TicketState ticket, PersonId person) =>
        ticket.Approvals.Any(approval => approval.Concerns(person));

    /// <summary>Ids of fields that the person sees for having been asked, besides those that customers see.</summary>
    public static IEnumerable<string> ShownFields(TicketState ticket, PersonId person, IConfiguration configuration) =>
        ticket
            .Approvals.Where(approval => approval.Concerns(person))
            .SelectMany(approval =>
                approval.Policy is { } id && configuration.TryGet<ApprovalDocument>(id, out var policy)
                    ? policy.Shows
                    : []
            );

    /// <summary>Whether an event tells who is only asked what the approval is about, or how it goes. Files attached later are an answer.</summary>
    internal static bool IsForAsked(TicketState ticket, PersonId person, TicketEvent @event) =>
        @event is TicketOpened or TextEdited or StatusChanged or TicketMoved || IsOfOwn(ticket, person, @event);

    /// <summary>Whether an event tells how an approval goes that concerns the person, whether or not customers see that approval.</summary>
    internal static bool IsOfOwn(TicketState ticket, PersonId person, TicketEvent @event) =>
        @event switch
        {
            ApprovalRequested e => (long?)e.Approval,
            ApprovalAnswered e => e.Approval,
            ApprovalDelegated e => e.Approval,
            ApprovalEnded e => e.Approval,
            _ => null,
        }
            is { } approval
        && ticket.FindApproval(approval)?.Concerns(person) == true;
}
