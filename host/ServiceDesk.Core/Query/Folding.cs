using System.Globalization;
using System.Text;

namespace ServiceDesk.Core.Query;

/// <summary>
/// The one way in which text is made comparable: composed (NFC) and lower case of the invariant culture. Text is stored
/// folded where queries read it, and each word of a query is folded before it is compared, so that memory and every
/// database agree character by character.
/// </summary>
public static class Folding
{
    /// <summary>The folded text. Halves of surrogate pairs and zero characters, which no database takes, become U+FFFD.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text) && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text.ToLowerInvariant();
        }

        return WellFormed(text).Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    /// <summary>The folded text, at most <paramref name="length"/> characters, never ending in half a surrogate pair.</summary>
    public static string Fold(string text, int length) => Cut(Fold(text), 0, length);

    /// <summary>A part of folded text that neither begins nor ends inside a surrogate pair.</summary>
    internal static string Cut(string folded, int start, int length)
    {
        var from = start > 0 && start < folded.Length && char.IsLowSurrogate(folded[start]) ? start + 1 : start;
        var to = Math.Min(folded.Length, start + length);
        if (to < folded.Length && to > from && char.IsHighSurrogate(folded[to - 1]))
        {
            to--;
        }

        return folded[from..to];
    }

    private static string WellFormed(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return result.ToString();
    }

    /// <summary>The terms of a text search: folded words, without doubles.</summary>
    public static IReadOnlyList<string> Terms(string text) =>
        [.. Fold(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>How many single changes make one word of the other, for "did you mean".</summary>
    internal static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var replace = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(replace, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }

    /// <summary>The candidate nearest to a mistyped name; null when none is near.</summary>
    internal static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var folded = Fold(name, 60);
        var best = candidates
            .Select(candidate => (candidate, distance: Distance(folded, Fold(candidate, 60))))
            .OrderBy(entry => entry.distance)
            .ThenBy(entry => entry.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.candidate is not null && best.distance <= Math.Max(1, folded.Length / 3) ? best.candidate : null;
    }
}
