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

namespace ServiceDesk.Host.Pages.Workflows;

/// <summary>
/// The screen of a transition that asks for something: a resolution, fields. It writes only what was typed: what somebody else
/// wrote meanwhile stays, and where both did one is asked again.
/// </summary>
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public abstract class TransitionScreen(
    ITicketGrains grains,
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

    /// <summary>The ticket.</summary>
    public TicketSnapshot Ticket { get; private set; } = null!;

    /// <summary>The transition.</summary>
    public WorkflowTransition Transition { get; private set; } = null!;

    /// <summary>Whether the ticket's status still leads this way.</summary>
    public bool IsOffered { get; private set; }

    /// <summary>What is wrong.</summary>
    public FormErrors Errors { get; private set; } = null!;

    /// <summary>What is asked.</summary>
    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    /// <summary>Who reads.</summary>
    protected Viewer Viewer => HttpContext.RequireViewer();

    /// <summary>The configuration of the moment.</summary>
    protected IConfiguration Snapshot => configuration.Snapshot;

    /// <summary>The words for the resolution, and for what was done.</summary>
    protected abstract (string Resolution, string Done) Words { get; }

    /// <summary>Shows the questions.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        var drawn = fields.Draw(Ticket.State.Fields);
        return IsOffered ? await ShowAsync(drawn, cancellation) : await GoneAsync(drawn, cancellation);
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
            if (!IsOffered)
            {
                return await GoneAsync(fields, cancellation);
            }

            var changes = fields.Changes(values, Ticket.State.Fields, Request.Form, Errors);
            await posted.CheckAsync(Viewer, changes, Ticket.State.Fields, Errors, [.. fields.Names], cancellation);
            if (Errors.Any)
            {
                Response.StatusCode = fields.HasNewer
                    ? StatusCodes.Status412PreconditionFailed
                    : StatusCodes.Status422UnprocessableEntity;
                return await ShowAsync(fields, cancellation);
            }

            var resolution = string.IsNullOrWhiteSpace(Resolution) ? null : Resolution;
            var command = new TransitionTicket(Transition.Id, resolution, changes);
            var envelope = CommandEnvelope.By(Viewer, command) with { ExpectedVersion = Ticket.State.Version };
            var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts[Words.Done];
                return Back();
            }

            // Somebody was faster by a moment: whether that meets what was typed is looked at again.
            var isStale = answer.Refusals.Any(refusal => refusal.Kind == RefusalKind.Stale);
            if (!isStale || again == 0 || !await ReadAsync(cancellation))
            {
                Errors.Add(answer.Refusals, [.. fields.Names, "resolution"]);
                Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
                return await ShowAsync(fields, cancellation);
            }
        }
    }

    /// <summary>The ticket with the transition, and whether it is offered now; null where the reader knows of none.</summary>
    protected abstract Task<(TicketSnapshot Ticket, WorkflowTransition Way, bool IsOffered)?> WayAsync(
        CancellationToken cancellation
    );

    /// <summary>Which fields must be filled.</summary>
    protected abstract IReadOnlyCollection<string> Needs { get; }

    /// <summary>Whether the reader may fill a field here, besides what access to fields says.</summary>
    protected abstract bool MayAsk(FieldDocument field);

    /// <summary>What fields of people, organizations and teams offer.</summary>
    protected abstract Task<FieldOffers> OffersAsync(TypedFields fields, CancellationToken cancellation);

    /// <summary>To the ticket.</summary>
    protected abstract IActionResult Back();

    // The page stays with what was typed, and says why it leads nowhere.
    private Task<IActionResult> GoneAsync(TypedFields fields, CancellationToken cancellation)
    {
        var status = Snapshot.WorkflowOf(Ticket.State.Type)?.Status(Ticket.State.Status)?.Name.ToString();
        Errors.Add(null, "workspace.moved-meanwhile", status ?? Ticket.State.Status, Transition.Name.ToString());
        Response.StatusCode = StatusCodes.Status409Conflict;
        return ShowAsync(fields, cancellation);
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        if (await WayAsync(cancellation) is not var (ticket, way, isOffered))
        {
            return false;
        }

        (Ticket, Transition, IsOffered) = (ticket, way, isOffered);
        return true;
    }

    private async Task<TypedFields?> FindAsync(CancellationToken cancellation)
    {
        Errors = new FormErrors(texts, Snapshot);
        if (!await ReadAsync(cancellation))
        {
            return null;
        }

        var fields = Fields().ToList();
        var shown = fields.Select(field => field.Id).ToHashSet(StringComparer.Ordinal);
        return new TypedFields(
            fields,
            times.Zone,
            // A file of a field that is not asked here is none that could be named.
            KnownFiles.In(ValueMap<FieldValue>.From(Ticket.State.Fields.Where(held => shown.Contains(held.Key))))
        );
    }

    private IEnumerable<FieldDocument> Fields()
    {
        foreach (var id in Transition.Screen.Concat(Needs).Distinct(StringComparer.Ordinal))
        {
            if (
                Snapshot.TryGet<FieldDocument>(id, out var field)
                && field.Script is null
                && MayAsk(field)
                && FieldSight.Of(Viewer, field, Ticket.State.Status) is null or >= FieldAccess.Edit
            )
            {
                yield return field;
            }
        }
    }

    private async Task<IActionResult> ShowAsync(TypedFields fields, CancellationToken cancellation)
    {
        var offers = await OffersAsync(fields, cancellation);
        var inputs = fields.Inputs(Errors, offers, Needs.Contains).ToList();
        if (Transition.RequiresResolution)
        {
            var resolutions = Snapshot.WorkflowOf(Ticket.State.Type)?.Resolutions ?? [];
            inputs.Insert(
                0,
                new FieldInput("resolution", texts[Words.Resolution], FieldKind.Choice)
                {
                    IsRequired = true,
                    Value = Resolution ?? Transition.Resolution ?? "",
                    Choices = [.. resolutions.Select(one => (one.Id, one.Name.ToString()))],
                    Error = Errors["resolution"],
                }
            );
        }

        Inputs = inputs;
        return Page();
    }
}
