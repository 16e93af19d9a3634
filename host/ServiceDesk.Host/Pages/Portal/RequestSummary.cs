using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>A request as its customers see it in lists: nothing internal.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Summary">One line.</param>
/// <param name="Status">The status by the name for customers.</param>
/// <param name="Category">What it means.</param>
/// <param name="Icon">The icon of its request type, or of its type.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="UpdatedAt">The last change that customers may see.</param>
/// <param name="WaitsForCustomer">Whether the desk waits for an answer.</param>
public sealed record RequestSummary(
    TicketKey Key,
    string Summary,
    string Status,
    StatusCategory Category,
    string Icon,
    string Kind,
    PersonId Requester,
    NodaTime.Instant UpdatedAt,
    bool WaitsForCustomer
)
{
    /// <summary>What a search found of it; null where none was.</summary>
    public TicketHit? Hit { get; init; }

    /// <summary>The summary of a ticket.</summary>
    public static RequestSummary Of(TicketState ticket, IConfiguration configuration)
    {
        configuration.TryGet<TicketTypeDocument>(ticket.Type, out var type);
        var requestType =
            ticket.RequestType is { } id && configuration.TryGet<RequestTypeDocument>(id, out var found) ? found : null;
        return new RequestSummary(
            ticket.Key,
            ticket.Summary,
            StatusName(ticket.Type, ticket.Status, configuration),
            ticket.Category,
            requestType?.Icon ?? type?.Icon ?? "ticket",
            (requestType?.Name ?? type?.Name)?.ToString() ?? ticket.Type,
            ticket.Requester,
            ticket.PublicUpdatedAt,
            Waits(ticket, configuration)
        );
    }

    /// <summary>A status by its name for customers; its id when the workflow no longer has it.</summary>
    public static string StatusName(string type, string status, IConfiguration configuration)
    {
        var known = configuration.WorkflowOf(type)?.Status(status);
        return (known?.CustomerName ?? known?.Name)?.ToString() ?? status;
    }

    // Where the workflow does not say it, the desk waits for the customer where the customer's words alone let the work go on.
    private static bool Waits(TicketState ticket, IConfiguration configuration) =>
        ticket.Category == StatusCategory.Waiting
        && configuration.WorkflowOf(ticket.Type) is { } workflow
        && (
            workflow.Status(ticket.Status)?.WaitsFor is { } declared
                ? declared == WaitsFor.Customer
                : workflow.TransitionsFrom(ticket.Status).Any(way => way.OnCustomerComment)
        );
}
