using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>The own name, language, zone, theme and password.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class ProfileModel(IPeopleStore people, ISignIn signIn, ReaderTimes times, ITexts texts) : PageModel
{
    private const int NameLimit = 200;
    private string? language;
    private string? zone;
    private string? theme;

    /// <summary>The display name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The address, which an administrator changes.</summary>
    public string Email => Viewer.Person.Email;

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
                Choices = Zones(times.Zone.Id),
            },
            new("theme", texts["common.theme"], FieldKind.Choice)
            {
                Value = theme ?? Themes.Chosen(HttpContext),
                IsRequired = true,
                Choices = [.. Themes.All.Select(choice => (choice, texts[$"common.theme-{choice}"]))],
            },
        ];

    /// <summary>The inputs of a change of password: name, label, what browsers fill in.</summary>
    public IReadOnlyList<(string Name, string Label, string Complete)> Passwords =>
        [
            ("current", texts["account.password-current"], "current-password"),
            ("password", texts["account.password-new"], "new-password"),
            ("repeat", texts["account.password-repeat"], "new-password"),
        ];

    private Viewer Viewer => HttpContext.RequireViewer();

    /// <summary>Shows the profile.</summary>
    public void OnGet() => Name = Viewer.Person.Name;

    /// <summary>Saves the profile.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? name,
        [FromForm(Name = "language")] string? newLanguage,
        [FromForm(Name = "zone")] string? newZone,
        [FromForm(Name = "theme")] string? newTheme,
        CancellationToken cancellation
    )
    {
        Name = (name ?? string.Empty).Trim();
        (language, zone, theme) = (Languages.Known(newLanguage), newZone, newTheme);
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
            return Page();
        }

        var change = new PersonChange
        {
            Name = Name,
            Language = language,
            Zone = zone,
            Theme = Themes.Known(theme),
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
    public async Task<IActionResult> OnPostPasswordAsync(string? current, string? password, string? repeat)
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
        return Page();
    }

    // The zones where people live, by name, with their distance from UTC now; and the person's own, wherever that is.
    private IReadOnlyList<(string, string)> Zones(string own) =>
        [
            .. (NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
                .Select(location => location.ZoneId)
                .Append("UTC")
                .Append(own)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(id =>
                    (id, $"{id.Replace('_', ' ')} (UTC{DateTimeZoneProviders.Tzdb[id].GetUtcOffset(times.Now):+HH:mm})")
                ),
        ];
}
