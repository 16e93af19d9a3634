using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Branching;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Moves a ticket to another desk: where, then what becomes of status, fields, people and promises, then it is done. What was shown is what is moved.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class MoveModel(
    OpenedTicket opened,
    ITicketGrains grains,
    MovePreviews previews,
    PersonDirectory directory,
    PostedFields posted,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    private const string MapPrefix = "map.";

    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "desk")]
    public string? Desk { get; set; }

    [BindProperty(SupportsGet = true, Name = "type")]
    public string? Type { get; set; }

    [BindProperty(SupportsGet = true, Name = "requestType")]
    public string? RequestType { get; set; }

    /// <summary>The status there.</summary>
    [BindProperty(Name = "status")]
    public string? Status { get; set; }

    /// <summary>The version that the page was drawn from.</summary>
    [BindProperty(Name = "version")]
    public long Version { get; set; }

    public TicketSnapshot Ticket { get; private set; } = null!;

    /// <summary>Where it goes, and where else it could.</summary>
    public OpeningPlace Place { get; private set; } = null!;

    /// <summary>What the move would make of it; null when it cannot go anywhere.</summary>
    public MovePreview? Preview { get; private set; }

    /// <summary>Inputs for fields that are needed there.</summary>
    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    public FormErrors Errors { get; private set; } = null!;

    /// <summary>The form's name of the choice where a field's value goes.</summary>
    public static string NameOf(MovedField field) => MapPrefix + field.Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        Version = Ticket.State.Version;
        var fields = await PreviewAsync(ValueMap<string?>.Empty, cancellation);
        await DrawAsync(fields, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var mapping = ValueMap<string?>.From(
            Request
                .Form.Where(sent => sent.Key.StartsWith(MapPrefix, StringComparison.Ordinal))
                .Select(sent =>
                    KeyValuePair.Create(
                        sent.Key[MapPrefix.Length..],
                        string.IsNullOrEmpty(sent.Value) ? null : sent.Value.ToString()
                    )
                )
        );
        var viewer = HttpContext.RequireViewer();
        var fields = await PreviewAsync(mapping, cancellation);
        var typed = await posted.TakeAsync(Request.Form, fields.Fields, viewer, Errors, fields.Files, cancellation);
        var values = fields.Fill(typed).Read(Errors);
        await posted.CheckAsync(viewer, values, Ticket.State.Fields, Errors, [.. fields.Names], cancellation);
        if (!Errors.Any && Desk is not null)
        {
            var envelope = CommandEnvelope.By(viewer, Command(mapping) with { Values = values }) with
            {
                ExpectedVersion = Version,
            };
            var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
            if (answer.IsAccepted)
            {
                var key = answer.Ticket!.State.Key.ToString();
                TempData["Done"] = texts.Format("workspace.done-moved-desk", key);
                return RedirectToPage("/Workspace/Ticket", new { key });
            }

            Errors.Add(answer.Refusals, [.. fields.Names, "status"]);
            Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
        }
        else
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        // Once more from here on, in view of what is there now.
        Version = Ticket.State.Version;
        await DrawAsync(fields, cancellation);
        return Page();
    }

    /// <summary>The name that people know a promise by.</summary>
    public string NameOf(MovedClock clock) =>
        NamedClock.Read([(clock.After ?? clock.Before)!], times.Now, configuration.Snapshot, null)[0].Name;

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var (snapshot, viewer) = (configuration.Snapshot, HttpContext.RequireViewer());
        Errors = new FormErrors(texts, snapshot);
        if (await opened.FindAsync(viewer, Key, cancellation) is not { } ticket)
        {
            return false;
        }

        Ticket = ticket;
        var (desk, type, requestType) = (Desk, Type, RequestType);
        Place = OpeningPlace.Of(
            viewer,
            snapshot,
            Desk,
            Type ?? ticket.State.Type,
            RequestType,
            except: ticket.State.Desk
        );
        if (HttpMethods.IsPost(Request.Method) && !Place.Is(desk, type, requestType))
        {
            Errors.Add(null, "workspace.place-gone");
        }

        (Desk, Type, RequestType) = (Place.Desk, Place.Type, Place.RequestType);
        return true;
    }

    private MoveTicket Command(ValueMap<string?> mapping) =>
        new(Desk!, Type)
        {
            RequestType = RequestType,
            Status = string.IsNullOrEmpty(Status) ? null : Status,
            Fields = mapping,
        };

    // Fields that are needed are those that lack a value before anything is typed.
    private async Task<TypedFields> PreviewAsync(ValueMap<string?> mapping, CancellationToken cancellation)
    {
        if (Desk is null || Type is null)
        {
            return new TypedFields([], times.Zone);
        }

        var viewer = HttpContext.RequireViewer();
        (Preview, var refusals) = await previews.OfAsync(viewer, Ticket, Command(mapping), cancellation);
        if (Preview is null)
        {
            Errors.Add(refusals, []);
        }

        return new TypedFields(Preview?.Missing ?? [], times.Zone);
    }

    private async Task DrawAsync(TypedFields fields, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var offers = await directory.OffersAsync(viewer, fields.Kinds, fields.Held, cancellation);
        Inputs = [.. fields.Inputs(Errors, offers, _ => true)];
    }
}
