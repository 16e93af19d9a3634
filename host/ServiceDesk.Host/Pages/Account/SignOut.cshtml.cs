using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>Signs out, by a post only: a link cannot sign anybody out.</summary>
[AllowAnonymous]
public sealed class SignOutModel(ISignIn signIn, ITexts texts) : PageModel
{
    /// <summary>Takes the cookie away.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        TempData["Done"] = texts["account.signed-out"];
        return LocalRedirect(Url.Content("~/sign-in"));
    }
}
