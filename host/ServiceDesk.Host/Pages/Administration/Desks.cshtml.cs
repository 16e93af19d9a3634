using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The desks: what each works, what can be asked of it, and where its parts are edited.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class DesksModel(ICurrentConfiguration configuration) : PageModel
{
    /// <summary>A desk in the list.</summary>
    public sealed record Line(DeskDocument Desk, IReadOnlyList<TicketTypeDocument> Types, int RequestTypes, int Queues);

    /// <summary>The desks in their order.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Whether the reader may see who works where.</summary>
    public bool MayManagePeople => HttpContext.RequireViewer().May(Permissions.ManagePeople);

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
