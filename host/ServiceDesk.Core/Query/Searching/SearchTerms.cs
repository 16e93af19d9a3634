namespace ServiceDesk.Core.Query.Searching;

/// <summary>What a text search looks for: words, and phrases in quotes. The same for <c>~</c> of queries and for the search box.</summary>
public static class SearchTerms
{
    /// <summary>
    /// Folded words, and what stands in quotes as one term, its white space as single spaces; without doubles. A quotation
    /// mark that is not closed before white space or the end is a character like others.
    /// </summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var folded = Folding.Fold(text);
        var terms = new List<string>();
        var at = 0;
        while (at < folded.Length)
        {
            if (char.IsWhiteSpace(folded[at]))
            {
                at++;
                continue;
            }

            var close = folded[at] == '"' ? Closing(folded, at) : -1;
            var end = close > 0 ? close + 1 : EndOfWord(folded, at);
            terms.Add(close > 0 ? OneSpaced(folded[(at + 1)..close]) : folded[at..end]);
            at = end;
        }

        return [.. terms.Where(term => term.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A phrase as it is written among words.</summary>
    public static string Quote(string phrase) => $"\"{phrase.Replace('"', ' ')}\"";

    internal static string OneSpaced(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int Closing(string text, int open)
    {
        var close = text.IndexOf('"', open + 1);
        return close > 0 && (close + 1 == text.Length || char.IsWhiteSpace(text[close + 1])) ? close : -1;
    }

    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }
}
