using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Prose;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Replies;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A reply that its writer can still take back.</summary>
/// <param name="Key">The key of its ticket; null where the reader does not see that any more.</param>
public sealed record HeldReplyShown(HeldReply Reply, string? Key);

/// <summary>The reply editor: what is sent, held for a moment, taken back, looked at, and who can be mentioned.</summary>
public sealed partial class TicketModel
{
    private const int MostAttempts = 3;

    /// <summary>The version up to which the writer has seen the ticket; null asks nothing.</summary>
    [BindProperty(Name = "seen")]
    public long? Seen { get; set; }

    /// <summary>Whether a reply waits a moment before it is sent.</summary>
    [BindProperty(Name = "hold")]
    public bool Hold { get; set; }

    /// <summary>The ticket that is opened afterwards; null is this one.</summary>
    [BindProperty(Name = "next")]
    public string? NextKey { get; set; }

    /// <summary>What others wrote since, and the writer has not seen; the first is where to read on.</summary>
    public IReadOnlyList<string> Unread { get; private set; } = [];

    /// <summary>The reader's replies that wait, on whichever tickets.</summary>
    public IReadOnlyList<HeldReplyShown> Held { get; private set; } = [];

    /// <summary>Whether replies are held at all.</summary>
    public bool Holds => sender.Holds;

    public async Task<IActionResult> OnPostCommentAsync(CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        var errors = new FormErrors(texts);
        var files = await posted.TakeAsync(Request.Form, HttpContext.RequireViewer(), errors, cancellation);
        KeptFiles = [.. files.Select(file => (FileIntake.TokenOf(file.Id), file.Name))];
        if (errors["files"] is { } wrongFile)
        {
            Errors = [wrongFile];
            return await ShowAsync(ticket, StatusCodes.Status422UnprocessableEntity, cancellation);
        }

        for (var attempt = 1; ; attempt++)
        {
            if (await UnreadAsync(ticket, cancellation) is { Count: > 0 } unread)
            {
                Unread = unread;
                return await ShowAsync(ticket, StatusCodes.Status409Conflict, cancellation);
            }

            var refusals = await ReplyAsync(ticket, files, cancellation);
            if (refusals.Count == 0)
            {
                await drafts.EndAsync(
                    HttpContext.RequireViewer(),
                    ticket.State,
                    Visibility,
                    DraftState.Sent,
                    cancellation
                );
                return await GoOnAsync(ticket.State, cancellation);
            }

            // Something happened in between: if nobody wrote, it is sent all the same.
            var isStale = refusals.Any(refusal => refusal.Kind == RefusalKind.Stale);
            ticket = isStale ? await FindAsync(cancellation) ?? ticket : ticket;
            if (!isStale || attempt == MostAttempts)
            {
                return await RefuseAsync(refusals, ticket, cancellation);
            }
        }
    }

    /// <summary>Takes a reply back: it stands in the editor again.</summary>
    public async Task<IActionResult> OnPostTakeBackAsync(string? token, CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        if (await sender.TakeBackAsync(HttpContext.RequireViewer(), token ?? "", cancellation) is not var (reply, text))
        {
            Errors = [texts["workspace.held-too-late"]];
            return await ShowAsync(ticket, StatusCodes.Status409Conflict, cancellation);
        }

        if (reply.Ticket != ticket.State.Id)
        {
            TempData["Done"] = texts["workspace.held-taken-back"];
            return RedirectToPage(new { key = Key });
        }

        Visibility = Visibility.Public;
        Body = text;
        KeptFiles = [.. reply.Files.Select(file => (FileIntake.TokenOf(file.Id), file.Name))];
        ViewData["Done"] = texts["workspace.held-taken-back"];
        return await ShowAsync(ticket, StatusCodes.Status200OK, cancellation);
    }

    /// <summary>What is written, as it will read.</summary>
    public async Task<IActionResult> OnPostLookAsync(string? text, CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        var view = await views.ReadAsync(HttpContext.RequireViewer(), ticket, cancellation);
        await using var writer = new StringWriter();
        ProseRenderer.Render(text ?? "", view.Images).WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return Content(writer.ToString(), "text/html");
    }

    /// <summary>People who can be mentioned, each with a warning where the one will not be told.</summary>
    public async Task<IActionResult> OnGetMentionsAsync(
        string? q,
        Visibility visibility,
        CancellationToken cancellation
    )
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        var found = new List<(long Id, string Name, string? Warning)>();
        foreach (var person in await directory.SuggestAsync(HttpContext.RequireViewer(), q, false, cancellation))
        {
            var warning =
                await viewers.OfAsync(person.Id, cancellation) is not { } viewer
                || !TicketAccess.MaySee(viewer, ticket.State)
                    ? texts["workspace.mention-not-seen"]
                : visibility == Visibility.Internal && !viewer.WorksOn(ticket.State.Desk)
                    ? texts["workspace.mention-no-notes"]
                : null;
            found.Add((person.Id.Value, person.Name, warning));
        }

        // Who will be told stands before who will not.
        return new JsonResult(
            found
                .OrderBy(one => one.Warning is null ? 0 : 1)
                .Select(one => new
                {
                    id = one.Id,
                    name = one.Name,
                    warning = one.Warning,
                })
        );
    }

    private async Task<ValueList<Refusal>> ReplyAsync(
        TicketSnapshot ticket,
        ValueList<AttachedFile> files,
        CancellationToken cancellation
    )
    {
        var (viewer, body) = (HttpContext.RequireViewer(), Body ?? "");
        if (Hold && sender.Holds && Visibility == Visibility.Public)
        {
            var refused = await sender.HoldAsync(viewer, ticket, body, files, cancellation);
            if (refused.Count == 0)
            {
                TempData["Done"] = texts["workspace.done-held"];
            }

            return refused;
        }

        TicketCommand command = (Visibility, body.Trim().Length, files.Count) switch
        {
            (_, 0, > 0) => new AttachFiles(files, Visibility),
            (Visibility.Internal, _, _) => new AddInternalNote(body, files) { Channel = Call ? Channel.Phone : null },
            _ => new AddPublicComment(body, files),
        };
        var envelope = CommandEnvelope.By(viewer, command) with
        {
            ExpectedVersion = Seen is null ? null : ticket.State.Version,
        };
        var answer = await grains.SendAsync(ticket.State.Id, envelope, cancellation);
        if (answer.IsAccepted)
        {
            TempData["Done"] = texts[
                Visibility == Visibility.Internal ? "workspace.done-noted" : "workspace.done-replied"
            ];
        }

        return answer.Refusals;
    }

    // The anchors of what others wrote behind what the writer has seen.
    private async Task<IReadOnlyList<string>> UnreadAsync(TicketSnapshot ticket, CancellationToken cancellation)
    {
        if (Seen is not { } seen || seen >= ticket.State.Version)
        {
            return [];
        }

        var me = HttpContext.RequireViewer().Person.Id;
        var full = await conversation.ReadFullAsync(ticket.State.Id, cancellation);
        return
        [
            .. full
                .Comments.Where(comment => comment.Id > seen && comment.Author.Person != me)
                .Select(comment => $"c{comment.Id}"),
        ];
    }

    private async Task<IActionResult> GoOnAsync(TicketState ticket, CancellationToken cancellation)
    {
        var next = string.IsNullOrEmpty(NextKey)
            ? null
            : await opened.FindAsync(HttpContext.RequireViewer(), NextKey, cancellation);
        return next is null
            ? RedirectToPage(new { key = ticket.Key.ToString(), tab = Tab })
            : RedirectToPage(new { key = next.State.Key.ToString(), tab = (string?)null });
    }

    private async Task ReadHeldAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var shown = new List<HeldReplyShown>();
        foreach (var reply in sender.Holds ? await sender.OfAsync(viewer, cancellation) : [])
        {
            var ticket = (await grains.GetAsync(reply.Ticket, cancellation))?.State;
            shown.Add(
                new HeldReplyShown(
                    reply,
                    ticket is not null && viewer.WorksOn(ticket.Desk) ? ticket.Key.ToString() : null
                )
            );
        }

        Held = shown;
    }
}
