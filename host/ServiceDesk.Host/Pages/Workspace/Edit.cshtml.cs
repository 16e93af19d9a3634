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

/// <summary>Changes a ticket's words, labels and fields. Nobody's newer change is overwritten.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class EditModel(
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

    /// <summary>The version that the form was drawn from.</summary>
    [BindProperty(Name = "version")]
    public long Version { get; set; }

    [BindProperty(Name = "summary")]
    public string? Summary { get; set; }

    [BindProperty(Name = "description")]
    public string? Description { get; set; }

    [BindProperty(Name = "labels")]
    public string? Labels { get; set; }

    public TicketSnapshot Ticket { get; private set; } = null!;

    public FormErrors Errors { get; private set; } = null!;

    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        (Version, Summary, Description) = (Ticket.State.Version, Ticket.State.Summary, Ticket.State.Description);
        Labels = string.Join(", ", Ticket.State.Labels);
        await DrawAsync(fields.Fill(Ticket.State.Fields), cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        var viewer = HttpContext.RequireViewer();
        var typed = await posted.TakeAsync(Request.Form, fields.Fields, viewer, Errors, fields.Files, cancellation);
        var values = fields.Fill(typed).Read(Errors);
        await posted.CheckAsync(viewer, values, Ticket.State.Fields, Errors, [.. fields.Names], cancellation);
        if (Errors.Any)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await DrawAsync(fields, cancellation);
            return Page();
        }

        var changed = values.Where(field => !Equals(Ticket.State.Fields.Find(field.Key), field.Value));
        var command = new EditTicket(
            Summary ?? "",
            (Description ?? "").ReplaceLineEndings("\n"),
            ValueMap<FieldValue?>.From(changed),
            (Labels ?? "")
                .Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .ToValueList()
        );
        return await SendAsync(command, fields, cancellation);
    }

    private async Task<IActionResult> SendAsync(
        TicketCommand command,
        TypedFields fields,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        var envelope = new CommandEnvelope(command, Actor.Of(viewer.Person.Id))
        {
            Viewer = viewer,
            ExpectedVersion = Version,
        };
        var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
        if (answer.IsAccepted)
        {
            TempData["Done"] = texts["workspace.done-saved"];
            return RedirectToPage("/Workspace/Ticket", new { key = answer.Ticket!.State.Key.ToString() });
        }

        Errors.Add(answer.Refusals, [.. fields.Names, "summary", "description", "labels"]);
        Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
        await DrawAsync(fields, cancellation);
        return Page();
    }

    private async Task<TypedFields?> FindAsync(CancellationToken cancellation)
    {
        var (snapshot, viewer) = (configuration.Snapshot, HttpContext.RequireViewer());
        Errors = new FormErrors(texts, snapshot);
        if (await opened.FindAsync(viewer, Key, cancellation) is not { } ticket)
        {
            return null;
        }

        Ticket = ticket;
        return new TypedFields(
            [.. FieldsOf(viewer, ticket.State, snapshot)],
            times.Zone,
            KnownFiles.In(ticket.State.Fields)
        );
    }

    private static IEnumerable<FieldDocument> FieldsOf(Viewer viewer, TicketState ticket, IConfiguration snapshot)
    {
        var ids = snapshot.TryGet<TicketTypeDocument>(ticket.Type, out var type) ? type.Fields : [];
        foreach (var id in ids)
        {
            if (snapshot.TryGet<FieldDocument>(id, out var field) && FieldSight.MayChange(viewer, field, ticket.Status))
            {
                yield return field;
            }
        }
    }

    private async Task DrawAsync(TypedFields fields, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var (state, snapshot) = (Ticket.State, configuration.Snapshot);
        var needed = FieldNeeds.ToLeave(viewer, state.Status, state.Type, snapshot).ToHashSet(StringComparer.Ordinal);
        var offers = await directory.OffersAsync(viewer, fields.Kinds, fields.Held, cancellation);
        Inputs =
        [
            new FieldInput("summary", texts["workspace.summary"], FieldKind.Text)
            {
                Value = Summary ?? "",
                IsRequired = true,
                MaxLength = 255,
                Error = Errors["summary"],
            },
            new FieldInput("description", texts["workspace.description"], FieldKind.LongText)
            {
                Value = Description ?? "",
                MaxLength = 100_000,
                Error = Errors["description"],
            },
            .. fields.Inputs(Errors, offers, needed.Contains),
            new FieldInput("labels", texts["workspace.labels"], FieldKind.Text)
            {
                Value = Labels ?? "",
                Help = texts["workspace.labels-help"],
                Error = Errors["labels"],
            },
        ];
    }
}
