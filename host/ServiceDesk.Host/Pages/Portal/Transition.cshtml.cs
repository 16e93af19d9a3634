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
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>What a transition asks its customer: a resolution, and those of its fields that customers see.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class PortalTransitionModel(
    ITicketQueries queries,
    ITicketGrains grains,
    RequestReader reader,
    Colleagues colleagues,
    OrganizationChoice organizations,
    PostedFields posted,
    IPeople people,
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

    private Viewer Viewer => HttpContext.RequireViewer();

    /// <summary>Shows the questions.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        await DrawAsync(fields.Draw(Ticket.State.Fields), cancellation);
        return Page();
    }

    /// <summary>Takes the transition, or shows what was typed again and why not.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        var typed = await posted.TakeAsync(Request.Form, fields.Fields, Viewer, Errors, fields.Files, cancellation);
        var values = fields.Fill(typed).Read(Errors);
        for (var again = MostTries; ; again--)
        {
            // As on the agents' page: what somebody else wrote meanwhile is not written back.
            var changes = fields.Changes(values, Ticket.State.Fields, Request.Form, Errors);
            await posted.CheckAsync(Viewer, changes, Ticket.State.Fields, Errors, [.. fields.Names], cancellation);
            if (Errors.Any)
            {
                break;
            }

            var command = new TransitionTicket(
                Transition.Id,
                string.IsNullOrWhiteSpace(Resolution) ? null : Resolution,
                changes
            );
            var envelope = CommandEnvelope.By(Viewer, command) with { ExpectedVersion = Ticket.State.Version };
            var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts["portal.changed"];
                return LocalRedirect(Url.Content($"~/portal/requests/{Ticket.State.Key}"));
            }

            var isStale = answer.Refusals.Any(refusal => refusal.Kind == RefusalKind.Stale);
            if (!isStale || again == 0 || await FindAsync(cancellation) is null)
            {
                Errors.Add(answer.Refusals, [.. fields.Names, "resolution"]);
                break;
            }
        }

        Response.StatusCode = fields.HasNewer
            ? StatusCodes.Status412PreconditionFailed
            : StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(fields, cancellation);
        return Page();
    }

    // A way that is not the customer's now looks as if there were none.
    private async Task<TypedFields?> FindAsync(CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        Errors = new FormErrors(texts, snapshot);
        if (
            !TicketKey.TryParse(Key, out var parsed)
            || await queries.FindByKeyAsync(Viewer, parsed, cancellation) is not { } ticket
            || await reader.WayAsync(Viewer, ticket, Id, cancellation) is not { } way
        )
        {
            return null;
        }

        (Ticket, Transition) = (ticket, way);
        var fields = FieldsOf(way, ticket.State, snapshot).ToList();
        var shown = fields.Select(field => field.Id).ToHashSet(StringComparer.Ordinal);
        return new TypedFields(
            fields,
            times.Zone,
            // A file of a field that the customer does not see is none that could be named.
            KnownFiles.In(ValueMap<FieldValue>.From(ticket.State.Fields.Where(held => shown.Contains(held.Key))))
        );
    }

    private IEnumerable<FieldDocument> FieldsOf(WorkflowTransition way, TicketState ticket, IConfiguration snapshot)
    {
        foreach (var id in way.Screen.Concat(way.RequiredFields).Distinct(StringComparer.Ordinal))
        {
            if (
                snapshot.TryGet<FieldDocument>(id, out var field)
                // Customers know no teams.
                && field is { Script: null, CustomersSee: true, Kind: not FieldKind.Team }
                && FieldSight.Of(Viewer, field, ticket.Status) is null or >= FieldAccess.Edit
            )
            {
                yield return field;
            }
        }
    }

    private async Task DrawAsync(TypedFields fields, CancellationToken cancellation)
    {
        var mine = await organizations.OfAsync(Viewer, Viewer.Person, cancellation);
        var held = await people.GroupNamesAsync(fields.Held, cancellation);
        var offers = new FieldOffers(
            await colleagues.OfAsync(Viewer.Person.Organizations, fields.Held, cancellation),
            [
                .. mine.Select(one => (one.Id.ToString(), one.Name))
                    .Concat(
                        held.Where(one => one.Key is OrganizationValue)
                            .Select(one => (((OrganizationValue)one.Key).Organization.ToString(), one.Value))
                    )
                    .Distinct(),
            ],
            []
        )
        {
            Finder = "/Portal/People",
        };
        var inputs = fields.Inputs(Errors, offers, id => Transition.RequiredFields.Contains(id)).ToList();
        if (Transition.RequiresResolution)
        {
            var resolutions = configuration.Snapshot.WorkflowOf(Ticket.State.Type)?.Resolutions ?? [];
            inputs.Insert(
                0,
                new FieldInput("resolution", texts["portal.resolution"], FieldKind.Choice)
                {
                    IsRequired = true,
                    Value = Resolution ?? "",
                    Choices = [.. resolutions.Select(one => (one.Id, one.Name.ToString()))],
                    Error = Errors["resolution"],
                }
            );
        }

        Inputs = inputs;
    }
}
