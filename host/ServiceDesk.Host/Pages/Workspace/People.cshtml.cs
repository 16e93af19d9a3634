using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Completion of people's names, for agents.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class PeopleModel(PersonDirectory directory) : PageModel
{
    public IReadOnlyList<Person> Found { get; private set; } = [];

    /// <param name="all">Whether nothing typed finds the first ones.</param>
    public async Task<IActionResult> OnGetAsync(string? q, bool all, CancellationToken cancellation)
    {
        Found = await directory.SuggestAsync(HttpContext.RequireViewer(), q, all, cancellation);
        return Page();
    }
}
