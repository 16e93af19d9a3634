using System.Text;

namespace ServiceDesk.Core.Query.Syntax;

/// <summary>Limits of a query's text, and how other code writes queries.</summary>
public static class QueryText
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 10_000;

    /// <summary>How deep parentheses and NOT may nest.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many comparisons a query may have.</summary>
    public const int MaxComparisons = 200;

    /// <summary>How many values all lists of a query may have together.</summary>
    public const int MaxValues = 500;

    /// <summary>How many words all text searches of a query may have together.</summary>
    public const int MaxTerms = 20;

    /// <summary>The longest word of a text search, in characters.</summary>
    public const int MaxTermLength = 200;

    /// <summary>How many words such as <c>AFTER</c> may follow one <c>WAS</c> or <c>CHANGED</c>.</summary>
    public const int MaxClauses = 8;

    /// <summary>How many keys an order may have.</summary>
    public const int MaxSorts = 5;

    /// <summary>The text in quotes, so that it is one value whatever it holds.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                result.Append('\\');
            }

            result.Append(character);
        }

        return result.Append('"').ToString();
    }

    /// <summary>Both conditions; an order is kept from <paramref name="query"/>. Either may be empty.</summary>
    public static string Narrow(string query, string condition)
    {
        if (string.IsNullOrWhiteSpace(condition))
        {
            return query;
        }

        var (filter, order) = SplitOrder(query);
        return (string.IsNullOrWhiteSpace(filter) ? condition : $"({filter}) AND ({condition})")
            + (order.Length == 0 ? string.Empty : $" {order}");
    }

    /// <summary>The query in another order; an empty one takes the order away. The query must be cut rightly into words.</summary>
    /// <param name="order">Keys as they stand behind <c>ORDER BY</c>.</param>
    public static string Reorder(string query, string order)
    {
        var (filter, _) = SplitOrder(query);
        return order.Length == 0 ? filter : $"{filter} ORDER BY {order}".Trim();
    }

    /// <summary>The keys behind <c>ORDER BY</c>; empty when there are none.</summary>
    public static string OrderOf(string query) =>
        SplitOrder(query).Order is { Length: > 0 } order
            ? string.Join(' ', order.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(2))
            : string.Empty;

    private static (string Filter, string Order) SplitOrder(string query)
    {
        var tokens = QueryLexer.Cut(query);
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].IsKeyword("ORDER") && tokens[i + 1].IsKeyword("BY"))
            {
                return (query[..tokens[i].Span.Start].Trim(), query[tokens[i].Span.Start..].Trim());
            }
        }

        return (query.Trim(), string.Empty);
    }
}
