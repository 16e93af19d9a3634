using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What a macro puts into the reply editor.</summary>
/// <param name="Visibility">For whom.</param>
/// <param name="Text">Markdown with its places filled; empty when the macro writes nothing.</param>
public sealed record MacroText(Visibility Visibility, string Text);

/// <summary>A macro before it is applied: what it changes on this ticket, and what it writes, which may be changed first.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class MacroModel(OpenedTicket opened, MacroDoor door, MacroRuns runs, MacroWords words, ITexts texts)
    : PageModel
{
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "macro")]
    public string Reference { get; set; } = "";

    /// <summary>The version of the ticket that was shown.</summary>
    [BindProperty(Name = "version")]
    public long Version { get; set; }

    /// <summary>What is written in place of the macro's text; null when it was not shown.</summary>
    [BindProperty(Name = "text")]
    public string? TypedText { get; set; }

    public TicketSnapshot Ticket { get; private set; } = null!;

    public OfferedMacro Offered { get; private set; } = null!;

    public IReadOnlyList<MacroChange> Changes { get; private set; } = [];

    /// <summary>What it writes; null for nothing.</summary>
    public MacroText? Text { get; private set; }

    /// <summary>The numbers of the library's files that go along.</summary>
    public IReadOnlyList<long> Files { get; private set; } = [];

    /// <summary>Why it cannot be applied.</summary>
    public IReadOnlyList<string> Errors { get; private set; } = [];

    /// <summary>Whether it can be applied as things stand.</summary>
    public bool IsPossible { get; private set; }

    /// <summary>Shows what it would do.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        await DrawAsync(null, cancellation);
        return Page();
    }

    /// <summary>What it writes, for the reply editor.</summary>
    public async Task<IActionResult> OnGetTextAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        await DrawAsync(null, cancellation);
        return new JsonResult(
            new { visibility = (Text?.Visibility ?? Visibility.Public).ToString(), text = Text?.Text ?? "" }
        );
    }

    /// <summary>Applies it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var viewer = HttpContext.RequireViewer();
        var typed = TypedText?.ReplaceLineEndings("\n");
        var envelope = CommandEnvelope.By(viewer, new ChangeTicket([]));
        var (plan, answer) = await runs.ApplyAsync(
            envelope,
            Ticket.State.Id,
            Offered.Macro,
            typed,
            Version,
            cancellation
        );
        if (answer is { IsAccepted: true })
        {
            TempData["Done"] = texts.Format("macro.applied", Offered.Macro.Name.ToString());
            return RedirectToPage("/Workspace/Ticket", new { key = answer.Ticket!.State.Key.ToString() });
        }

        var refusals = answer is null
            ? plan.Refusals
            : [.. answer.Refusals.Select(refusal => new MacroRefusal(null, refusal))];
        Response.StatusCode = RefusalStatus.Of(refusals[0].Refusal.Kind);
        Ticket = plan.Before;
        await DrawAsync(typed, cancellation);
        Errors = [.. refusals.Select(words.Say).Distinct()];
        return Page();
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (
            await opened.FindAsync(viewer, Key, cancellation) is not { } ticket
            || await door.FindAsync(viewer, ticket.State, Reference, cancellation) is not { } offered
        )
        {
            return false;
        }

        (Ticket, Offered) = (ticket, offered);
        return true;
    }

    private async Task DrawAsync(string? typed, CancellationToken cancellation)
    {
        var plan = await runs.PlanAsync(HttpContext.RequireViewer(), Ticket, Offered.Macro, null, cancellation);
        Version = Ticket.State.Version;
        Changes = await words.ChangesAsync(HttpContext.RequireViewer(), plan, cancellation);
        Text = plan.Comment is var (visibility, body) ? new MacroText(visibility, typed ?? body) : null;
        Files = [.. plan.Files.Select(file => file.Id)];
        IsPossible = plan.Refusals.Count == 0;
        Errors = [.. plan.Refusals.Select(words.Say).Distinct()];
    }
}
