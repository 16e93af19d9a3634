using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The desks: what each works, what can be asked of it, and where its parts are edited.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class DesksModel(ICurrentConfiguration configuration, ITexts texts) : PageModel
{
    /// <summary>A desk in the list.</summary>
    public sealed record Line(DeskDocument Desk, IReadOnlyList<TicketTypeDocument> Types, int RequestTypes, int Queues);

    /// <summary>The desks in their order.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Whether the reader may see who works where.</summary>
    public bool MayManagePeople => HttpContext.RequireViewer().May(Permissions.ManagePeople);

    /// <summary>Whether the reader may put files into the desk's library.</summary>
    public bool MayKeepFiles(DeskDocument desk) => LibraryDoor.MayKeep(HttpContext.RequireViewer(), desk.Id);

    /// <summary>Who works on a desk, in words.</summary>
    public string AgentsOf(DeskDocument desk) =>
        desk.Agents.Everyone ? texts["desks.agents-everyone"]
        : desk.Agents.Teams.Count == 0 ? texts["desks.agents-nobody"]
        : texts.Format("desks.agents-of", string.Join(", ", desk.Agents.Teams));

    /// <summary>Who may ask a desk, in words.</summary>
    public string CustomersOf(DeskDocument desk) =>
        desk.Customers.Everyone
            ? texts["desks.customers-everyone"]
            : texts.Format("desks.customers-of", string.Join(", ", desk.Customers.Organizations));

    public void OnGet()
    {
        var snapshot = configuration.Snapshot;
        Lines =
        [
            .. snapshot
                .All<DeskDocument>()
                .Select(desk => new Line(
                    desk,
                    [.. snapshot.All<TicketTypeDocument>().Where(type => desk.Types.Contains(type.Id))],
                    snapshot.All<RequestTypeDocument>().Count(type => type.Desk == desk.Id),
                    snapshot.All<QueueDocument>().Count(queue => queue.Desk == desk.Id)
                )),
        ];
    }
}
