using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What people type into a search box: a key, words, or a query.</summary>
public static class FilterQuery
{
    private static readonly string[] Operators = ["=", "~", "<", ">", " in ", " is ", "order by"];

    /// <summary>A query for what was typed: itself when it looks like one, else a search for its words.</summary>
    public static string Of(string? typed)
    {
        var text = (typed ?? "").Trim();
        if (text.Length == 0)
        {
            return "";
        }

        if (TicketKey.TryParse(text, out var key))
        {
            return $"key = {key}";
        }

        return IsQuery(text) ? text : $"text ~ {QueryText.Quote(text)}";
    }

    /// <summary>Whether what was typed looks like a query, and not like words.</summary>
    public static bool IsQuery(string typed) =>
        Operators.Any(sign => typed.Contains(sign, StringComparison.OrdinalIgnoreCase));
}
