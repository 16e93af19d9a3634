using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>Finds colleagues for fields of forms: those of the reader's organizations, by name alone to see.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class PeopleModel(Colleagues colleagues) : PageModel
{
    public IReadOnlyList<Person> Found { get; private set; } = [];

    /// <param name="all">Whether nothing typed finds the first ones.</param>
    public async Task<IActionResult> OnGetAsync(string? q, bool all, CancellationToken cancellation)
    {
        if (all || !string.IsNullOrWhiteSpace(q))
        {
            Found = await colleagues.FindAsync(HttpContext.RequireViewer().Person.Organizations, q, cancellation);
        }

        return Page();
    }
}
