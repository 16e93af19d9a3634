using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Bulk;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Scripting.Uses;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>
/// One value of a ticket, changed from its line in a list: priority, assignee, or a status that asks for nothing more. Refused
/// when the ticket is no longer as the line showed it.
/// </summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class InlineModel(
    OpenedTicket opened,
    ITicketGrains grains,
    TicketLines lines,
    AgentDirectory agents,
    IPeopleStore people,
    TicketCondition condition,
    ScriptGuards guards,
    WholeTickets wholes,
    ICurrentConfiguration configuration,
    BulkWords words,
    IClock clock,
    ITexts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary><c>priority</c>, <c>assignee</c> or <c>status</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "what")]
    public string What { get; set; } = "";

    /// <summary>The version that the line showed.</summary>
    [BindProperty(SupportsGet = true, Name = "version")]
    public long Version { get; set; }

    public TicketSnapshot Ticket { get; private set; } = null!;

    /// <summary>What can be chosen, with where a choice leads that asks for more.</summary>
    public IReadOnlyList<(string Value, string Name, string? Address)> Choices { get; private set; } = [];

    /// <summary>The value as it is.</summary>
    public string Current { get; private set; } = "";

    /// <summary>Why it was refused, or that it was done.</summary>
    public string? Said { get; private set; }

    /// <summary>The line as it is now, and its columns; null where the menu is shown.</summary>
    public (TicketLine Line, IReadOnlyList<string> Columns)? Line { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        await ReadAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? value, string? columns, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        await ReadAsync(cancellation);
        var viewer = HttpContext.RequireViewer();
        if (
            value is null
            || (
                What == "assignee"
                && value.Length > 0
                && !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            )
        )
        {
            return BadRequest();
        }

        var envelope = CommandEnvelope.By(viewer, Command(value)) with { ExpectedVersion = Version };
        var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
        var isFromList = Request.Headers.ContainsKey("HX-Request");
        if (answer.IsAccepted)
        {
            if (!isFromList)
            {
                TempData["Done"] = texts["workspace.done-saved"];
                return RedirectToPage("/Workspace/Ticket", new { key = Key });
            }
        }
        else
        {
            Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
            Said = answer.Refusals.Any(refusal => refusal.Kind == RefusalKind.Stale)
                ? texts.Format("bulk.inline-stale", Key)
                : string.Join(" ", answer.Refusals.Select(words.Say));
            await FindAsync(cancellation);
            await ReadAsync(cancellation);
            Version = Ticket.State.Version;
        }

        Line = isFromList ? await LineAsync(viewer, columns, cancellation) : null;
        return Page();
    }

    private TicketCommand Command(string value) =>
        What switch
        {
            "priority" => new SetPriority(
                Enum.TryParse<Priority>(value, ignoreCase: true, out var priority) ? priority : default
            ),
            "assignee" => new AssignTicket(
                long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var person)
                    ? new PersonId(person)
                    : null,
                Ticket.State.Team
            ),
            _ => new TransitionTicket(value, null, ValueMap<FieldValue?>.Empty),
        };

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        Ticket = (await opened.FindAsync(HttpContext.RequireViewer(), Key, cancellation))!;
        return Ticket is not null && What is "priority" or "assignee" or "status";
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var state = Ticket.State;
        (Choices, Current) = What switch
        {
            "priority" => (
                [
                    .. Enum.GetValues<Priority>()
                        .Reverse()
                        .Select(one =>
                            (
                                one.ToString(),
                                texts[$"common.priority-{one.ToString().ToLowerInvariant()}"],
                                (string?)null
                            )
                        ),
                ],
                state.Priority.ToString()
            ),
            "assignee" => (await AgentsAsync(state, cancellation), state.Assignee?.ToString() ?? ""),
            _ => (await StatusesAsync(cancellation), state.Status),
        };
    }

    private async Task<IReadOnlyList<(string, string, string?)>> AgentsAsync(
        TicketState state,
        CancellationToken cancellation
    )
    {
        var desks = configuration.Snapshot.TryGet<DeskDocument>(state.Desk, out var desk) ? new[] { desk } : [];
        var found = await agents.OfAsync(desks, await people.TeamsAsync(cancellation), cancellation);
        var names = await agents.NamesAsync(found, cancellation);
        var me = HttpContext.RequireViewer().Person.Id;
        return
        [
            .. found
                .OrderByDescending(agent => agent.Id == me)
                .Select(agent => (agent.Id.ToString(), names[agent.Id], (string?)null)),
            ("", texts["workspace.nobody"], null),
        ];
    }

    private async Task<IReadOnlyList<(string, string, string?)>> StatusesAsync(CancellationToken cancellation)
    {
        var (viewer, snapshot) = (HttpContext.RequireViewer(), configuration.Snapshot);
        var whole = await wholes.OfAsync(viewer, Ticket, cancellation);
        var ways = await guards.OfferedAsync(
            whole,
            TransitionOffer.For(viewer, whole, snapshot, condition, clock.GetCurrentInstant()),
            cancellation
        );
        return
        [
            .. ways.Select(way =>
                (
                    way.Id,
                    way.Name.ToString(),
                    Asks(way, viewer, whole.State, snapshot)
                        ? Url.Page("/Workspace/Transition", new { key = Ticket.State.Key.ToString(), id = way.Id })
                        : null
                )
            ),
        ];
    }

    private static bool Asks(WorkflowTransition way, Viewer viewer, TicketState ticket, IConfiguration snapshot) =>
        way.RequiresResolution
        || way.Screen.Count > 0
        || FieldNeeds
            .Of(way, ticket.Type, snapshot)
            .Concat(FieldNeeds.ToLeave(viewer, ticket.Status, ticket.Type, snapshot))
            .Any(field => ticket.Fields.Find(field) is null);

    private async Task<(TicketLine, IReadOnlyList<string>)?> LineAsync(
        Viewer viewer,
        string? columns,
        CancellationToken cancellation
    )
    {
        var shown = (columns ?? "").Split(',').Where(ListColumns.IsDrawn).Distinct().ToList();
        var seen = shown.Count > 0 ? lines.Seen(viewer, shown) : ListColumns.Default;
        var page = await lines.ReadAsync(viewer, $"key = {Ticket.State.Key}", 1, null, seen, cancellation);
        return page.Items is [var line] ? (line, seen) : null;
    }
}
