using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>How values are set on a page that others may have overtaken: nobody's newer value is replaced by one who has not seen it, and nobody is refused for what others changed besides.</summary>
public sealed partial class TicketModel
{
    private const int MostTries = 3;

    /// <summary>Sets one value, unless somebody else set it to something else since the page was drawn.</summary>
    /// <param name="wanted">The value.</param>
    /// <param name="drawn">What the page showed; null where it does not say.</param>
    /// <param name="held">What the ticket holds.</param>
    /// <param name="command">What sets it, on the ticket as it is.</param>
    /// <param name="done">The sentence when it is done.</param>
    /// <param name="shown">The key of the value's name, and the value as it is now.</param>
    /// <param name="cancellation">Ends it.</param>
    private Task<IActionResult> SetAsync<T>(
        T wanted,
        T? drawn,
        Func<TicketState, T> held,
        Func<TicketState, TicketCommand> command,
        string done,
        Func<TicketView, (string Name, string Value)> shown,
        CancellationToken cancellation
    )
        where T : struct =>
        WriteAsync(
            state =>
                drawn is not { } seen ? Write.By(command(state))
                : wanted.Equals(seen) ? Write.Nothing
                : held(state).Equals(seen) || held(state).Equals(wanted) ? Write.By(command(state))
                : Write.Not,
            done,
            () =>
            {
                var (name, value) = shown(View);
                Errors = [texts.Format("workspace.changed-meanwhile", texts[name], value)];
            },
            cancellation
        );

    /// <summary>Decides what to write on the ticket as it is, and anew when somebody was faster by a moment.</summary>
    /// <param name="decide">What to write.</param>
    /// <param name="done">The sentence when it is done.</param>
    /// <param name="tell">Says what is newer, once the page has been read.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<IActionResult> WriteAsync(
        Func<TicketState, Write> decide,
        string done,
        Action tell,
        CancellationToken cancellation
    )
    {
        for (var again = MostTries; ; again--)
        {
            if (await FindAsync(cancellation) is not { } ticket)
            {
                return NotFound();
            }

            var write = decide(ticket.State);
            if (write.IsRefused)
            {
                var page = await ShowAsync(ticket, StatusCodes.Status412PreconditionFailed, cancellation);
                tell();
                return page;
            }

            if (write.Command is null)
            {
                TempData["Done"] = texts[done];
                return RedirectToPage(new { key = ticket.State.Key.ToString(), tab = Tab });
            }

            var envelope = CommandEnvelope.By(HttpContext.RequireViewer(), write.Command) with
            {
                ExpectedVersion = ticket.State.Version,
            };
            var answer = await grains.SendAsync(ticket.State.Id, envelope, cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts[done];
                return RedirectToPage(new { key = answer.Ticket!.State.Key.ToString(), tab = Tab });
            }

            if (again == 0 || answer.Refusals.All(refusal => refusal.Kind != RefusalKind.Stale))
            {
                return await RefuseAsync(answer.Refusals, ticket, cancellation);
            }
        }
    }

    private string AssigneeOf(TicketView view) =>
        view.State.Assignee is { } person ? view.NameOf(person) : texts["workspace.nobody"];

    // What becomes of a wish: a command, nothing because nothing was changed, or not, because somebody else changed it.
    private sealed record Write(TicketCommand? Command)
    {
        public static readonly Write Nothing = new((TicketCommand?)null);
        public static readonly Write Not = new((TicketCommand?)null) { IsRefused = true };

        public bool IsRefused { get; private init; }

        public static Write By(TicketCommand command) => new(command);
    }
}
