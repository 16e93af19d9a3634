using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>Questions to a checklist.</summary>
public static class TaskDoing
{
    /// <summary>The agents who have open steps, each once.</summary>
    public static IEnumerable<PersonId> TaskDoers(this TicketState ticket) =>
        ticket.Tasks.Where(task => !task.IsDone).Select(task => task.Assignee).OfType<PersonId>().Distinct();
}
