using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Intake.Replies;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A ticket for the agents of its desk: everything about it, and every command that they may send.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed partial class TicketModel(
    ITicketQueries tickets,
    OpenedTicket opened,
    ITicketGrains grains,
    TicketViews views,
    TicketAutomation automation,
    PostedFiles posted,
    PersonDirectory directory,
    OrganizationDirectory houses,
    DraftIntake drafts,
    MacroDoor macros,
    HeldReplySender sender,
    ITicketConversation conversation,
    IViewers viewers,
    IPeopleStore persons,
    Presence presence,
    ICurrentConfiguration configuration,
    ITexts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>Which tab is open: <c>conversation</c>, <c>promises</c>, <c>history</c> or <c>automation</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "tab")]
    public string Tab { get; set; } = "conversation";

    /// <summary>What was typed into the composer, kept when it was refused.</summary>
    [BindProperty(Name = "body")]
    public string? Body { get; set; }

    /// <summary>Whether the composer writes for customers or for agents.</summary>
    [BindProperty(Name = "visibility")]
    public Visibility Visibility { get; set; } = Visibility.Public;

    /// <summary>Whether the note is of a phone call.</summary>
    [BindProperty(Name = "call")]
    public bool Call { get; set; }

    public TicketView View { get; private set; } = null!;

    /// <summary>What rules did here; read only where it is shown.</summary>
    public AutomationView? Automation { get; private set; }

    /// <summary>How many runs of rules there are to show.</summary>
    public int RuleRuns { get; private set; }

    public IReadOnlyList<string> Errors { get; private set; } = [];

    public IReadOnlyList<(string Token, string Name)> KeptFiles { get; private set; } = [];

    /// <summary>The macros that are offered, by their group; the own ones first.</summary>
    public IReadOnlyList<(string Group, IReadOnlyList<OfferedMacro> Macros)> Macros { get; private set; } = [];

    public bool IsWatching => View.State.Watchers.Contains(HttpContext.RequireViewer().Person.Id);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return await CustomerPageAsync(cancellation);
        }

        if (!string.Equals(ticket.State.Key.ToString(), Key, StringComparison.OrdinalIgnoreCase))
        {
            return RedirectToPage(new { key = ticket.State.Key.ToString(), tab = Tab });
        }

        await ReadAsync(ticket, cancellation);
        TakeUpDraft();
        return Page();
    }

    private async Task ReadAsync(TicketSnapshot ticket, CancellationToken cancellation)
    {
        View = await views.ReadAsync(HttpContext.RequireViewer(), ticket, cancellation);
        await ReadDraftsAsync(ticket.State, cancellation);
        await ReadHeldAsync(cancellation);
        var offered = await macros.OfferedAsync(HttpContext.RequireViewer(), ticket.State, cancellation);
        Macros =
        [
            .. offered
                .GroupBy(macro => macro.Macro.Group?.ToString() ?? texts[macro.IsOwn ? "macro.own" : "macro.other"])
                .Select(group => (group.Key, (IReadOnlyList<OfferedMacro>)[.. group])),
        ];
        RuleRuns = await automation.CountAsync(ticket.State.Id, cancellation);
        Automation = Tab == "automation" ? await automation.ReadAsync(ticket.State, cancellation) : null;
    }

    private Task<TicketSnapshot?> FindAsync(CancellationToken cancellation) =>
        opened.FindAsync(HttpContext.RequireViewer(), Key, cancellation);

    // An agent may be a customer of another desk: such a ticket is shown in the portal.
    private async Task<IActionResult> CustomerPageAsync(CancellationToken cancellation)
    {
        var mine = TicketKey.TryParse(Key, out var key)
            ? await tickets.FindByKeyAsync(HttpContext.RequireViewer(), key, cancellation)
            : null;
        return mine is null ? NotFound() : Redirect(Url.Content($"~/portal/requests/{mine.State.Key}"));
    }

    private async Task<IActionResult> SendAsync(
        TicketCommand command,
        string done,
        CancellationToken cancellation,
        long? version = null
    )
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        var viewer = HttpContext.RequireViewer();
        var envelope = new CommandEnvelope(command, Actor.Of(viewer.Person.Id))
        {
            Viewer = viewer,
            ExpectedVersion = version,
        };
        var answer = await grains.SendAsync(ticket.State.Id, envelope, cancellation);
        if (answer.IsAccepted)
        {
            TempData["Done"] = texts[done];
            return RedirectToPage(new { key = answer.Ticket!.State.Key.ToString(), tab = Tab });
        }

        return await RefuseAsync(answer.Refusals, ticket, cancellation);
    }

    private async Task<IActionResult> RefuseAsync(
        ValueList<Refusal> refusals,
        TicketSnapshot ticket,
        CancellationToken cancellation
    )
    {
        Errors = [.. refusals.Select(texts.Say)];
        return await ShowAsync(ticket, RefusalStatus.Of(refusals[0].Kind), cancellation);
    }

    private async Task<IActionResult> ShowAsync(TicketSnapshot ticket, int status, CancellationToken cancellation)
    {
        Response.StatusCode = status;
        await ReadAsync(ticket, cancellation);
        return Page();
    }
}
