using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The queries behind the portal's lists.</summary>
public static class RequestQuery
{
    private const string Mine = "(requester = currentUser() OR participant = currentUser())";
    private const string Ours = "(organization = myOrganizations() OR sharedWith = myOrganizations())";
    private const string Newest = "ORDER BY updated DESC";

    private static string By(RequestOrder order) =>
        order switch
        {
            RequestOrder.Newest => "ORDER BY created DESC",
            RequestOrder.Oldest => "ORDER BY created ASC",
            _ => Newest,
        };

    /// <summary>Own requests that wait.</summary>
    public static string Waiting => $"{Mine} AND category = waiting {Newest}";

    /// <summary>Own requests that a search finds.</summary>
    /// <param name="search">The query of the search.</param>
    public static string Search(string search) =>
        $"{QueryText.Narrow(search, Filter(RequestScope.Mine, RequestState.All))} {Newest}";

    /// <summary>Requests of a scope and state in an order.</summary>
    public static string Of(RequestScope scope, RequestState state, RequestOrder order) =>
        $"{Filter(scope, state)} {By(order)}";

    /// <summary>The condition of a scope and state.</summary>
    public static string Filter(RequestScope scope, RequestState state)
    {
        var whose = scope == RequestScope.Organization ? Ours : Mine;
        return state switch
        {
            RequestState.Open => $"{whose} AND category != done",
            RequestState.Closed => $"{whose} AND category = done",
            _ => whose,
        };
    }
}

/// <summary>Whose requests.</summary>
public enum RequestScope
{
    /// <summary>One's own, and those in which one takes part.</summary>
    Mine = 1,

    /// <summary>Those of one's organizations, where desk and organization share.</summary>
    Organization = 2,
}

/// <summary>In which order.</summary>
public enum RequestOrder
{
    /// <summary>What happened last first.</summary>
    Activity = 1,

    /// <summary>What was asked last first.</summary>
    Newest = 2,

    /// <summary>What was asked first first.</summary>
    Oldest = 3,
}

/// <summary>Which requests.</summary>
public enum RequestState
{
    /// <summary>Not done.</summary>
    Open = 1,

    /// <summary>Done.</summary>
    Closed = 2,

    /// <summary>All.</summary>
    All = 3,
}
