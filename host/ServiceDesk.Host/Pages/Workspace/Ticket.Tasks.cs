using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A step of the checklist as the page sends it. A model of the page binds it only because the handlers name it.</summary>
public sealed record TypedTask
{
    /// <summary>What is to be done.</summary>
    public string? TaskText { get; init; }

    /// <summary>Whether the ticket cannot be done while this is open.</summary>
    public bool TaskBlocking { get; init; }

    /// <summary>Who does it, as typed; empty for whoever works on the ticket.</summary>
    public string? TaskAssignee { get; init; }

    /// <summary>Until when; empty for no day.</summary>
    public string? TaskDue { get; init; }

    /// <summary>The mark of the step as the form was drawn with it; null does not say.</summary>
    public string? TaskDrawn { get; init; }
}

/// <summary>The checklist of the page.</summary>
public sealed partial class TicketModel
{
    public Task<IActionResult> OnPostAddTaskAsync(TypedTask typed, CancellationToken cancellation) =>
        SayTaskAsync(
            null,
            typed,
            (assignee, due) =>
                SendAsync(
                    new AddTask(LocalizedText.Of(typed.TaskText ?? ""), typed.TaskBlocking, assignee, due),
                    "workspace.done-saved",
                    cancellation
                ),
            cancellation
        );

    public Task<IActionResult> OnPostChangeTaskAsync(int task, TypedTask typed, CancellationToken cancellation) =>
        SayTaskAsync(
            task,
            typed,
            (assignee, due) =>
                WriteAsync(
                    state =>
                    {
                        var words = TextOf(state, task, typed.TaskText ?? "");
                        var command = new ChangeTask(task, words, typed.TaskBlocking, assignee, due);
                        var wanted = MarkOf(words, typed.TaskBlocking, assignee, due);
                        return typed.TaskDrawn == wanted ? Write.Nothing
                            : IsNewer(state, task, typed, wanted) ? Write.Not
                            : Write.By(command);
                    },
                    "workspace.done-saved",
                    () => TellOfTask(task),
                    cancellation
                ),
            cancellation
        );

    public Task<IActionResult> OnPostTickTaskAsync(int task, bool done, CancellationToken cancellation) =>
        SendAsync(new TickTask(task, done), "workspace.done-saved", cancellation);

    public Task<IActionResult> OnPostPlaceTaskAsync(int task, int place, CancellationToken cancellation) =>
        SendAsync(new PlaceTask(task, place), "workspace.done-saved", cancellation);

    public Task<IActionResult> OnPostRemoveTaskAsync(int task, string? taskDrawn, CancellationToken cancellation) =>
        WriteAsync(
            state =>
                IsNewer(state, task, new TypedTask { TaskDrawn = taskDrawn }, null)
                    ? Write.Not
                    : Write.By(new RemoveTask(task)),
            "workspace.done-saved",
            () => TellOfTask(task),
            cancellation
        );

    /// <summary>The mark of a step as it stands.</summary>
    internal static string MarkOf(TicketTask task) => MarkOf(task.Text, task.IsBlocking, task.Assignee, task.DueOn);

    private static string MarkOf(LocalizedText text, bool isBlocking, PersonId? assignee, LocalDate? due) =>
        DrawnMark.Of(
            string.Join('\n', text.Texts.OrderBy(one => one.Key, StringComparer.Ordinal))
                + $"\n{isBlocking}\n{assignee}\n{(due is { } day ? LocalDatePattern.Iso.Format(day) : "")}"
        );

    // Somebody else said it anew since the page was drawn, and not as it is wanted.
    private static bool IsNewer(TicketState state, int id, TypedTask typed, string? wanted) =>
        typed.TaskDrawn is { Length: > 0 } drawn
        && state.Tasks.FirstOrDefault(one => one.Id == id) is { } held
        && MarkOf(held) is var now
        && now != drawn
        && now != wanted;

    private void TellOfTask(int id) =>
        Errors = [
            texts.Format(
                "workspace.task-changed-meanwhile",
                View.State.Tasks.FirstOrDefault(one => one.Id == id)?.Text.ToString() ?? ""
            ),
        ];

    private async Task<IActionResult> SayTaskAsync(
        int? task,
        TypedTask typed,
        Func<PersonId?, LocalDate?, Task<IActionResult>> send,
        CancellationToken cancellation
    )
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        LocalDate? due = null;
        PersonId? assignee = null;
        Refusal? wrong = null;
        if (!string.IsNullOrWhiteSpace(typed.TaskDue))
        {
            if (LocalDatePattern.Iso.Parse(typed.TaskDue).TryGetValue(default, out var day))
            {
                due = day;
            }
            else
            {
                wrong = Refusal.Invalid("sla.edit-day-wrong", "taskDue", typed.TaskDue);
            }
        }

        if (wrong is null && !string.IsNullOrWhiteSpace(typed.TaskAssignee))
        {
            assignee = (
                await directory.FindOneAsync(HttpContext.RequireViewer(), typed.TaskAssignee, cancellation)
            )?.Id;
            wrong = assignee is null
                ? Refusal.Invalid("workspace.person-unknown", "taskAssignee", typed.TaskAssignee)
                : null;
        }

        var answer = wrong is null ? await send(assignee, due) : await RefuseAsync([wrong], ticket, cancellation);
        if (answer is PageResult && task is { } changed)
        {
            // What was typed stays in its form, beside what the step is now.
            View = View with
            {
                Typing = (changed, typed),
            };
        }

        return answer;
    }

    // A step of a request type speaks several languages; it keeps them unless its words were changed.
    private static LocalizedText TextOf(TicketState ticket, int id, string typed) =>
        ticket.Tasks.FirstOrDefault(task => task.Id == id) is { } known && known.Text.ToString() == typed.Trim()
            ? known.Text
            : LocalizedText.Of(typed);
}
