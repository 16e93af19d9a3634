using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Workflow;

/// <summary>What was found of the related tickets that a transition wants done before a command was decided.</summary>
/// <param name="Transition">The transition's id.</param>
/// <param name="Open">Those that are not done.</param>
public sealed record LinkedWork(string Transition, ValueList<TicketState> Open);

/// <summary>Whether related tickets stand in the way of a transition. Pure.</summary>
internal static class LinkedWorks
{
    private const int MostNamed = 5;

    /// <summary>The no for related tickets that are not done; null when there is none. Names only those that who asks may see.</summary>
    public static Refusal? LinkedStandsAgainst(this TicketQuestion asked, WorkflowTransition transition)
    {
        if (transition.LinkedDone.Count == 0)
        {
            return null;
        }

        if (asked.Facts.Linked.FirstOrDefault(work => work.Transition == transition.Id) is not { } found)
        {
            return Refusal.Conflict(RefusalCodes.LinkedNotAsked, transition.Id);
        }

        var seen = found.Open.Where(ticket => asked.Viewer is null || TicketAccess.MaySee(asked.Viewer, ticket));
        var names = string.Join(", ", seen.Select(ticket => ticket.Key.ToString()).Take(MostNamed));
        var count = found.Open.Count.ToString(CultureInfo.InvariantCulture);
        return found.Open.Count == 0 ? null
            : names.Length == 0 ? Refusal.Conflict(RefusalCodes.LinkedOpenUnseen, count)
            : Refusal.Conflict(RefusalCodes.LinkedOpen, count, names);
    }
}
