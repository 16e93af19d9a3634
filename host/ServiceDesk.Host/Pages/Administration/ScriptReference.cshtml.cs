using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Everything that scripts find, from the description that also checks their calls.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ScriptReferenceModel(ScriptReference reference) : PageModel
{
    public IReadOnlyList<ReferenceSection> Sections { get; private set; } = [];

    public void OnGet() => Sections = reference.Sections(Language);

    /// <summary>The declarations for an editor of one's own.</summary>
    public IActionResult OnGetDeclarations() =>
        File(System.Text.Encoding.UTF8.GetBytes(reference.Declarations(Language)), "text/plain", "servicedesk.d.ts");

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
}
