using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Duty;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>The own name, language, zone, theme and password; for who works on tickets, absences and quiet hours.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class ProfileModel(
    IPeopleStore people,
    ISignIn signIn,
    AbsenceForms absences,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    private const int NameLimit = 200;
    private string? language;
    private string? zone;
    private string? theme;
    private bool? quiet;

    /// <summary>The display name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The address, which an administrator changes.</summary>
    public string Email => Viewer.Person.Email;

    /// <summary>The own absences; null for who does not work on tickets.</summary>
    public AbsenceForm? Absences { get; private set; }

    /// <summary>Why the profile was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>Why the password was refused.</summary>
    public FormErrors PasswordErrors { get; } = new(texts);

    /// <summary>What makes a password.</summary>
    public string PasswordHelp =>
        texts.Format(
            "account.password-help",
            Startup.Setup.Passwords.MinimumLength.ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>The inputs of the profile.</summary>
    public IReadOnlyList<FieldInput> Inputs =>
        [
            new("name", texts["account.name"], FieldKind.Text)
            {
                Value = Name,
                IsRequired = true,
                MaxLength = NameLimit,
                AutoComplete = "name",
                Help = texts["account.name-help"],
                Error = Errors["name"],
            },
            new("language", texts["common.language"], FieldKind.Choice)
            {
                Value = language ?? Viewer.Person.Language,
                IsRequired = true,
                Choices = [.. Languages.All.Select(code => (code, Languages.NameOf(code)))],
            },
            new("zone", texts["account.zone"], FieldKind.Choice)
            {
                Value = zone ?? times.Zone.Id,
                IsRequired = true,
                Help = texts["account.zone-help"],
                Error = Errors["zone"],
                Choices = ZoneChoices.Of(times.Zone.Id, times.Now),
            },
            new("theme", texts["common.theme"], FieldKind.Choice)
            {
                Value = theme ?? Themes.Chosen(HttpContext),
                IsRequired = true,
                Choices = [.. Themes.All.Select(choice => (choice, texts[$"common.theme-{choice}"]))],
            },
            .. IsAgent
                ?
                [
                    new FieldInput("quiet", texts["duty.quiet"], FieldKind.Flag)
                    {
                        Value = quiet ?? Viewer.Person.QuietHours ? "true" : "",
                        Help = texts["duty.quiet-help"],
                    },
                ]
                : Array.Empty<FieldInput>(),
        ];

    /// <summary>The inputs of a change of password: name, label, what browsers fill in.</summary>
    public IReadOnlyList<(string Name, string Label, string Complete)> Passwords =>
        [
            ("current", texts["account.password-current"], "current-password"),
            ("password", texts["account.password-new"], "new-password"),
            ("repeat", texts["account.password-repeat"], "new-password"),
        ];

    private Viewer Viewer => HttpContext.RequireViewer();

    private bool IsAgent => Viewer.May(Permissions.WorkTickets);

    /// <summary>Shows the profile.</summary>
    /// <param name="from">The first day of an absence that somebody thinks of entering.</param>
    /// <param name="to">Its last day.</param>
    public Task OnGetAsync(string? from, string? to, CancellationToken cancellation)
    {
        Name = Viewer.Person.Name;
        return DrawAsync(cancellation, from, to);
    }

    /// <summary>Enters an absence.</summary>
    public async Task<IActionResult> OnPostAbsenceAsync(
        string? from,
        string? to,
        string? note,
        string? substitute,
        CancellationToken cancellation
    )
    {
        var absent = new TypedAbsence(from, to, note, substitute);
        if (!IsAgent)
        {
            return Forbid();
        }

        if (await absences.AddAsync(Viewer.Person.Id, absent, cancellation) is not { } refused)
        {
            TempData["Done"] = texts["duty.absence-added"];
            return LocalRedirect(Url.Content("~/account/profile"));
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Name = Viewer.Person.Name;
        Absences = refused;
        return Page();
    }

    /// <summary>Takes an absence back.</summary>
    public async Task<IActionResult> OnPostPresentAsync(long absence, CancellationToken cancellation)
    {
        if (!await people.RemoveAbsenceAsync(Viewer.Person.Id, absence, cancellation))
        {
            return NotFound();
        }

        TempData["Done"] = texts["duty.absence-removed"];
        return LocalRedirect(Url.Content("~/account/profile"));
    }

    /// <summary>Saves the profile.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? name,
        [FromForm(Name = "language")] string? newLanguage,
        [FromForm(Name = "zone")] string? newZone,
        [FromForm(Name = "theme")] string? newTheme,
        [FromForm(Name = "quiet")] string? newQuiet,
        CancellationToken cancellation
    )
    {
        Name = (name ?? string.Empty).Trim();
        (language, zone, theme) = (Languages.Known(newLanguage), newZone, newTheme);
        quiet = newQuiet == "true";
        if (Name.Length is 0 or > NameLimit || Name.Any(char.IsControl))
        {
            Errors.Add("name", "account.name-wrong");
        }

        if (zone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            Errors.Add("zone", "account.zone-wrong");
        }

        if (Errors.Any)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await DrawAsync(cancellation);
            return Page();
        }

        var change = new PersonChange
        {
            Name = Name,
            Language = language,
            Zone = zone,
            Theme = Themes.Known(theme),
            QuietHours = IsAgent ? quiet : null,
        };
        await people.UpdateAsync(Viewer.Person.Id, change, cancellation);
        Preference.Write(Response, Languages.Cookie, language ?? Viewer.Person.Language);
        if (change.Theme is { } chosen)
        {
            Preference.Write(Response, Themes.Cookie, chosen);
        }

        TempData["Done"] = texts["account.saved"];
        return LocalRedirect(Url.Content("~/account/profile"));
    }

    /// <summary>Changes the password.</summary>
    public async Task<IActionResult> OnPostPasswordAsync(
        string? current,
        string? password,
        string? repeat,
        CancellationToken cancellation
    )
    {
        Name = Viewer.Person.Name;
        if (string.IsNullOrEmpty(current))
        {
            PasswordErrors.Add("current", "account.password-missing");
        }

        if (password != repeat)
        {
            PasswordErrors.Add("repeat", "account.password-repeat-wrong");
        }

        if (!PasswordErrors.Any)
        {
            var refusals = await signIn.ChangePasswordAsync(Viewer.Person.Id, current!, password ?? string.Empty);
            if (refusals.Count == 0)
            {
                TempData["Done"] = texts["account.password-changed"];
                return LocalRedirect(Url.Content("~/account/profile"));
            }

            PasswordErrors.Add(refusals, ["current", "password"]);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(cancellation);
        return Page();
    }

    private async Task DrawAsync(CancellationToken cancellation, string? from = null, string? to = null) =>
        Absences = IsAgent ? await absences.DrawAsync(Viewer.Person.Id, cancellation, from, to) : null;
}
