using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>An agent opens a ticket, for somebody who called or stands at the desk.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class NewModel(
    ITicketGrains grains,
    PersonDirectory directory,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "desk")]
    public string? Desk { get; set; }

    [BindProperty(SupportsGet = true, Name = "type")]
    public string? Type { get; set; }

    [BindProperty(Name = "requester")]
    public string? Requester { get; set; }

    [BindProperty(Name = "summary")]
    public string? Summary { get; set; }

    [BindProperty(Name = "description")]
    public string? Description { get; set; }

    [BindProperty(Name = "priority")]
    public string? PriorityText { get; set; }

    public IReadOnlyList<DeskDocument> Desks { get; private set; } = [];

    public IReadOnlyList<TicketTypeDocument> Types { get; private set; } = [];

    public FormErrors Errors { get; private set; } = null!;

    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var fields = Choose();
        Requester = HttpContext.RequireViewer().Person.Email;
        await DrawAsync(fields, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var fields = Choose().Fill(Request.Form);
        var values = fields.Read(Errors);
        var requester = await directory.FindOneAsync(HttpContext.RequireViewer(), Requester, cancellation);
        if (requester is null)
        {
            Errors.Add("requester", "workspace.person-unknown", Requester ?? "");
        }

        if (!Errors.Any && Desk is not null && Type is not null)
        {
            var answer = await OpenAsync(requester!.Id, values, cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts["workspace.done-created"];
                return RedirectToPage("/Workspace/Ticket", new { key = answer.Ticket!.State.Key.ToString() });
            }

            Errors.Add(answer.Refusals, [.. fields.Names, "summary", "description", "priority", "requester"]);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(fields, cancellation);
        return Page();
    }

    private Task<GrainAnswer> OpenAsync(
        PersonId requester,
        ValueMap<FieldValue?> values,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        var given = values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!));
        var command = new OpenTicket(
            Desk!,
            Type,
            null,
            Summary ?? "",
            (Description ?? "").ReplaceLineEndings("\n"),
            requester,
            null,
            Enum.TryParse<Priority>(PriorityText, out var priority) ? priority : null,
            ValueMap<FieldValue>.From(given),
            Channel.Workspace
        );
        var envelope = CommandEnvelope.By(viewer, command);
        return grains.OpenAsync(envelope, cancellation);
    }

    // The desk and type of the address, or the first ones that there are.
    private TypedFields Choose()
    {
        var (snapshot, viewer) = (configuration.Snapshot, HttpContext.RequireViewer());
        Errors = new FormErrors(texts, snapshot);
        Desks = [.. snapshot.All<DeskDocument>().Where(d => viewer.WorksOn(d.Id))];
        var desk = Desks.FirstOrDefault(d => d.Id == Desk) ?? Desks.FirstOrDefault(d => d.Types.Count > 0);
        Desk = desk?.Id;
        Types = [.. (desk?.Types ?? []).Select(Find).OfType<TicketTypeDocument>()];
        var type = Types.FirstOrDefault(t => t.Id == Type) ?? (Types.Count > 0 ? Types[0] : null);
        Type = type?.Id;
        return new TypedFields([.. (type?.Fields ?? []).Select(FindField).OfType<FieldDocument>()], times.Zone);

        TicketTypeDocument? Find(string id) => snapshot.TryGet<TicketTypeDocument>(id, out var found) ? found : null;
        FieldDocument? FindField(string id) =>
            snapshot.TryGet<FieldDocument>(id, out var found) && found.Script is null ? found : null;
    }

    private async Task DrawAsync(TypedFields fields, CancellationToken cancellation)
    {
        var people = await directory.ChoicesAsync(HttpContext.RequireViewer(), cancellation);
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
            new FieldInput("priority", texts["workspace.priority"], FieldKind.Choice)
            {
                Value = PriorityText ?? "",
                Choices =
                [
                    .. Enum.GetValues<Priority>()
                        .Reverse()
                        .Select(p => (p.ToString(), texts[$"common.priority-{p.ToString().ToLowerInvariant()}"])),
                ],
                Error = Errors["priority"],
            },
            .. fields.Inputs(Errors, people, _ => false),
        ];
    }
}
