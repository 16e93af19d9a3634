using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers.Inside;

/// <summary>Finds for a place in compiled text the place in the source. Reads the mappings of a source map (version 3): groups of base-64 numbers, each the difference to the one before.</summary>
internal sealed class SourceMap
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly List<List<(int Column, SourcePlace Source)>> lines = [];

    public SourceMap(string mappings)
    {
        var (line, column) = (0, 0);
        foreach (var group in mappings.Split(';'))
        {
            var places = new List<(int, SourcePlace)>();
            var generated = 0;
            foreach (var segment in group.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var numbers = Numbers(segment);
                generated += numbers[0];
                if (numbers.Count >= 4)
                {
                    line += numbers[2];
                    column += numbers[3];
                    places.Add((generated, new SourcePlace(line + 1, column + 1)));
                }
            }

            lines.Add(places);
        }
    }

    /// <summary>
    /// The place in the source of what stands at a place, or else nearest before it on its line, then nearest behind it there
    /// (the word <c>var</c> that begins a statement comes from nowhere), then nearest above; null when nothing does.
    /// </summary>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 0.</param>
    public SourcePlace? Find(int line, int column)
    {
        for (var at = Math.Min(line, lines.Count) - 1; at >= 0; at--)
        {
            if (lines[at] is [var first, ..] places)
            {
                var found = at == line - 1 ? places.FindLastIndex(place => place.Column <= column) : places.Count - 1;
                return found < 0 ? first.Source : places[found].Source;
            }
        }

        return null;
    }

    private static List<int> Numbers(string segment)
    {
        var numbers = new List<int>(5);
        var (value, shift) = (0, 0);
        foreach (var character in segment)
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            value |= (digit & 31) << shift;
            shift += 5;
            if ((digit & 32) == 0)
            {
                numbers.Add((value & 1) == 0 ? value >> 1 : -(value >> 1));
                (value, shift) = (0, 0);
            }
        }

        return numbers;
    }
}
