using System.Globalization;
using System.Text;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>Finds in texts as they were written what a search found in their folded form. Pure.</summary>
public static class Highlights
{
    private const int MostMarks = 100;
    private const int Before = 60;
    private const int Nearby = 20;
    private const int Longest = 20_000;

    /// <summary>The whole text with what is looked for in it.</summary>
    /// <param name="terms">Folded words and phrases.</param>
    public static MarkedText Of(string text, IReadOnlyList<string> terms) => new(text, MarksIn(text, terms));

    /// <summary>
    /// A part of the text around the first place with most of what is looked for, in one line. Of a very long text a part is
    /// looked through: that which begins before the first place in which something stands as it is looked for.
    /// </summary>
    /// <param name="length">How long it is at most, without the dots where it was cut.</param>
    public static MarkedText Excerpt(string whole, IReadOnlyList<string> terms, int length)
    {
        var (from, to) = whole.Length <= Longest ? (0, whole.Length) : Searched(whole, terms);
        var text = whole[from..to];
        var marks = MarksIn(text, terms);
        var best = marks.Count == 0 ? 0 : Best(marks, length);
        var start = best <= Before || text.Length <= length ? 0 : AtWord(text, best - Before);
        var end = text.Length - start <= length ? text.Length : EndAtWord(text, start + length);
        var dots = from + start > 0 ? "…" : "";
        var line = string.Concat(
            text[start..end].Select(one => char.IsWhiteSpace(one) || char.IsControl(one) ? ' ' : one)
        );
        return new MarkedText(
            dots + line + (from + end < whole.Length ? "…" : ""),
            marks
                .Where(mark => mark.Start >= start && mark.Start + mark.Length <= end)
                .Select(mark => mark with { Start = mark.Start - start + dots.Length })
                .ToValueList()
        );
    }

    private static (int From, int To) Searched(string text, IReadOnlyList<string> terms)
    {
        var first = terms
            .Select(term => text.IndexOf(term, StringComparison.OrdinalIgnoreCase))
            .Where(at => at >= 0)
            .DefaultIfEmpty(0)
            .Min();
        var from = Whole(text, Math.Max(0, first - (2 * Before)));
        return (from, Whole(text, Math.Min(text.Length, from + Longest)));
    }

    // Never between the two halves of a character.
    private static int Whole(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static ValueList<TextMark> MarksIn(string text, IReadOnlyList<string> terms)
    {
        var (folded, places) = Fold(text);
        var found = new List<(int Start, int End)>();
        foreach (var term in terms.Where(term => term.Length > 0))
        {
            for (
                var at = folded.IndexOf(term, StringComparison.Ordinal);
                at >= 0 && found.Count < MostMarks * terms.Count;
                at = folded.IndexOf(term, at + term.Length, StringComparison.Ordinal)
            )
            {
                found.Add(
                    places is null ? (at, at + term.Length) : (places[at].Start, places[at + term.Length - 1].End)
                );
            }
        }

        var marks = new List<TextMark>();
        foreach (var (start, end) in found.Order())
        {
            if (marks.Count > 0 && marks[^1] is var last && last.Start + last.Length >= start)
            {
                marks[^1] = last with { Length = Math.Max(last.Length, end - last.Start) };
            }
            else if (marks.Count < MostMarks)
            {
                marks.Add(new TextMark(start, end - start));
            }
        }

        return marks.ToValueList();
    }

    // Composed text keeps its places; in other text each character that people see is folded alone.
    private static (string Folded, List<(int Start, int End)>? Places) Fold(string text)
    {
        var whole = Folding.Fold(text);
        if (whole.Length == text.Length)
        {
            return (whole, null);
        }

        var folded = new StringBuilder();
        var places = new List<(int, int)>();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var part = Folding.Fold(element);
            folded.Append(part);
            places.AddRange(
                Enumerable.Repeat((elements.ElementIndex, elements.ElementIndex + element.Length), part.Length)
            );
        }

        return (folded.ToString(), places);
    }

    private static int Best(ValueList<TextMark> marks, int length) =>
        marks
            .Select(mark =>
                (
                    mark.Start,
                    Count: marks.Count(other =>
                        other.Start >= mark.Start && other.Start + other.Length <= mark.Start + length - Before
                    )
                )
            )
            .OrderByDescending(place => place.Count)
            .ThenBy(place => place.Start)
            .First()
            .Start;

    private static int AtWord(string text, int at)
    {
        for (var next = at; next < Math.Min(text.Length, at + Nearby); next++)
        {
            if (char.IsWhiteSpace(text[next]))
            {
                return next + 1;
            }
        }

        return char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }

    private static int EndAtWord(string text, int at)
    {
        for (var previous = at; previous > at - Nearby; previous--)
        {
            if (char.IsWhiteSpace(text[previous]))
            {
                return previous;
            }
        }

        return char.IsLowSurrogate(text[at]) ? at - 1 : at;
    }
}
