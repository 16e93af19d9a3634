using System.Text;

namespace ServiceDesk.Storage.Search;

/// <summary>
/// Runs of one, two and three characters, by which an index finds any part of a word in any script. Words are cut at white
/// space only, so that punctuation is found like letters.
/// </summary>
internal static class Grams
{
    /// <summary>Hashes of all runs of one to three characters of a text's words, each once, in order.</summary>
    public static int[] Of(string folded)
    {
        var grams = new HashSet<int>();
        foreach (var word in Words(folded))
        {
            for (var start = 0; start < word.Length; start++)
            {
                for (var length = 1; length <= 3 && start + length <= word.Length; length++)
                {
                    grams.Add(Hash(word.AsSpan(start, length)));
                }
            }
        }

        var result = grams.ToArray();
        Array.Sort(result);
        return result;
    }

    /// <summary>
    /// Hashes that stand in every text that contains the term: its longest runs. Empty when the term is white space only.
    /// Different runs may share a hash, so what is found must still be compared.
    /// </summary>
    public static int[] Needed(string term)
    {
        var grams = new HashSet<int>();
        foreach (var word in Words(term))
        {
            var length = Math.Min(3, word.Length);
            for (var start = 0; start + length <= word.Length; start++)
            {
                grams.Add(Hash(word.AsSpan(start, length)));
            }
        }

        return [.. grams];
    }

    /// <summary>
    /// All runs of two characters as words of ten hexadecimal digits, with the last character of each word alone: a term of two
    /// characters is such a word, one of one character its beginning.
    /// </summary>
    public static string Pairs(string folded)
    {
        var pairs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Words(folded))
        {
            for (var start = 0; start < word.Length; start++)
            {
                pairs.Add(Digits(word.AsSpan(start, Math.Min(2, word.Length - start))));
            }
        }

        return string.Join(' ', pairs);
    }

    /// <summary>The digits of one or two characters.</summary>
    public static string Digits(ReadOnlySpan<Rune> characters)
    {
        var digits = new StringBuilder(10);
        foreach (var character in characters)
        {
            digits.Append(System.Globalization.CultureInfo.InvariantCulture, $"{character.Value:x5}");
        }

        return digits.ToString();
    }

    private static IEnumerable<Rune[]> Words(string text)
    {
        var word = new List<Rune>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                word.Add(rune);
            }
            else if (word.Count > 0)
            {
                yield return [.. word];
                word.Clear();
            }
        }

        if (word.Count > 0)
        {
            yield return [.. word];
        }
    }

    private static int Hash(ReadOnlySpan<Rune> characters)
    {
        // FNV-1a: the same in every process, since its values are stored.
        var hash = 2166136261u;
        foreach (var character in characters)
        {
            hash = unchecked((hash ^ (uint)character.Value) * 16777619u);
        }

        return unchecked((int)hash);
    }
}
