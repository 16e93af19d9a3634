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

/// <summary>The screen of a transition that asks for something: a resolution, fields.</summary>
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

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        await DrawAsync(fields.Fill(Ticket.State.Fields), cancellation);
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
        await posted.CheckAsync(viewer, values, Ticket.State.Fields, Errors, [.. fields.Names], cancellation);
        if (!Errors.Any)
        {
            var command = new TransitionTicket(Transition.Id, Empty(Resolution), values);
            var envelope = CommandEnvelope.By(viewer, command);
            var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts["workspace.done-moved"];
                return RedirectToPage("/Workspace/Ticket", new { key = Key });
            }

            Errors.Add(answer.Refusals, [.. fields.Names, "resolution"]);
            Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
        }
        else
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        await DrawAsync(fields, cancellation);
        return Page();
    }

    private async Task<TypedFields?> FindAsync(CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        Errors = new FormErrors(texts, snapshot);
        if (await opened.FindAsync(HttpContext.RequireViewer(), Key, cancellation) is not { } ticket)
        {
            return null;
        }

        Ticket = ticket;
        var transition = snapshot
            .WorkflowOf(ticket.State.Type)
            ?.TransitionsFrom(ticket.State.Status)
            .FirstOrDefault(candidate => candidate.Id == Id);
        if (transition is null)
        {
            return null;
        }

        Transition = transition;
        return new TypedFields(
            [.. FieldsOf(transition, ticket.State, snapshot)],
            times.Zone,
            KnownFiles.In(ticket.State.Fields)
        );
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
