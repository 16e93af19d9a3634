using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

// The checklist of agents; its blocking steps hold the end of the ticket.
public static partial class Ticket
{
    /// <summary>The most steps of a checklist.</summary>
    internal const int MostTasks = 100;

    private const int MostTasksNamed = 3;

    private static Decision Add(TicketQuestion asked, AddTask command)
    {
        var ticket = asked.Ticket;
        return Rules.Unless(
            [
                Rules.OnlyAgents(asked),
                ticket.Tasks.Count >= MostTasks ? Refusal.Conflict(RefusalCodes.TasksTooMany, Number(MostTasks)) : null,
                .. TaskRules(asked, command.Text, command.Assignee),
            ],
            () =>
                [
                    new TaskAdded(
                        ticket.TasksMade + 1,
                        Trimmed(command.Text),
                        command.IsBlocking,
                        command.Assignee,
                        command.DueOn
                    ),
                ]
        );
    }

    private static Decision Change(TicketQuestion asked, ChangeTask command) =>
        OnTask(
            asked,
            command.Task,
            TaskRules(asked, command.Text, command.Assignee),
            task =>
            {
                var text = Trimmed(command.Text);
                return
                    (task.Text, task.IsBlocking, task.Assignee, task.DueOn)
                    == (text, command.IsBlocking, command.Assignee, command.DueOn)
                    ? null
                    : new TaskChanged(task.Id, text, command.IsBlocking, command.Assignee, command.DueOn);
            }
        );

    private static Decision Tick(TicketQuestion asked, TickTask command) =>
        OnTask(
            asked,
            command.Task,
            [],
            task => task.IsDone == command.IsDone ? null : new TaskTicked(task.Id, task.Text, command.IsDone)
        );

    private static Decision Remove(TicketQuestion asked, RemoveTask command) =>
        OnTask(asked, command.Task, [], task => new TaskRemoved(task.Id, task.Text));

    private static Decision Place(TicketQuestion asked, PlaceTask command) =>
        OnTask(
            asked,
            command.Task,
            [],
            task =>
            {
                var place = Math.Clamp(command.Place, 0, asked.Ticket.Tasks.Count - 1);
                return asked.Ticket.Tasks[place] == task ? null : new TaskPlaced(task.Id, place);
            }
        );

    /// <summary>The steps that a request type puts onto its tickets.</summary>
    internal static IEnumerable<TicketEvent> TasksOf(RequestTypeDocument? requestType) =>
        (requestType?.Tasks ?? []).Select(
            (step, index) => new TaskAdded(index + 1, step.Text, step.Blocking, Assignee: null, DueOn: null)
        );

    // Who is done stays so: only the way into a done status is held.
    private static Refusal? TasksStandAgainst(TicketQuestion asked, WorkflowStatus status)
    {
        var ticket = asked.Ticket;
        if (status.Category != StatusCategory.Done || ticket.Category == StatusCategory.Done)
        {
            return null;
        }

        var open = ticket.Tasks.Where(task => task is { IsBlocking: true, IsDone: false }).ToList();
        return (open.Count, asked.Standing >= Standing.Works) switch
        {
            (0, _) => null,
            (_, false) => Refusal.Conflict(RefusalCodes.TasksOpenUnseen),
            (var count, _) => Refusal.Conflict(
                RefusalCodes.TasksOpen,
                Number(count),
                string.Join(
                    ", ",
                    open.Take(MostTasksNamed)
                        .Select(task => TextRules.Shown(task.Text.In(asked.Viewer?.Person.Language ?? "en")))
                )
            ),
        };
    }

    private static Decision OnTask(
        TicketQuestion asked,
        int id,
        IEnumerable<Refusal?> rules,
        Func<TicketTask, TicketEvent?> change
    ) =>
        Rules.OnlyAgents(asked) is { } stranger ? Decision.Refuse(stranger)
        : asked.Ticket.Tasks.FirstOrDefault(one => one.Id == id) is not { } task
            ? Decision.Refuse(Refusal.NotFound(RefusalCodes.TaskUnknown, Number(id)))
        : Rules.Unless(rules, () => change(task) is { } happened ? [happened] : []);

    private static IEnumerable<Refusal?> TaskRules(TicketQuestion asked, LocalizedText text, PersonId? assignee)
    {
        if (text.Texts.Count == 0)
        {
            yield return Refusal.Invalid(RefusalCodes.TextRequired, "text");
        }

        foreach (var words in text.Texts.Values)
        {
            yield return TextRules.Line(words, "text", required: true);
        }

        if (assignee is not null && asked.Desk(asked.Ticket.Desk) is { } desk)
        {
            foreach (var refusal in Assignment.Rules(asked, desk, assignee, team: null))
            {
                yield return refusal;
            }
        }
    }

    private static LocalizedText Trimmed(LocalizedText text) =>
        new(ValueMap<string>.From(text.Texts.Select(one => KeyValuePair.Create(one.Key, one.Value.Trim()))));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
