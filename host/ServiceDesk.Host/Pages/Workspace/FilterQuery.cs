using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What people type into a search box: a key, words, or a query.</summary>
public static class FilterQuery
{
    private static readonly string[] Operators = ["=", "~", "<", ">", " in ", " is ", " during (", "order by"];

    // Was and changed are ordinary words too: only behind what has a history are they of the query language.
    private static readonly string[] WithHistory =
    [
        "status",
        "상태",
        "priority",
        "우선순위",
        "assignee",
        "담당자",
        "team",
        "담당팀",
        "type",
        "유형",
        "desk",
        "데스크",
    ];

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
        Operators.Any(sign => typed.Contains(sign, StringComparison.OrdinalIgnoreCase)) || AsksThePast(typed);

    private static bool AsksThePast(string typed)
    {
        var words = typed.Split([' ', '('], 4, StringSplitOptions.RemoveEmptyEntries);
        var at = words.Length > 0 && Is(words[0], "not") ? 1 : 0;
        return words.Length > at + 1
            && WithHistory.Contains(words[at], StringComparer.OrdinalIgnoreCase)
            && (Is(words[at + 1], "was") || Is(words[at + 1], "changed"));
    }

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
