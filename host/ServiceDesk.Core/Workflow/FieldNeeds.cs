using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Workflow;

/// <summary>Which fields must be filled when a ticket takes a way of its workflow.</summary>
public static class FieldNeeds
{
    /// <summary>Ids of the fields that the transition needs, and those of the ticket type that the status it leads to needs.</summary>
    public static IReadOnlyList<string> Of(WorkflowTransition way, string type, IConfiguration configuration) =>
        [.. way.RequiredFields.Concat(In(way.To, type, configuration)).Distinct(StringComparer.Ordinal)];

    /// <summary>Ids of the fields of the ticket type without which the viewer leaves a status by no transition.</summary>
    public static IEnumerable<string> ToLeave(
        Viewer viewer,
        string status,
        string type,
        IConfiguration configuration
    ) =>
        (configuration.TryGet<TicketTypeDocument>(type, out var known) ? known.Fields : []).Where(id =>
            configuration.TryGet<FieldDocument>(id, out var field)
            && field.Script is null
            && FieldSight.Of(viewer, field, status) == FieldAccess.Required
        );

    /// <summary>Ids of the fields of the ticket type that the status needs.</summary>
    public static IEnumerable<string> In(string status, string type, IConfiguration configuration) =>
        (configuration.TryGet<TicketTypeDocument>(type, out var known) ? known.Fields : []).Where(id =>
            configuration.TryGet<FieldDocument>(id, out var field)
            && field.Script is null
            && field.RequiredIn.Contains(status)
        );
}
