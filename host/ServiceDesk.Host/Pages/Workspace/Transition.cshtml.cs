using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The screen of a transition that asks for something: a resolution, fields. It writes only what was typed: what somebody else wrote meanwhile stays, and where both did one is asked again.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class TransitionModel(
    OpenedTicket opened,
    ITicketGrains grains,
    PersonDirectory directory,
    PostedFields posted,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    private const int MostTries = 3;

    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty(Name = "resolution")]
    public string? Resolution { get; set; }

    public TicketSnapshot Ticket { get; private set; } = null!;

    public WorkflowTransition Transition { get; private set; } = null!;

    public FormErrors Errors { get; private set; } = null!;

    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    /// <summary>Whether the ticket's status still leads this way.</summary>
    public bool IsOffered { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        if (!IsOffered)
        {
            return await GoneAsync(fields.Draw(Ticket.State.Fields), cancellation);
        }

        await DrawAsync(fields.Draw(Ticket.State.Fields), cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        var viewer = HttpContext.RequireViewer();
        var typed = await posted.TakeAsync(Request.Form, fields.Fields, viewer, Errors, fields.Files, cancellation);
        var values = fields.Fill(typed).Read(Errors);
        for (var again = MostTries; ; again--)
        {
            if (!IsOffered)
            {
                return await GoneAsync(fields, cancellation);
            }

            var changes = fields.Changes(values, Ticket.State.Fields, Request.Form, Errors);
            await posted.CheckAsync(viewer, changes, Ticket.State.Fields, Errors, [.. fields.Names], cancellation);
            if (Errors.Any)
            {
                Response.StatusCode = fields.HasNewer
                    ? StatusCodes.Status412PreconditionFailed
                    : StatusCodes.Status422UnprocessableEntity;
                break;
            }

            var command = new TransitionTicket(Transition.Id, Empty(Resolution), changes);
            var envelope = CommandEnvelope.By(viewer, command) with { ExpectedVersion = Ticket.State.Version };
            var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts["workspace.done-moved"];
                return RedirectToPage("/Workspace/Ticket", new { key = Key });
            }

            // Somebody was faster by a moment: whether that meets what was typed is looked at again.
            var isStale = answer.Refusals.Any(refusal => refusal.Kind == RefusalKind.Stale);
            if (!isStale || again == 0 || !await ReadAsync(cancellation))
            {
                Errors.Add(answer.Refusals, [.. fields.Names, "resolution"]);
                Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
                break;
            }
        }

        await DrawAsync(fields, cancellation);
        return Page();
    }

    // The page stays with what was typed, and says why it leads nowhere.
    private async Task<IActionResult> GoneAsync(TypedFields fields, CancellationToken cancellation)
    {
        var workflow = configuration.Snapshot.WorkflowOf(Ticket.State.Type);
        var status = workflow?.Status(Ticket.State.Status)?.Name.ToString() ?? Ticket.State.Status;
        Errors.Add(null, "workspace.moved-meanwhile", status, Transition.Name.ToString());
        Response.StatusCode = StatusCodes.Status409Conflict;
        await DrawAsync(fields, cancellation);
        return Page();
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        if (await opened.FindAsync(HttpContext.RequireViewer(), Key, cancellation) is not { } ticket)
        {
            return false;
        }

        var workflow = configuration.Snapshot.WorkflowOf(ticket.State.Type);
        var offered = workflow?.TransitionsFrom(ticket.State.Status).FirstOrDefault(way => way.Id == Id);
        (Ticket, IsOffered) = (ticket, offered is not null);
        Transition = (offered ?? workflow?.Transitions.FirstOrDefault(way => way.Id == Id))!;
        return Transition is not null;
    }

    private async Task<TypedFields?> FindAsync(CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        Errors = new FormErrors(texts, snapshot);
        return await ReadAsync(cancellation)
            ? new TypedFields(
                [.. FieldsOf(Transition, Ticket.State, snapshot)],
                times.Zone,
                KnownFiles.In(Ticket.State.Fields)
            )
            : null;
    }

    private async Task DrawAsync(TypedFields fields, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var offers = await directory.OffersAsync(viewer, fields.Kinds, fields.Held, cancellation);
        var needs = NeedsOf(Transition, Ticket.State, configuration.Snapshot);
        var inputs = fields.Inputs(Errors, offers, needs.Contains).ToList();
        var resolutions = configuration.Snapshot.WorkflowOf(Ticket.State.Type)?.Resolutions ?? [];
        if (Transition.RequiresResolution)
        {
            inputs.Insert(
                0,
                new FieldInput("resolution", texts["workspace.resolution"], FieldKind.Choice)
                {
                    IsRequired = true,
                    Value = Resolution ?? "",
                    Choices = [.. resolutions.Select(r => (r.Id, r.Name.ToString()))],
                    Error = Errors["resolution"],
                }
            );
        }

        Inputs = inputs;
    }

    private List<string> NeedsOf(WorkflowTransition transition, TicketState ticket, IConfiguration snapshot) =>
        [
            .. FieldNeeds
                .Of(transition, ticket.Type, snapshot)
                .Concat(FieldNeeds.ToLeave(HttpContext.RequireViewer(), ticket.Status, ticket.Type, snapshot)),
        ];

    private IEnumerable<FieldDocument> FieldsOf(
        WorkflowTransition transition,
        TicketState ticket,
        IConfiguration snapshot
    )
    {
        var viewer = HttpContext.RequireViewer();
        var needs = NeedsOf(transition, ticket, snapshot);
        foreach (var id in transition.Screen.Concat(needs).Distinct(StringComparer.Ordinal))
        {
            if (
                snapshot.TryGet<FieldDocument>(id, out var field)
                && field.Script is null
                && FieldSight.Of(viewer, field, ticket.Status) is null or >= FieldAccess.Edit
            )
            {
                yield return field;
            }
        }
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
