using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Access;
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
}

/// <summary>The checklist of the page.</summary>
public sealed partial class TicketModel
{
    public Task<IActionResult> OnPostAddTaskAsync(TypedTask typed, CancellationToken cancellation) =>
        SayTaskAsync(
            typed,
            (_, assignee, due) =>
                new AddTask(LocalizedText.Of(typed.TaskText ?? ""), typed.TaskBlocking, assignee, due),
            cancellation
        );

    public Task<IActionResult> OnPostChangeTaskAsync(int task, TypedTask typed, CancellationToken cancellation) =>
        SayTaskAsync(
            typed,
            (ticket, assignee, due) =>
                new ChangeTask(task, TextOf(ticket, task, typed.TaskText ?? ""), typed.TaskBlocking, assignee, due),
            cancellation
        );

    public Task<IActionResult> OnPostTickTaskAsync(int task, bool done, CancellationToken cancellation) =>
        SendAsync(new TickTask(task, done), "workspace.done-saved", cancellation);

    public Task<IActionResult> OnPostPlaceTaskAsync(int task, int place, CancellationToken cancellation) =>
        SendAsync(new PlaceTask(task, place), "workspace.done-saved", cancellation);

    public Task<IActionResult> OnPostRemoveTaskAsync(int task, CancellationToken cancellation) =>
        SendAsync(new RemoveTask(task), "workspace.done-saved", cancellation);

    private async Task<IActionResult> SayTaskAsync(
        TypedTask typed,
        Func<TicketState, PersonId?, LocalDate?, TicketCommand> command,
        CancellationToken cancellation
    )
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        LocalDate? due = null;
        if (!string.IsNullOrWhiteSpace(typed.TaskDue))
        {
            if (!LocalDatePattern.Iso.Parse(typed.TaskDue).TryGetValue(default, out var day))
            {
                return await RefuseAsync(
                    [Refusal.Invalid("sla.edit-day-wrong", "taskDue", typed.TaskDue)],
                    ticket,
                    cancellation
                );
            }

            due = day;
        }

        PersonId? assignee = null;
        if (!string.IsNullOrWhiteSpace(typed.TaskAssignee))
        {
            var found = await directory.FindOneAsync(HttpContext.RequireViewer(), typed.TaskAssignee, cancellation);
            if (found is null)
            {
                return await RefuseAsync(
                    [Refusal.Invalid("workspace.person-unknown", "taskAssignee", typed.TaskAssignee)],
                    ticket,
                    cancellation
                );
            }

            assignee = found.Id;
        }

        return await SendAsync(command(ticket.State, assignee, due), "workspace.done-saved", cancellation);
    }

    // A step of a request type speaks several languages; it keeps them unless its words were changed.
    private static LocalizedText TextOf(TicketState ticket, int id, string typed) =>
        ticket.Tasks.FirstOrDefault(task => task.Id == id) is { } known && known.Text.ToString() == typed.Trim()
            ? known.Text
            : LocalizedText.Of(typed);
}
