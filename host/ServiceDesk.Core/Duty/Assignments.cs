using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Duty;

/// <summary>Which assignment policy a ticket falls under, and what it needs.</summary>
public static class Assignments
{
    /// <summary>All policies, in the order in which they are asked.</summary>
    public static IEnumerable<AssignmentDocument> InOrder(IConfiguration configuration) =>
        configuration
            .All<AssignmentDocument>()
            .OrderBy(policy => policy.Order)
            .ThenBy(policy => policy.Id, StringComparer.Ordinal);

    /// <summary>The policies that take a ticket as it is, but for their queries, in order.</summary>
    /// <param name="team">The name of the ticket's team; null for none.</param>
    public static IEnumerable<AssignmentDocument> For(TicketState ticket, string? team, IConfiguration configuration) =>
        InOrder(configuration)
            .Where(policy =>
                policy.Enabled
                && (policy.Desks.Count == 0 || policy.Desks.Contains(ticket.Desk, StringComparer.Ordinal))
                && (team is null || policy.Team == team)
            );

    /// <summary>Whether the ticket waits to be given to somebody.</summary>
    public static bool IsFree(TicketState ticket) => ticket.Assignee is null && ticket.Category != StatusCategory.Done;

    /// <summary>The skills that a policy wants for a ticket, in lower case: those of the policy, and of the field.</summary>
    public static ValueList<string> Needed(AssignmentDocument policy, TicketState ticket) =>
        policy
            .Skills.Concat(
                policy.SkillField is { } field
                    ? ticket.Fields.Find(field) switch
                    {
                        null => [],
                        ChoicesValue choices => choices.Choices,
                        var value => [PlainFields.Write(value)],
                    }
                    : []
            )
            .Select(skill => skill.Trim().ToLowerInvariant())
            .Where(skill => skill.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
}
