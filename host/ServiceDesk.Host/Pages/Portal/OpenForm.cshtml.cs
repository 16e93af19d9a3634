using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Forms;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.OpenForms;
using ServiceDesk.Host.Pages.Administration;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>Asks for something without signing in, where the request type allows it. Whoever is signed in asks as who they are.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[TypeFilter<LargeForms>(Order = LargeForms.Order)]
[RequestSizeLimit(LargestForm)]
[RequestFormLimits(ValueLengthLimit = LongestText, MultipartBodyLengthLimit = LargestForm)]
public sealed class OpenFormModel(
    OpenFormDoor door,
    OpenFormLimits limits,
    PostedFields posted,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    // Anybody may send it: enough for a signed form, not for a store of files.
    private const int LargestForm = 25 * 1024 * 1024;
    private const int LongestText = 1024 * 1024;
    private (string Name, string Email) sender = ("", "");

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

    /// <summary>The sender's name.</summary>
    public FieldInput NameInput =>
        new("name", texts["portal.open-name"], FieldKind.Text)
        {
            Value = sender.Name,
            IsRequired = true,
            MaxLength = 200,
            AutoComplete = "name",
            Error = Errors["name"],
        };

    /// <summary>The sender's address.</summary>
    public FieldInput EmailInput =>
        new("email", texts["account.email"], FieldKind.Text)
        {
            Value = sender.Email,
            IsRequired = true,
            MaxLength = 254,
            AutoComplete = "email",
            Help = texts["portal.open-email-help"],
            Error = Errors["email"],
        };

    /// <summary>Shows the empty form.</summary>
    public IActionResult OnGet(string desk, string requestType)
    {
        if (!Find(desk, requestType))
        {
            return NotFound();
        }

        if (HttpContext.FindViewer()?.May(Permissions.AskInPortal) == true)
        {
            return RedirectToPage("/Portal/Ask", new { desk, requestType });
        }

        return Fresh();
    }

    /// <summary>Opens the request, or shows the form again with what was typed and why not.</summary>
    public async Task<IActionResult> OnPostAsync(string desk, string requestType, CancellationToken cancellation)
    {
        if (!Find(desk, requestType))
        {
            return NotFound();
        }

        var (typed, form) = (Request.Form, MakeForm());
        Once = typed["once"].ToString();
        sender = (typed["name"].ToString().Trim(), typed["email"].ToString().Trim());
        CheckSender();
        form.Read(typed, Errors);
        HasMore = !Errors.Any && form.HasMore(typed);
        if (!Errors.Any && !HasMore)
        {
            // Only programs fill what nobody sees. They are told what everybody is told, and use up nobody's share.
            if (typed["website"].ToString().Length > 0)
            {
                return Received(texts["portal.open-received"]);
            }

            if (limits.Take(HttpContext.Connection.RemoteIpAddress) is { } wait)
            {
                var minutes = (int)Math.Ceiling(wait.TotalMinutes);
                Errors.Add(null, "portal.open-too-many", minutes.ToString(CultureInfo.CurrentCulture));
                return Refused(form, typed, StatusCodes.Status429TooManyRequests);
            }

            // Files are kept of who may send only.
            typed = await posted.TakeAsync(typed, form.Fields, door.Stranger, Errors, form.Files, cancellation);
            var fields = form.Read(typed, Errors);
            if (Errors.Any)
            {
                return Refused(form, typed, StatusCodes.Status422UnprocessableEntity);
            }

            var (key, refusals) = await door.SendAsync(
                new OpenRequest(
                    Offer.Type,
                    sender.Name,
                    sender.Email,
                    CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                    typed["summary"].ToString().Trim(),
                    typed["description"].ToString().ReplaceLineEndings("\n"),
                    fields,
                    Once
                ),
                cancellation
            );
            if (key is { } opened)
            {
                return Received(texts.Format("portal.open-received-as", opened.ToString()));
            }

            Errors.Add(refusals, [.. form.Inputs, "name", "email"]);
        }

        return Refused(form, typed, StatusCodes.Status422UnprocessableEntity);
    }

    private void CheckSender()
    {
        if (!ShortNames.IsName(sender.Name))
        {
            Errors.Add("name", "accounts.person-name");
        }

        if (!EmailAddresses.IsAddress(sender.Email))
        {
            Errors.Add("email", "accounts.person-email", sender.Email);
        }
    }

    private RedirectToPageResult Received(string words)
    {
        TempData["Received"] = words;
        return RedirectToPage(new { desk = Offer.Desk.Id, requestType = Offer.Type.Id });
    }

    private PageResult Refused(RequestForm form, IFormCollection typed, int status)
    {
        Form = form.Draw(typed, Errors, [], FieldOffers.Strangers);
        Response.StatusCode = status;
        return Page();
    }

    private PageResult Fresh()
    {
        Once = RandomNumberGenerator.GetHexString(24, lowercase: true);
        Form = MakeForm().Draw(null, Errors, [], FieldOffers.Strangers);
        return Page();
    }

    private RequestForm MakeForm()
    {
        var snapshot = configuration.Snapshot;
        var seen = FieldSight.Form(door.Stranger, Offer.Type, snapshot);
        return new RequestForm(FormLogic.ForStrangers(seen, snapshot), snapshot, texts, new FieldForm(times.Zone));
    }

    private bool Find(string desk, string requestType)
    {
        var snapshot = configuration.Snapshot;
        if (new PortalCatalogue(door.Stranger, snapshot).Find(desk, requestType) is not { Type.Anonymous: true } offer)
        {
            return false;
        }

        Offer = offer;
        Errors = new FormErrors(texts, snapshot);
        return true;
    }
}
