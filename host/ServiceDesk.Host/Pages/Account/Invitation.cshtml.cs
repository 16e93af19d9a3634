using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages.Branding;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>
/// What the holder of an invitation's link does: become a person here. Without a link that works the page says so in one
/// sentence, whatever is wrong with it.
/// </summary>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class InvitationModel(
    InvitationDoor door,
    ISignIn signIn,
    TriedLinks failures,
    IPeopleStore people,
    ICurrentConfiguration configuration,
    HelpCentre centre,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    private static readonly string[] Names = ["name", "language", "zone", "password"];
    private string name = "";
    private string language = "";
    private string zone = "";

    /// <summary>The link's token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The invitation; null when the link does not work.</summary>
    public Invitation? Found { get; private set; }

    /// <summary>Whether too many links that do not work came from the address.</summary>
    public bool IsTooMany => Response.StatusCode == StatusCodes.Status429TooManyRequests;

    /// <summary>Who invites to what, in a sentence.</summary>
    public string Lead { get; private set; } = "";

    /// <summary>Who is signed in now, and is signed out by accepting; null for nobody.</summary>
    public string? SignedIn => HttpContext.FindViewer()?.Person.Name;

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>What makes a password.</summary>
    public string PasswordHelp =>
        texts.Format(
            "account.password-help",
            Startup.Setup.Passwords.MinimumLength.ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>The name of the role.</summary>
    public string Role =>
        configuration.Snapshot.TryGet<RoleDocument>(Found!.To.Role, out var role)
            ? role.Name.ToString()
            : Found.To.Role;

    /// <summary>The name of the desk; null for none in particular.</summary>
    public string? Desk =>
        Found!.To.Desk is { } key && configuration.Snapshot.TryGet<DeskDocument>(key, out var desk)
            ? desk.Name.ToString()
            : null;

    /// <summary>The inputs besides the password.</summary>
    public IReadOnlyList<FieldInput> Inputs =>
        [
            new("name", texts["account.name"], FieldKind.Text)
            {
                Value = name,
                IsRequired = true,
                MaxLength = 200,
                AutoComplete = "name",
                Help = texts["account.name-help"],
                HasFocus = true,
                Error = Errors["name"],
            },
            new("language", texts["common.language"], FieldKind.Choice)
            {
                Value = language,
                IsRequired = true,
                Choices = [.. Languages.All.Select(code => (code, Languages.NameOf(code)))],
                Error = Errors["language"],
            },
            new("zone", texts["account.zone"], FieldKind.Choice)
            {
                Value = zone,
                IsRequired = true,
                Help = texts["account.zone-help"],
                Choices = ZoneChoices.Of("UTC", times.Now),
                Error = Errors["zone"],
            },
        ];

    /// <summary>Inputs of the password: name and label.</summary>
    public IReadOnlyList<(string Name, string Label)> Passwords =>
        [("password", texts["account.password"]), ("repeat", texts["account.password-again"])];

    /// <summary>Shows the form of the link.</summary>
    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is { } refused)
        {
            return refused;
        }

        // Whoever invites mostly lives where the invited does.
        var inviter = await people.FindAsync(Found!.By, cancellation);
        (name, zone) = (Found.To.Name, inviter?.Zone ?? "UTC");
        language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return Page();
    }

    /// <summary>Becomes the person, and signs in.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? token,
        [FromForm(Name = "name")] string? givenName,
        [FromForm(Name = "language")] string? chosenLanguage,
        [FromForm(Name = "zone")] string? chosenZone,
        string? password,
        string? repeat,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, cancellation) is { } refused)
        {
            return refused;
        }

        (name, language, zone) = ((givenName ?? "").Trim(), chosenLanguage ?? "", chosenZone ?? "");
        if (password != repeat)
        {
            Errors.Add("repeat", "account.password-repeat-differs");
            return Wrong();
        }

        var wanted = new InvitedPerson(name, language, zone, password ?? "");
        var (person, refusals) = await door.AcceptAsync(Token, wanted, cancellation);
        if (person is not null)
        {
            return await EnterAsync(person.Email, password!);
        }

        if (refusals.Any(refusal => refusal.Kind == RefusalKind.NotFound))
        {
            return Dead();
        }

        Errors.Add(refusals, Names);
        return Wrong();
    }

    private async Task<IActionResult> EnterAsync(string email, string password)
    {
        Preference.Write(Response, Languages.Cookie, language);
        TempData["Done"] = texts["account.invitation-done"];
        return await signIn.SignInAsync(email, password, remember: false) == SignInOutcome.SignedIn
            ? LocalRedirect(Url.Content("~/"))
            : LocalRedirect(Url.Content("~/sign-in"));
    }

    private PageResult Wrong()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    // Null when the link works; else the one page for all that do not.
    private async Task<IActionResult?> FindAsync(string? token, CancellationToken cancellation)
    {
        if (failures.WaitOf(HttpContext.Connection.RemoteIpAddress) is not null)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Page();
        }

        Token = token ?? "";
        Found = await door.FindAsync(Token, cancellation);
        if (Found is null)
        {
            failures.Note(HttpContext.Connection.RemoteIpAddress);
            return Dead();
        }

        var inviter = await people.FindAsync(Found.By, cancellation);
        Lead = texts.Format("account.invitation-lead", inviter?.Name ?? "", centre.Name);
        return null;
    }

    private PageResult Dead()
    {
        Found = null;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
