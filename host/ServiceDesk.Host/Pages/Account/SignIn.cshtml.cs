using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>Asks for address and password. Which of them was wrong is not told.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignInModel(ISignIn signIn, IPeopleStore people, ITexts texts, HostOptions options) : PageModel
{
    private string email = "";

    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the session outlives the browser.</summary>
    public bool Remember { get; private set; }

    /// <summary>Whether it tells whom one can be.</summary>
    public bool IsDemo => options.Demo;

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>The input of the address.</summary>
    public FieldInput EmailInput =>
        new("email", texts["account.email"], FieldKind.Text)
        {
            IsRequired = true,
            Value = email,
            MaxLength = 254,
            AutoComplete = "username",
            HasFocus = email.Length == 0,
            Error = Errors["email"],
        };

    /// <summary>Shows the form; who is signed in goes on.</summary>
    public IActionResult OnGet() => HttpContext.FindViewer() is null ? Page() : Onward();

    /// <summary>Signs in.</summary>
    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = "email")] string? address,
        string? password,
        bool remember,
        CancellationToken cancellation
    )
    {
        email = (address ?? string.Empty).Trim();
        Remember = remember;
        if (email.Length == 0)
        {
            Errors.Add("email", "account.email-missing");
        }

        if (string.IsNullOrEmpty(password))
        {
            Errors.Add("password", "account.password-missing");
        }

        if (Errors.Any)
        {
            return Refused(StatusCodes.Status422UnprocessableEntity);
        }

        switch (await signIn.SignInAsync(email, password!, remember))
        {
            case SignInOutcome.SignedIn:
                await TakePreferencesAsync(cancellation);
                return Onward();
            case SignInOutcome.TooMany:
                Errors.Add(null, "account.too-many");
                return Refused(StatusCodes.Status429TooManyRequests);
            default:
                Errors.Add(null, "account.sign-in-wrong");
                return Refused(StatusCodes.Status422UnprocessableEntity);
        }
    }

    // The profile's language and theme go with the person to each device, and stay on it after signing out.
    private async Task TakePreferencesAsync(CancellationToken cancellation)
    {
        var person = await people.FindByEmailAsync(email, cancellation);
        if (Languages.Known(person?.Language) is { } language)
        {
            Preference.Write(Response, Languages.Cookie, language);
        }

        if (Themes.Known(person?.Theme) is { } theme)
        {
            Preference.Write(Response, Themes.Cookie, theme);
        }
    }

    private PageResult Refused(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : Url.Content("~/"));
}
