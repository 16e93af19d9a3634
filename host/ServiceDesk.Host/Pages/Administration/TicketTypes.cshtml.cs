using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The ticket types: the workflow of each, its fields, and which desks work it.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class TicketTypesModel(ICurrentConfiguration configuration) : PageModel
{
    /// <summary>A ticket type in the list.</summary>
    public sealed record Line(
        TicketTypeDocument Type,
        WorkflowDocument? Workflow,
        IReadOnlyList<string> Fields,
        IReadOnlyList<DeskDocument> Desks
    );

    /// <summary>The types by name.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public void OnGet()
    {
        var snapshot = configuration.Snapshot;
        Lines =
        [
            .. snapshot
                .All<TicketTypeDocument>()
                .OrderBy(type => type.Name.ToString(), StringComparer.CurrentCulture)
                .Select(type => new Line(
                    type,
                    snapshot.TryGet<WorkflowDocument>(type.Workflow, out var workflow) ? workflow : null,
                    [
                        .. type.Fields.Select(id =>
                            snapshot.TryGet<FieldDocument>(id, out var field) ? field.Name.ToString() : id
                        ),
                    ],
                    [.. snapshot.All<DeskDocument>().Where(desk => desk.Types.Contains(type.Id))]
                )),
        ];
    }
}
