using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>What the holder of a one-time link does: become the first administrator, or set a password. Without a good link there is no such page.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SetupModel(AccountSetup setup, ITexts texts) : PageModel
{
    private string name = "";
    private string email = "";

    /// <summary>The link's token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Whether it makes the first administrator.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>What makes a password.</summary>
    public string PasswordHelp =>
        texts.Format(
            "account.password-help",
            Startup.Setup.Passwords.MinimumLength.ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>Inputs besides the password.</summary>
    public IReadOnlyList<FieldInput> Inputs =>
        IsFirst
            ?
            [
                new("name", texts["account.name"], FieldKind.Text)
                {
                    Value = name,
                    IsRequired = true,
                    MaxLength = 200,
                    AutoComplete = "name",
                    HasFocus = true,
                    Error = Errors["name"],
                },
                new("email", texts["account.email"], FieldKind.Text)
                {
                    Value = email,
                    IsRequired = true,
                    MaxLength = 254,
                    AutoComplete = "username",
                    Error = Errors["email"],
                },
            ]
            : [];

    /// <summary>Inputs of the password: name and label.</summary>
    public IReadOnlyList<(string Name, string Label)> Passwords =>
        [("password", texts["account.password-new"]), ("repeat", texts["account.password-repeat"])];

    /// <summary>Shows the form of the link.</summary>
    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancellation) =>
        await FindAsync(token, cancellation) ? Page() : NotFound();

    /// <summary>Does what the link is for.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? token,
        [FromForm(Name = "name")] string? givenName,
        [FromForm(Name = "email")] string? address,
        string? password,
        string? repeat,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(token, cancellation))
        {
            return NotFound();
        }

        (name, email) = ((givenName ?? string.Empty).Trim(), (address ?? string.Empty).Trim());
        if (password != repeat)
        {
            Errors.Add("repeat", "account.password-repeat-wrong");
        }

        if (!Errors.Any)
        {
            var refusals = IsFirst
                ? await setup.CreateAdministratorAsync(Token, name, email, password ?? "", cancellation)
                : await setup.SetPasswordAsync(Token, password ?? "", cancellation);
            if (refusals.Count == 0)
            {
                TempData["Done"] = texts["account.setup-done"];
                return LocalRedirect(Url.Content("~/sign-in"));
            }

            if (refusals.Any(refusal => refusal.Kind == RefusalKind.NotFound))
            {
                return NotFound();
            }

            Errors.Add(refusals, ["name", "email", "password"]);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> FindAsync(string? token, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(token) || await setup.FindAsync(token, cancellation) is not { } link)
        {
            return false;
        }

        Token = token;
        IsFirst = link.Purpose == OneTimePurpose.FirstAdministrator;
        return true;
    }
}
