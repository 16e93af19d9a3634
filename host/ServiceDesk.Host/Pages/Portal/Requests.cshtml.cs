using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The own requests, and those of the organization where it is allowed.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class RequestsModel(
    ICurrentConfiguration configuration,
    ITicketQueries queries,
    ITicketSearch search,
    IPeople people
) : PageModel
{
    private const int PageSize = 25;

    /// <summary>Which.</summary>
    [BindProperty(SupportsGet = true)]
    public RequestState State { get; set; } = RequestState.Open;

    /// <summary>Whose.</summary>
    [BindProperty(SupportsGet = true)]
    public RequestScope Scope { get; set; } = RequestScope.Mine;

    /// <summary>In which order; what is searched for comes in its own.</summary>
    [BindProperty(SupportsGet = true)]
    public RequestOrder Order { get; set; } = RequestOrder.Activity;

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

    /// <summary>What of the search was not understood.</summary>
    public ValueList<QueryError> Notes { get; private set; } = [];

    /// <summary>Why nothing could be searched; null when it could.</summary>
    public QueryError? Problem { get; private set; }

    /// <summary>Names of the requesters, and of who wrote what was found.</summary>
    public IReadOnlyDictionary<PersonId, string> Names { get; private set; } = new Dictionary<PersonId, string>();

    /// <summary>Whether requests of the organization can be chosen.</summary>
    public bool MaySeeOrganization => HttpContext.RequireViewer().SharedOrganizations.Count > 0;

    /// <summary>Shows a page of requests.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        Normalize();
        try
        {
            (Requests, Next) =
                Query.Length == 0 ? await ListAsync(viewer, cancellation) : await SearchAsync(viewer, cancellation);
        }
        catch (QueryException) when (Cursor is not null)
        {
            // A cursor of an older list: begin again.
            return LocalRedirect(Url.Content("~" + Address(State, Scope)));
        }
        catch (QueryException problem)
        {
            Problem = problem.Error;
        }

        var named = Requests
            .Select(request => request.Requester)
            .Concat(Requests.Select(request => request.Hit?.Found?.Author?.Person).OfType<PersonId>())
            .Distinct()
            .ToList();
        Names = (await people.FindAsync(named, cancellation)).ToDictionary(
            found => found.Key,
            found => found.Value.Name
        );
        return Page();
    }

    /// <summary>The address of this list with another filter.</summary>
    public string Address(RequestState state, RequestScope scope, string? cursor = null) =>
        Address(state, scope, Order, cursor);

    /// <summary>The address of this list with another filter and order.</summary>
    public string Address(RequestState state, RequestScope scope, RequestOrder order, string? cursor = null)
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

        if (order != RequestOrder.Activity)
        {
            query.Add("order", order.ToString().ToLowerInvariant());
        }

        if (cursor is not null)
        {
            query.Add("cursor", cursor);
        }

        return $"/portal/requests{query}";
    }

    private async Task<(IReadOnlyList<RequestSummary> Requests, string? Next)> ListAsync(
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var query = RequestQuery.Of(Scope, State, Order);
        var page = await queries.FindAsync(viewer, query, PageSize, Cursor, cancellation);
        var snapshot = configuration.Snapshot;
        return ([.. page.Items.Select(ticket => RequestSummary.Of(ticket.State, snapshot))], page.Next);
    }

    private async Task<(IReadOnlyList<RequestSummary> Requests, string? Next)> SearchAsync(
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var typed = Query.Length > SearchText.MaxLength ? Query[..SearchText.MaxLength] : Query;
        var read = await search.ReadAsync(viewer, typed, onlyWords: true, cancellation);
        Notes = read.Notes;
        var within = RequestQuery.Filter(Scope, State);
        var page = await search.FindAsync(viewer, read, within, PageSize, Cursor, cancellation);
        var ids = page.Items.Select(hit => hit.Ticket.Id).ToList();
        var tickets = await queries.FindByIdAsync(viewer, ids, cancellation);
        var snapshot = configuration.Snapshot;
        return (
            [
                .. page
                    .Items.Where(hit => tickets.ContainsKey(hit.Ticket.Id))
                    .Select(hit => RequestSummary.Of(tickets[hit.Ticket.Id].State, snapshot) with { Hit = Shown(hit) }),
            ],
            page.Next
        );
    }

    // Who works on the desk is a customer here.
    private static TicketHit Shown(TicketHit hit) =>
        hit.Found is { Visibility: Visibility.Internal } ? hit with { Found = null } : hit;

    private void Normalize()
    {
        State = Enum.IsDefined(State) ? State : RequestState.Open;
        Scope = Enum.IsDefined(Scope) && MaySeeOrganization ? Scope : RequestScope.Mine;
        Order = Enum.IsDefined(Order) ? Order : RequestOrder.Activity;
        Cursor = string.IsNullOrEmpty(Cursor) ? null : Cursor;
    }
}
