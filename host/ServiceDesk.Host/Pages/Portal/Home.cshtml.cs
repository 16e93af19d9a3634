using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Announcing;
using ServiceDesk.Host.Queries.Searching;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Portal;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The portal's home: what can be asked, and a search over it and the own requests.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class HomeModel(
    ICurrentConfiguration configuration,
    ITicketQueries queries,
    ITicketSearch search,
    SearchGroups groups,
    AnnouncementDoor announcements
) : PageModel
{
    private const int Shown = 8;
    private const int WaitingShown = 5;
    private const int SuggestedOfSource = 5;

    /// <summary>What is searched for.</summary>
    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Text { get; set; }

    /// <summary>What is searched for, without surrounding white space.</summary>
    public string Query => (Text ?? string.Empty).Trim();

    /// <summary>Everything that can be asked for.</summary>
    public IReadOnlyList<PortalDesk> Desks { get; private set; } = [];

    /// <summary>Request types found.</summary>
    public IReadOnlyList<PortalOffer> Offers { get; private set; } = [];

    /// <summary>What plugins suggest, such as articles.</summary>
    public IReadOnlyList<FoundGroup> Suggested { get; private set; } = [];

    /// <summary>Own requests found.</summary>
    public IReadOnlyList<RequestSummary> Requests { get; private set; } = [];

    /// <summary>Why requests could not be searched; null when they could.</summary>
    public QueryError? Problem { get; private set; }

    /// <summary>Own requests that wait for an answer.</summary>
    public IReadOnlyList<RequestSummary> Waiting { get; private set; } = [];

    /// <summary>What is told besides the outages, which stand above every page.</summary>
    public IReadOnlyList<Announcement> Told { get; private set; } = [];

    /// <summary>What a desk tells.</summary>
    /// <param name="desk">Its key; null is what every desk tells.</param>
    public IReadOnlyList<Announcement> ToldBy(string? desk) => [.. Told.Where(told => told.Text.Desk == desk)];

    /// <summary>Shows the catalogue, or what was found in it.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var snapshot = configuration.Snapshot;
        var catalogue = new PortalCatalogue(viewer, snapshot);
        if (
            TicketKey.TryParse(Query, out var key)
            && await queries.FindByKeyAsync(viewer, key, cancellation) is { } ticket
        )
        {
            return LocalRedirect(Url.Content($"~/portal/requests/{ticket.State.Key}"));
        }

        if (Query.Length > 0)
        {
            Offers = catalogue.Search(Query);
            var typed = Query.Length > SearchText.MaxLength ? Query[..SearchText.MaxLength] : Query;
            try
            {
                var read = await search.ReadAsync(viewer, typed, onlyWords: true, cancellation);
                Requests = await FindAsync(RequestQuery.Search(read.Query), Shown);
                Suggested =
                [
                    .. (
                        await groups.FindAsync(viewer, read.Words, SuggestedOfSource, inPortal: true, cancellation)
                    ).Where(group => group.Hits.Count > 0 || group.IsMissing),
                ];
            }
            catch (QueryException problem)
            {
                Problem = problem.Error;
            }
        }
        else
        {
            Desks = catalogue.Desks();
            Told =
            [
                .. (await announcements.StandingAsync(viewer, cancellation)).Where(told =>
                    told.Text.Level != AnnouncementLevel.Outage
                ),
            ];
            Waiting =
            [
                .. (await FindAsync(RequestQuery.Waiting, 50))
                    .Where(request => request.WaitsForCustomer)
                    .Take(WaitingShown),
            ];
        }

        return Page();

        async Task<IReadOnlyList<RequestSummary>> FindAsync(string query, int limit) =>
            [
                .. (await queries.FindAsync(viewer, query, limit, null, cancellation)).Items.Select(found =>
                    RequestSummary.Of(found.State, snapshot)
                ),
            ];
    }
}
