using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Texts;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>Switches language and theme: in cookies for this device, and the language in the profile of who is signed in.</summary>
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
        if (Languages.Known(language) is { } known)
        {
            Preference.Write(Response, Languages.Cookie, known);
            if (HttpContext.FindViewer() is { } viewer && viewer.Person.Language != known)
            {
                await people.UpdateAsync(viewer.Person.Id, new PersonChange { Language = known }, cancellation);
            }
        }

        if (theme is not null && Themes.All.Contains(theme))
        {
            Preference.Write(Response, Themes.Cookie, theme);
        }

        return LocalRedirect(Url.IsLocalUrl(back) ? back : Url.Content("~/"));
    }
}
