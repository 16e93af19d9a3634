using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Replies;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What the page's script is told of a draft.</summary>
public sealed record DraftShown(string Visibility, string Text, string State, int Revision)
{
    /// <summary>As the script knows it.</summary>
    public static DraftShown Of(ReplyDraft draft) =>
        new(draft.Visibility.ToString(), draft.Text, draft.State.ToString(), draft.Revision);

    /// <summary>One that there is not.</summary>
    public static DraftShown None(Visibility visibility) => new(visibility.ToString(), "", nameof(DraftState.Kept), 0);
}

/// <summary>What the reader has begun to write: shown again in every window, kept while it is written, gone when it is sent.</summary>
public sealed partial class TicketModel
{
    /// <summary>The drafts of reply and note as they are kept.</summary>
    public IReadOnlyDictionary<Visibility, DraftShown> Drafts { get; private set; } =
        new Dictionary<Visibility, DraftShown>();

    /// <summary>Whether the composer shows what was refused, which is newer than what is kept.</summary>
    public bool IsTyped => Request.Method == HttpMethods.Post && Body is not null;

    /// <summary>Whose drafts they are, for a browser that several people use.</summary>
    public string DraftOwner => $"{HttpContext.RequireViewer().Person.Id.Value}:{View.State.Id.Value}";

    /// <summary>The reader's drafts, for a window that wants to know whether another one wrote.</summary>
    public async Task<IActionResult> OnGetDraftsAsync(CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        await ReadDraftsAsync(ticket.State, cancellation);
        return new JsonResult(Drafts.Values);
    }

    /// <summary>Keeps what is written so far; 409 with the draft as it stands when another window changed it.</summary>
    public async Task<IActionResult> OnPostDraftAsync(string? text, int revision, CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null || !Enum.IsDefined(Visibility))
        {
            return NotFound();
        }

        var (refusal, isKept, draft) = await drafts.SaveAsync(
            HttpContext.RequireViewer(),
            ticket.State,
            Visibility,
            (text ?? "").ReplaceLineEndings("\n"),
            revision,
            cancellation
        );
        var shown = draft is null ? DraftShown.None(Visibility) : DraftShown.Of(draft);
        return (refusal, isKept) switch
        {
            ({ } no, _) => new JsonResult(texts.Say(no)) { StatusCode = StatusCodes.Status422UnprocessableEntity },
            (_, false) => new JsonResult(shown) { StatusCode = StatusCodes.Status409Conflict },
            _ => new JsonResult(shown),
        };
    }

    private async Task ReadDraftsAsync(TicketState ticket, CancellationToken cancellation)
    {
        var kept = await drafts.ReadAsync(HttpContext.RequireViewer(), ticket, cancellation);
        Drafts = new[] { Visibility.Public, Visibility.Internal }.ToDictionary(
            visibility => visibility,
            visibility =>
                kept.FirstOrDefault(draft => draft.Visibility == visibility) is { } draft
                    ? DraftShown.Of(draft)
                    : DraftShown.None(visibility)
        );
    }

    // What one left is there again; where only a note was begun, the note is open.
    private void TakeUpDraft()
    {
        Visibility = (Drafts[Visibility.Public].Text, Drafts[Visibility.Internal].Text) is ("", { Length: > 0 })
            ? Visibility.Internal
            : Visibility.Public;
        Body = Drafts[Visibility].Text;
    }
}
