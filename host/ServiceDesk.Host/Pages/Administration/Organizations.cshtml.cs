using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Customer companies, and whether their members see each other's requests.</summary>
[Authorize(Policy = Permissions.ManagePeople)]
public sealed class OrganizationsModel(IPeopleStore people, PersonDirectory directory, ITexts texts) : PageModel
{
    private const int LongestRegion = 100;

    public IReadOnlyList<Organization> Organizations { get; private set; } = [];

    /// <summary>The people who speak for organizations.</summary>
    public IReadOnlyDictionary<PersonId, Person> Contacts { get; private set; } = new Dictionary<PersonId, Person>();

    public string? Error { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Organizations = await people.OrganizationsAsync(cancellation);
        var contacts = Organizations.Select(organization => organization.Contact).OfType<PersonId>();
        Contacts = await people.FindAsync([.. contacts.Distinct()], cancellation);
    }

    public async Task<IActionResult> OnPostCreateAsync(
        string? key,
        string? name,
        bool share,
        string? region,
        CancellationToken cancellation
    )
    {
        var (cleanKey, cleanName) = ((key ?? "").Trim(), (name ?? "").Trim());
        if (!ShortNames.IsKey(cleanKey) || !ShortNames.IsName(cleanName) || !IsRegion(region))
        {
            return await RefuseAsync("administration.organization-wrong", cancellation);
        }

        try
        {
            await people.CreateOrganizationAsync(cleanKey, cleanName, share, region, cancellation);
        }
        catch (PeopleConflictException)
        {
            return await RefuseAsync("administration.key-taken", cancellation);
        }

        TempData["Done"] = texts["administration.saved"];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostUpdateAsync(
        long id,
        string? name,
        bool share,
        string? region,
        string? contact,
        CancellationToken cancellation
    )
    {
        var cleanName = (name ?? "").Trim();
        if (!ShortNames.IsName(cleanName) || !IsRegion(region))
        {
            return await RefuseAsync("administration.organization-wrong", cancellation);
        }

        var organization = new OrganizationId(id);
        var found = await directory.FindOneAsync(HttpContext.RequireViewer(), contact, cancellation);
        if (!string.IsNullOrWhiteSpace(contact) && found?.Organizations.Contains(organization) != true)
        {
            return await RefuseAsync("administration.contact-wrong", cancellation);
        }

        if (
            await people.UpdateOrganizationAsync(organization, cleanName, share, region, found?.Id, cancellation)
            is null
        )
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.saved"];
        return RedirectToPage();
    }

    private static bool IsRegion(string? region) => region is null || region.Trim().Length <= LongestRegion;

    private async Task<IActionResult> RefuseAsync(string key, CancellationToken cancellation)
    {
        Error = texts[key];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await OnGetAsync(cancellation);
        return Page();
    }
}
