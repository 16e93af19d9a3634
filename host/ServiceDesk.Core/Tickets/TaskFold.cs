using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>The checklist after an event. What does not fit changes nothing.</summary>
internal static class TaskFold
{
    public static TicketState Added(TicketState ticket, TaskAdded added) =>
        ticket.Tasks.Any(task => task.Id == added.Task)
            ? ticket
            : ticket with
            {
                Tasks = ticket.Tasks.Add(
                    new TicketTask(added.Task, added.Text, added.IsBlocking, added.Assignee, added.DueOn)
                ),
                TasksMade = Math.Max(ticket.TasksMade, added.Task),
            };

    public static ValueList<TicketTask> Changed(ValueList<TicketTask> tasks, TaskChanged changed) =>
        Each(
            tasks,
            changed.Task,
            task =>
                task with
                {
                    Text = changed.Text,
                    IsBlocking = changed.IsBlocking,
                    Assignee = changed.Assignee,
                    DueOn = changed.DueOn,
                }
        );

    public static ValueList<TicketTask> Ticked(
        ValueList<TicketTask> tasks,
        TaskTicked ticked,
        RecordedEvent recorded
    ) =>
        Each(
            tasks,
            ticked.Task,
            task =>
                task with
                {
                    DoneAt = ticked.IsDone ? recorded.At : (Instant?)null,
                    DoneBy = ticked.IsDone ? recorded.Actor.Person : null,
                }
        );

    public static ValueList<TicketTask> Removed(ValueList<TicketTask> tasks, TaskRemoved removed) =>
        tasks.Where(task => task.Id != removed.Task).ToValueList();

    public static ValueList<TicketTask> Placed(ValueList<TicketTask> tasks, TaskPlaced placed)
    {
        if (tasks.FirstOrDefault(task => task.Id == placed.Task) is not { } moved)
        {
            return tasks;
        }

        var others = tasks.Where(task => task.Id != placed.Task).ToList();
        others.Insert(Math.Clamp(placed.Place, 0, others.Count), moved);
        return others.ToValueList();
    }

    private static ValueList<TicketTask> Each(
        ValueList<TicketTask> tasks,
        int id,
        Func<TicketTask, TicketTask> change
    ) => tasks.Select(task => task.Id == id ? change(task) : task).ToValueList();
}
