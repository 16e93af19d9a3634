using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The own requests, and those of the organization where it is allowed.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class RequestsModel(ICurrentConfiguration configuration, ITicketQueries queries, IPeople people)
    : PageModel
{
    private const int PageSize = 25;

    /// <summary>Which.</summary>
    [BindProperty(SupportsGet = true)]
    public RequestState State { get; set; } = RequestState.Open;

    /// <summary>Whose.</summary>
    [BindProperty(SupportsGet = true)]
    public RequestScope Scope { get; set; } = RequestScope.Mine;

    /// <summary>What is searched for.</summary>
    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Text { get; set; }

    /// <summary>Where the page begins; null for the first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>What is searched for, without surrounding white space.</summary>
    public string Query => (Text ?? string.Empty).Trim();

    /// <summary>The page's requests.</summary>
    public IReadOnlyList<RequestSummary> Requests { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public string? Next { get; private set; }

    /// <summary>Names of the requesters.</summary>
    public IReadOnlyDictionary<PersonId, string> Names { get; private set; } = new Dictionary<PersonId, string>();

    /// <summary>Whether requests of the organization can be chosen.</summary>
    public bool MaySeeOrganization => HttpContext.RequireViewer().SharedOrganizations.Count > 0;

    /// <summary>Shows a page of requests.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        Normalize();
        Page<TicketSnapshot> page;
        try
        {
            page = await queries.FindAsync(
                viewer,
                RequestQuery.Of(Scope, State, Query),
                PageSize,
                Cursor,
                cancellation
            );
        }
        catch (QueryException) when (Cursor is not null)
        {
            // A cursor of an older list: begin again.
            return LocalRedirect(Url.Content("~" + Address(State, Scope)));
        }

        var snapshot = configuration.Snapshot;
        Requests = [.. page.Items.Select(ticket => RequestSummary.Of(ticket.State, snapshot))];
        Next = page.Next;
        var requesters = Requests.Select(request => request.Requester).Distinct().ToList();
        Names = (await people.FindAsync(requesters, cancellation)).ToDictionary(
            found => found.Key,
            found => found.Value.Name
        );
        return Page();
    }

    /// <summary>The address of this list with another filter.</summary>
    public string Address(RequestState state, RequestScope scope, string? cursor = null)
    {
        var query = new QueryBuilder
        {
            { "state", state.ToString().ToLowerInvariant() },
            { "scope", scope.ToString().ToLowerInvariant() },
        };
        if (Query.Length > 0)
        {
            query.Add("q", Query);
        }

        if (cursor is not null)
        {
            query.Add("cursor", cursor);
        }

        return $"/portal/requests{query}";
    }

    private void Normalize()
    {
        State = Enum.IsDefined(State) ? State : RequestState.Open;
        Scope = Enum.IsDefined(Scope) && MaySeeOrganization ? Scope : RequestScope.Mine;
        Cursor = string.IsNullOrEmpty(Cursor) ? null : Cursor;
    }
}
