using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Everybody, found by name, address and role.</summary>
[Authorize(Policy = Permissions.ManagePeople)]
public sealed class PeopleModel(IPeopleStore people, ICurrentConfiguration configuration) : PageModel
{
    private const int PageSize = 50;
    private Dictionary<OrganizationId, string> organizations = [];
    private Dictionary<TeamId, string> teams = [];

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    [BindProperty(SupportsGet = true, Name = "role")]
    public string? Role { get; set; }

    public IReadOnlyList<RoleDocument> Roles { get; private set; } = [];

    /// <summary>The desks that the reader knows, whose people have pages of their own.</summary>
    public IEnumerable<DeskDocument> Desks =>
        configuration
            .Snapshot.All<DeskDocument>()
            .Where(desk => DeskAccess.Knows(HttpContext.RequireViewer(), desk.Id));

    public IReadOnlyList<Person> Found { get; private set; } = [];

    public int Count { get; private set; }

    public string? Next { get; private set; }

    public async Task OnGetAsync(string? cursor, CancellationToken cancellation)
    {
        Roles = configuration.Snapshot.All<RoleDocument>();
        var filter = new PeopleFilter
        {
            Text = (Filter ?? "").Trim(),
            Roles = string.IsNullOrEmpty(Role) ? [] : [Role],
            OnlyActive = false,
        };
        var page = await people.ListAsync(filter, PageSize, cursor, cancellation);
        (Found, Next) = (page.Items, page.Next);
        Count = await people.CountAsync(filter, cancellation);
        organizations = (await people.OrganizationsAsync(cancellation)).ToDictionary(o => o.Id, o => o.Name);
        teams = (await people.TeamsAsync(cancellation)).ToDictionary(t => t.Id, t => t.Name);
    }

    public string NameOfRole(string role) => Roles.FirstOrDefault(r => r.Id == role)?.Name.ToString() ?? role;

    public string NameOf(OrganizationId id) => organizations.GetValueOrDefault(id, "?");

    public string NameOf(TeamId id) => teams.GetValueOrDefault(id, "?");
}
