using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The link types: how each reads, and how many tickets are linked so.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class LinkTypesModel(ICurrentConfiguration configuration, DocumentUses uses) : PageModel
{
    /// <summary>A link type in the list.</summary>
    /// <param name="Tickets">How many tickets are linked so.</param>
    /// <param name="Query">The query that finds them.</param>
    public sealed record Line(LinkTypeDocument Type, int Tickets, string Query);

    /// <summary>The types in their order.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Whether a plugin links tickets.</summary>
    public bool IsUsed => uses.Knows(DocumentKinds.LinkType);

    /// <summary>Whether the reader finds tickets.</summary>
    public bool MayWork => HttpContext.RequireViewer().May(Permissions.WorkTickets);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var lines = new List<Line>();
        foreach (var type in configuration.Snapshot.All<LinkTypeDocument>())
        {
            lines.Add(
                new Line(
                    type,
                    await uses.CountAsync(DocumentKinds.LinkType, type.Id, cancellation),
                    uses.QueryOf(DocumentKinds.LinkType, type.Id)
                )
            );
        }

        Lines = lines;
    }
}
