using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake;
using ServiceDesk.Host.Intake.Files;
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

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>Asks for something: the form of a request type.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class AskModel(
    ICurrentConfiguration configuration,
    ITicketGrains grains,
    IPeople people,
    Colleagues colleagues,
    PostedFiles posted,
    PostedFields postedFields,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    private const int MostTicked = 30;

    /// <summary>What is asked for.</summary>
    public PortalOffer Offer { get; private set; } = null!;

    /// <summary>The form.</summary>
    public FormView Form { get; private set; } = new([]);

    /// <summary>Whether answers opened questions that were not shown before.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; private set; } = new(texts);

    /// <summary>Makes sending twice the same as sending once.</summary>
    public string Once { get; private set; } = "";

    /// <summary>The person's organizations: asked for when there are several.</summary>
    public IReadOnlyList<(string Id, string Name)> Organizations { get; private set; } = [];

    /// <summary>For which organization.</summary>
    public FieldInput OrganizationInput =>
        new("organization", texts["portal.organization"], FieldKind.Choice)
        {
            Choices = Organizations,
            IsRequired = true,
            Error = Errors["organization"],
            Value = Request.HasFormContentType ? Request.Form["organization"].ToString() : "",
        };

    /// <summary>Who takes part and with whom it is shared; null for whom it could be neither.</summary>
    public SharingInput? Sharing { get; private set; }

    private Viewer Viewer => HttpContext.RequireViewer();

    /// <summary>Shows the empty form.</summary>
    public async Task<IActionResult> OnGetAsync(string desk, string requestType, CancellationToken cancellation)
    {
        if (!await FindAsync(desk, requestType, cancellation))
        {
            return NotFound();
        }

        Once = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var offers = await OffersAsync([], cancellation);
        Form = MakeForm().Draw(null, Errors, [], offers);
        Sharing = await SharingAsync(null, cancellation);
        return Page();
    }

    /// <summary>Opens the request, or shows the form again with what was typed and why not.</summary>
    public async Task<IActionResult> OnPostAsync(string desk, string requestType, CancellationToken cancellation)
    {
        if (!await FindAsync(desk, requestType, cancellation))
        {
            return NotFound();
        }

        var form = MakeForm();
        var typed = await postedFields.TakeAsync(Request.Form, form.Fields, Viewer, Errors, form.Files, cancellation);
        Once = typed["once"].ToString();
        var files = await posted.TakeAsync(Request.Form, Viewer, Errors, cancellation);
        var fields = form.Read(typed, Errors);
        var participants = await ParticipantsAsync(typed, cancellation);
        HasMore = !Errors.Any && form.HasMore(typed);
        if (!Errors.Any && !HasMore)
        {
            var command = new OpenTicket(
                Offer.Desk.Id,
                null,
                Offer.Type.Id,
                typed["summary"].ToString().Trim(),
                typed["description"].ToString().ReplaceLineEndings("\n"),
                Viewer.Person.Id,
                Organization(typed),
                null,
                fields,
                Channel.Portal
            )
            {
                Files = files,
            };
            var answer = await grains.OpenAsync(
                Envelope(SharingInput.Read(command, typed, SharingInput.Chosen(typed), participants)),
                cancellation
            );
            if (answer.Ticket is { } ticket)
            {
                TempData["Done"] = texts.Format("portal.opened", ticket.State.Key.ToString());
                return LocalRedirect(Url.Content($"~/portal/requests/{ticket.State.Key}"));
            }

            Errors.Add(
                answer.Refusals,
                [.. form.Inputs, "organization", SharingInput.FurtherName, SharingInput.PeopleName]
            );
        }

        var offers = await OffersAsync(form.Held(typed), cancellation);
        Form = form.Draw(typed, Errors, files, offers);
        Sharing = await SharingAsync(typed, cancellation);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private CommandEnvelope Envelope(OpenTicket command) =>
        new(command, Actor.Of(Viewer.Person.Id))
        {
            Viewer = Viewer,
            IdempotencyKey = RepeatableKeys.OfPortal(Viewer.Person.Id, Once),
        };

    private OrganizationId? Organization(Microsoft.AspNetCore.Http.IFormCollection typed) =>
        long.TryParse(typed["organization"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new OrganizationId(id)
            : null;

    // Ticked, or typed where there are too many to tick.
    private async Task<ValueList<PersonId>> ParticipantsAsync(
        Microsoft.AspNetCore.Http.IFormCollection typed,
        CancellationToken cancellation
    )
    {
        var found = new List<PersonId>();
        foreach (var named in typed[SharingInput.PeopleName].OfType<string>().Where(one => one.Trim().Length > 0))
        {
            if (long.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                found.Add(new PersonId(id));
            }
            else if (await colleagues.FindOneAsync(Viewer.Person.Organizations, named, cancellation) is { } colleague)
            {
                found.Add(colleague.Id);
            }
            else
            {
                Errors.Add(SharingInput.PeopleName, "portal.colleague-unknown", named.Trim());
            }
        }

        return found.Distinct().ToValueList();
    }

    // Who has no organization has no colleagues.
    private async Task<SharingInput?> SharingAsync(
        Microsoft.AspNetCore.Http.IFormCollection? typed,
        CancellationToken cancellation
    )
    {
        if (Organizations.Count == 0)
        {
            return null;
        }

        // Oneself is among them.
        var members = await colleagues.OfAsync(Viewer.Person.Organizations, [], cancellation, MostTicked + 2);
        var others = members.Where(one => one.Id != Viewer.Person.Id.ToString()).ToList();
        var isTyped = others.Count > MostTicked;
        return new SharingInput
        {
            Typed = typed,
            Errors = Errors,
            Shares = Offer.Desk.Customers.ShareWithinOrganization,
            Further = Organizations.Count > 1 ? Organizations : [],
            Colleagues = isTyped ? [] : others,
            Finder = isTyped ? "/Portal/People" : null,
        };
    }

    private RequestForm MakeForm()
    {
        var snapshot = configuration.Snapshot;
        var type = FieldSight.Form(HttpContext.RequireViewer(), Offer.Type, snapshot);
        return new RequestForm(type, snapshot, texts, new FieldForm(times.Zone));
    }

    private async Task<FieldOffers> OffersAsync(IReadOnlyCollection<FieldValue> held, CancellationToken cancellation) =>
        new(await colleagues.OfAsync(Viewer.Person.Organizations, held, cancellation), Organizations, [])
        {
            Finder = "/Portal/People",
        };

    private async Task<bool> FindAsync(string desk, string requestType, CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        if (new PortalCatalogue(Viewer, snapshot).Find(desk, requestType) is not { } offer)
        {
            return false;
        }

        Offer = offer;
        Errors = new FormErrors(texts, snapshot);
        var organizations = new List<(string, string)>();
        foreach (var id in Viewer.Person.Organizations)
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization)
            {
                organizations.Add((id.ToString(), organization.Name));
            }
        }

        Organizations = organizations;
        return true;
    }
}
