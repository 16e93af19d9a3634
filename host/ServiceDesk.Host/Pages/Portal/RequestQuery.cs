using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The queries behind the portal's lists.</summary>
public static class RequestQuery
{
    private const string Mine = "(requester = currentUser() OR participant = currentUser())";
    private const string Newest = "ORDER BY updated DESC";

    /// <summary>Own requests that wait.</summary>
    public static string Waiting => $"{Mine} AND category = waiting {Newest}";

    /// <summary>Own requests with these words.</summary>
    public static string Search(string words) => Of(RequestScope.Mine, RequestState.All, words);

    /// <summary>Requests of a scope and state, with words.</summary>
    public static string Of(RequestScope scope, RequestState state, string words)
    {
        var parts = new List<string> { scope == RequestScope.Organization ? "organization = myOrganizations()" : Mine };
        if (state != RequestState.All)
        {
            parts.Add(state == RequestState.Open ? "category != done" : "category = done");
        }

        if (Folding.Terms(words).Count > 0)
        {
            parts.Add($"text ~ {QueryText.Quote(Words(words))}");
        }

        return $"{string.Join(" AND ", parts)} {Newest}";
    }

    // Within the limits of the query language: what a person pastes is no reason for an error.
    private static string Words(string text) =>
        string.Join(
            ' ',
            Folding.Terms(text).Take(QueryText.MaxTerms).Select(term => Folding.Fold(term, QueryText.MaxTermLength))
        );
}

/// <summary>Whose requests.</summary>
public enum RequestScope
{
    /// <summary>One's own, and those in which one takes part.</summary>
    Mine = 1,

    /// <summary>Those of one's organizations, where desk and organization share.</summary>
    Organization = 2,
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
