using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Branching;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Makes a message a ticket of its own: where, then its form with the words of the message, then it is done.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class SplitModel(
    OpenedTicket opened,
    TicketBranches branches,
    ITicketGrains grains,
    IPeople people,
    PersonDirectory directory,
    ICurrentConfiguration configuration,
    PostedFiles posted,
    PostedFields postedFields,
    OrganizationChoice organizations,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>The message.</summary>
    [BindProperty(SupportsGet = true, Name = "comment")]
    public long Comment { get; set; }

    [BindProperty(SupportsGet = true, Name = "desk")]
    public string? Desk { get; set; }

    [BindProperty(SupportsGet = true, Name = "type")]
    public string? Type { get; set; }

    [BindProperty(SupportsGet = true, Name = "requestType")]
    public string? RequestType { get; set; }

    [BindProperty(Name = "requester")]
    public string? Requester { get; set; }

    public TicketState Ticket { get; private set; } = null!;

    public SplitMessage Message { get; private set; } = null!;

    /// <summary>The name of who wrote the message.</summary>
    public string Author { get; private set; } = "";

    /// <summary>The ticket that the message has become already; null when it has not.</summary>
    public TicketOffspring? Before { get; private set; }

    /// <summary>Where it is opened, and where else it could be.</summary>
    public OpeningPlace Place { get; private set; } = null!;

    /// <summary>For which organization, where the requester belongs to several; null otherwise.</summary>
    public FieldInput? OrganizationInput { get; private set; }

    public FormErrors Errors { get; private set; } = null!;

    public FormView Form { get; private set; } = new([]);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var form = Choose();
        var requester = await people.FindAsync(Splitting.RequesterOf(Ticket, Message), cancellation);
        Requester = requester is null ? "" : $"{requester.Name} <{requester.Email}>";
        await DrawAsync(form, null, [], requester, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var form = Choose();
        var viewer = HttpContext.RequireViewer();
        var typed = await postedFields.TakeAsync(Request.Form, form.Fields, viewer, Errors, form.Files, cancellation);
        var files = await posted.TakeAsync(typed, viewer, Errors, cancellation);
        var fields = form.Read(typed, Errors);
        await postedFields.CheckAsync(
            viewer,
            fields!,
            ValueMap<FieldValue>.Empty,
            Errors,
            [.. form.Inputs],
            cancellation
        );
        var requester = await directory.FindOneAsync(viewer, Requester, cancellation);
        if (requester is null)
        {
            Errors.Add("requester", "workspace.person-unknown", Requester ?? "");
        }

        if (!Errors.Any && !form.HasMore(typed) && Desk is not null && Type is not null)
        {
            var wish = new SplitWish(Desk, Type, RequestType, Channel.Workspace)
            {
                Summary = typed["summary"].ToString().Trim(),
                Description = typed["description"].ToString().ReplaceLineEndings("\n"),
                Requester = requester!.Id,
                Organization = OrganizationChoice.Read(typed, requester),
                Fields = fields,
                Files = files,
            };
            var command = await branches.SplitAsync(Ticket, Message, wish, cancellation);
            var answer = await grains.OpenAsync(CommandEnvelope.By(viewer, command), cancellation);
            if (answer.IsAccepted)
            {
                return Show(viewer, answer.Ticket!.State);
            }

            Errors.Add(answer.Refusals, [.. form.Inputs, "requester", OrganizationChoice.Name]);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(form, typed, files, requester, cancellation);
        return Page();
    }

    // Who does not work on the other desk stays here.
    private RedirectToPageResult Show(Viewer viewer, TicketState split)
    {
        TempData["Done"] = texts.Format("workspace.done-split", split.Key.ToString());
        var key = viewer.WorksOn(split.Desk) ? split.Key : Ticket.Key;
        return RedirectToPage("/Workspace/Ticket", new { key = key.ToString() });
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (
            await opened.FindAsync(viewer, Key, cancellation) is not { } ticket
            || await branches.FindMessageAsync(ticket.State, Comment, cancellation) is not { } message
        )
        {
            return false;
        }

        (Ticket, Message) = (ticket.State, message);
        Before = Ticket.Offspring.FirstOrDefault(one => one.Comment == Comment);
        Author =
            message.Author is { } id && await people.FindAsync(id, cancellation) is { } author
                ? author.Name
                : texts["history.actor-system"];
        return true;
    }

    private RequestForm Choose()
    {
        var snapshot = configuration.Snapshot;
        Errors = new FormErrors(texts, snapshot);
        var (desk, type, requestType) = (Desk, Type, RequestType);
        Place = OpeningPlace.Of(
            HttpContext.RequireViewer(),
            snapshot,
            Desk ?? Ticket.Desk,
            Type ?? Ticket.Type,
            RequestType
        );
        if (HttpMethods.IsPost(Request.Method) && !Place.Is(desk, type, requestType))
        {
            Errors.Add(null, "workspace.place-gone");
        }

        (Desk, Type, RequestType) = (Place.Desk, Place.Type, Place.RequestType);
        var asked = FieldSight.Form(HttpContext.RequireViewer(), Place.Form, snapshot);
        return new RequestForm(asked, snapshot, texts, new FieldForm(times.Zone));
    }

    private async Task DrawAsync(
        RequestForm form,
        IFormCollection? typed,
        ValueList<AttachedFile> files,
        Person? requester,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        var offers = await directory.OffersAsync(viewer, form.Kinds, form.Held(typed), cancellation);
        var drawn = form.Draw(typed, Errors, files, offers);
        OrganizationInput = await organizations.AskAsync(
            viewer,
            requester,
            typed,
            Errors,
            cancellation,
            Ticket.Organization
        );
        Form = typed is not null
            ? drawn
            : drawn
                .Filled("summary", Splitting.SummaryOf(Ticket, Message))
                .Filled("description", Splitting.DescriptionOf(Message));
    }
}
