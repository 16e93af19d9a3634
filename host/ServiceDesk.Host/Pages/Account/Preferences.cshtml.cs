using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Texts;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>Switches language and theme: in cookies for this device, and in the profile of who is signed in.</summary>
[AllowAnonymous]
public sealed class PreferencesModel(IPeopleStore people) : PageModel
{
    /// <summary>Saves what was given and goes back.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? language,
        string? theme,
        string? back,
        CancellationToken cancellation
    )
    {
        var change = new PersonChange { Language = Languages.Known(language), Theme = Themes.Known(theme) };
        if (change.Language is { } newLanguage)
        {
            Preference.Write(Response, Languages.Cookie, newLanguage);
        }

        if (change.Theme is { } newTheme)
        {
            Preference.Write(Response, Themes.Cookie, newTheme);
        }

        if (change != new PersonChange() && HttpContext.FindViewer() is { } viewer)
        {
            await people.UpdateAsync(viewer.Person.Id, change, cancellation);
        }

        return LocalRedirect(Url.IsLocalUrl(back) ? back : Url.Content("~/"));
    }
}
