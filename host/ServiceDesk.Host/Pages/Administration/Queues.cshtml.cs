using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The queues of all desks in the order in which agents see them.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class QueuesModel(QueryLanguage language, ICurrentConfiguration configuration) : PageModel
{
    /// <summary>The desks, each with its queues and what is wrong with their queries.</summary>
    public IReadOnlyList<(DeskDocument Desk, IReadOnlyList<(QueueDocument Queue, QueryError? Error)> Queues)> Desks
    {
        get;
        private set;
    } = [];

    /// <summary>Shows them.</summary>
    public void OnGet()
    {
        var snapshot = configuration.Snapshot;
        var queues = snapshot.All<QueueDocument>().ToLookup(queue => queue.Desk, StringComparer.Ordinal);
        Desks =
        [
            .. snapshot
                .All<DeskDocument>()
                .Select(desk =>
                    (
                        desk,
                        (IReadOnlyList<(QueueDocument, QueryError?)>)
                            [.. queues[desk.Id].Select(queue => (queue, language.CheckQuery(queue.Query, snapshot)))]
                    )
                ),
        ];
    }
}
