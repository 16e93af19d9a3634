using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>An agent opens a ticket for somebody who called or stands at the desk: by the form that the customer would fill, or as a type of ticket.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class NewModel(
    ITicketGrains grains,
    PersonDirectory directory,
    ICurrentConfiguration configuration,
    PostedFiles posted,
    PostedFields postedFields,
    OrganizationChoice organizations,
    OrganizationDirectory houses,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "desk")]
    public string? Desk { get; set; }

    [BindProperty(SupportsGet = true, Name = "type")]
    public string? Type { get; set; }

    /// <summary>The request type by whose form it is asked; null opens a ticket of the type.</summary>
    [BindProperty(SupportsGet = true, Name = "requestType")]
    public string? RequestType { get; set; }

    [BindProperty(Name = "requester")]
    public string? Requester { get; set; }

    [BindProperty(Name = "priority")]
    public string? PriorityText { get; set; }

    /// <summary>Where it is opened, and where else it could be.</summary>
    public OpeningPlace Place { get; private set; } = null!;

    /// <summary>For which organization, where the requester belongs to several; null otherwise.</summary>
    public FieldInput? OrganizationInput { get; private set; }

    /// <summary>Who takes part and with whom it is shared.</summary>
    public SharingInput Sharing { get; private set; } = null!;

    public FormErrors Errors { get; private set; } = null!;

    /// <summary>The form of the request type, or of the type: its words and all its fields.</summary>
    public FormView Form { get; private set; } = new([]);

    /// <summary>The priority, which only agents give.</summary>
    public FieldInput PriorityInput { get; private set; } = null!;

    /// <summary>Whether answers opened questions that were not shown before.</summary>
    public bool HasMore { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var form = Choose();
        Requester = HttpContext.RequireViewer().Person.Email;
        await DrawAsync(form, null, [], HttpContext.RequireViewer().Person, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
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

        var participants = await ParticipantsAsync(viewer, typed, cancellation);
        var further = await FurtherAsync(viewer, typed, cancellation);
        HasMore = !Errors.Any && form.HasMore(typed);
        if (!Errors.Any && !HasMore && Desk is not null && Type is not null)
        {
            var command = SharingInput.Read(Opening(typed, requester!, fields, files), typed, further, participants);
            var answer = await grains.OpenAsync(CommandEnvelope.By(viewer, command), cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts["workspace.done-created"];
                return RedirectToPage("/Workspace/Ticket", new { key = answer.Ticket!.State.Key.ToString() });
            }

            Errors.Add(
                answer.Refusals,
                [
                    .. form.Inputs,
                    "priority",
                    "requester",
                    OrganizationChoice.Name,
                    SharingInput.FurtherName,
                    SharingInput.PeopleName,
                ]
            );
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(form, typed, files, requester, cancellation);
        return Page();
    }

    private OpenTicket Opening(
        IFormCollection typed,
        Person requester,
        ValueMap<FieldValue> fields,
        ValueList<AttachedFile> files
    ) =>
        new(
            Desk!,
            RequestType is null ? Type : null,
            RequestType,
            typed["summary"].ToString().Trim(),
            typed["description"].ToString().ReplaceLineEndings("\n"),
            requester.Id,
            OrganizationChoice.Read(typed, requester),
            Enum.TryParse<Priority>(PriorityText, out var priority) ? priority : null,
            fields,
            Channel.Workspace
        )
        {
            Files = files,
        };

    private async Task<ValueList<PersonId>> ParticipantsAsync(
        Viewer viewer,
        IFormCollection typed,
        CancellationToken cancellation
    )
    {
        var found = new List<PersonId>();
        foreach (var named in typed[SharingInput.PeopleName].OfType<string>().Where(one => one.Trim().Length > 0))
        {
            if (await directory.FindOneAsync(viewer, named, cancellation) is { } person)
            {
                found.Add(person.Id);
            }
            else
            {
                Errors.Add(SharingInput.PeopleName, "workspace.person-unknown", named.Trim());
            }
        }

        return found.ToValueList();
    }

    private async Task<OrganizationId?> FurtherAsync(
        Viewer viewer,
        IFormCollection typed,
        CancellationToken cancellation
    )
    {
        var named = typed[SharingInput.FurtherName].ToString().Trim();
        if (named.Length == 0)
        {
            return null;
        }

        var found = await houses.FindOneAsync(viewer, named, cancellation);
        if (found is null)
        {
            Errors.Add(SharingInput.FurtherName, "workspace.organization-unknown", named);
        }

        return found?.Id;
    }

    // The desk and type of the address, or the first ones that there are.
    private RequestForm Choose()
    {
        var snapshot = configuration.Snapshot;
        Errors = new FormErrors(texts, snapshot);
        Place = OpeningPlace.Of(HttpContext.RequireViewer(), snapshot, Desk, Type, RequestType);
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
        Form = form.Draw(typed, Errors, files, offers);
        OrganizationInput = await organizations.AskAsync(viewer, requester, typed, Errors, cancellation);
        var shares =
            configuration.Snapshot.TryGet<DeskDocument>(Desk ?? "", out var desk)
            && desk.Customers.ShareWithinOrganization;
        Sharing = new SharingInput
        {
            Typed = typed,
            Errors = Errors,
            Shares = shares,
            FurtherFinder = "/Workspace/Organizations",
            Finder = "/Workspace/People",
        };
        PriorityInput = new FieldInput("priority", texts["workspace.priority"], FieldKind.Choice)
        {
            Value = PriorityText ?? "",
            Choices =
            [
                .. Enum.GetValues<Priority>()
                    .Reverse()
                    .Select(p => (p.ToString(), texts[$"common.priority-{p.ToString().ToLowerInvariant()}"])),
            ],
            Error = Errors["priority"],
        };
    }
}
