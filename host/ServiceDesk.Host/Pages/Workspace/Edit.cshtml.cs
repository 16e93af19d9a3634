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

/// <summary>
/// Changes a ticket's words, labels and fields. It writes only what was typed: what somebody else wrote meanwhile stays, and where both did
/// one is asked again.
/// </summary>
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
    private const int MostTries = 3;

    private readonly TypedText summary = new(
        new FieldInput("summary", texts["workspace.summary"], FieldKind.Text) { IsRequired = true, MaxLength = 255 },
        words => words.Trim()
    );
    private readonly TypedText description = new(
        new FieldInput("description", texts["workspace.description"], FieldKind.LongText) { MaxLength = 100_000 },
        words => words.ReplaceLineEndings("\n")
    );
    private readonly TypedText labels = new(
        new FieldInput("labels", texts["workspace.labels"], FieldKind.Text) { Help = texts["workspace.labels-help"] },
        words => string.Join(' ', LabelsIn(words.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal))
    );

    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    public TicketSnapshot Ticket { get; private set; } = null!;

    public FormErrors Errors { get; private set; } = null!;

    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } fields)
        {
            return NotFound();
        }

        summary.Draw(Ticket.State.Summary);
        description.Draw(Ticket.State.Description);
        labels.Draw(Written(Ticket.State.Labels));
        return await ShowAsync(fields.Draw(Ticket.State.Fields), cancellation);
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
        for (var again = MostTries; ; again--)
        {
            var command = Changes(fields, values);
            await posted.CheckAsync(
                viewer,
                command.Fields!,
                Ticket.State.Fields,
                Errors,
                [.. fields.Names],
                cancellation
            );
            if (Errors.Any)
            {
                var hasNewer = fields.HasNewer || summary.HasNewer || description.HasNewer || labels.HasNewer;
                Response.StatusCode = hasNewer
                    ? StatusCodes.Status412PreconditionFailed
                    : StatusCodes.Status422UnprocessableEntity;
                return await ShowAsync(fields, cancellation);
            }

            var envelope = CommandEnvelope.By(viewer, command) with { ExpectedVersion = Ticket.State.Version };
            var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts["workspace.done-saved"];
                return RedirectToPage("/Workspace/Ticket", new { key = answer.Ticket!.State.Key.ToString() });
            }

            // Somebody was faster by a moment: whether that meets what was typed is looked at again.
            var isStale = answer.Refusals.Any(refusal => refusal.Kind == RefusalKind.Stale);
            if (!isStale || again == 0 || !await ReadAsync(cancellation))
            {
                Errors.Add(answer.Refusals, [.. fields.Names, summary.Name, description.Name, labels.Name]);
                Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
                return await ShowAsync(fields, cancellation);
            }
        }
    }

    private EditTicket Changes(TypedFields fields, ValueMap<FieldValue?> values)
    {
        var (state, sent) = (Ticket.State, Request.Form);
        return new EditTicket(
            summary.Change(sent, state.Summary, Errors),
            description.Change(sent, state.Description, Errors),
            ValueMap<FieldValue?>.From(
                fields
                    .Changes(values, state.Fields, sent, Errors)
                    .Where(field => !Equals(state.Fields.Find(field.Key), field.Value))
            ),
            labels.Change(sent, Written(state.Labels), Errors) is { } words ? LabelsIn(words) : null
        );
    }

    private static string Written(ValueList<string> labels) => string.Join(", ", labels);

    private static ValueList<string> LabelsIn(string words) =>
        words.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToValueList();

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        if (await opened.FindAsync(HttpContext.RequireViewer(), Key, cancellation) is not { } ticket)
        {
            return false;
        }

        Ticket = ticket;
        return true;
    }

    private async Task<TypedFields?> FindAsync(CancellationToken cancellation)
    {
        var (snapshot, viewer) = (configuration.Snapshot, HttpContext.RequireViewer());
        Errors = new FormErrors(texts, snapshot);
        return await ReadAsync(cancellation)
            ? new TypedFields(
                [.. FieldsOf(viewer, Ticket.State, snapshot)],
                times.Zone,
                KnownFiles.In(Ticket.State.Fields)
            )
            : null;
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

    private async Task<IActionResult> ShowAsync(TypedFields fields, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var (state, snapshot) = (Ticket.State, configuration.Snapshot);
        var needed = FieldNeeds.ToLeave(viewer, state.Status, state.Type, snapshot).ToHashSet(StringComparer.Ordinal);
        var offers = await directory.OffersAsync(viewer, fields.Kinds, fields.Held, cancellation);
        Inputs =
        [
            summary.Input(Errors),
            description.Input(Errors),
            .. fields.Inputs(Errors, offers, needed.Contains),
            labels.Input(Errors),
        ];
        return Page();
    }
}
