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

    /// <summary>How many single changes make one word of the other, two letters that changed places being one, for "did you mean".</summary>
    internal static int Distance(string left, string right)
    {
        var changes = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                changes[row, column] = Math.Min(row, column) == 0 ? Math.Max(row, column) : Step(row, column);
            }
        }

        return changes[left.Length, right.Length];

        int Step(int row, int column)
        {
            var replaced = changes[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
            var least = Math.Min(replaced, Math.Min(changes[row - 1, column], changes[row, column - 1]) + 1);
            var swapped =
                row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
            return swapped ? Math.Min(least, changes[row - 2, column - 2] + 1) : least;
        }
    }

    /// <summary>The candidate nearest to a mistyped name; null when none is near.</summary>
    internal static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var folded = Fold(name, 60);
        var best = candidates
            .Select(candidate => (candidate, distance: Distance(folded, Fold(candidate, 60))))
            .OrderBy(entry => entry.distance)
            .FirstOrDefault();
        return best.candidate is not null && best.distance <= Math.Max(1, folded.Length / 3) ? best.candidate : null;
    }
}
