using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>Spans have a length and do not overlap, also over midnight.</summary>
internal static class SpanCheck
{
    private const long Day = WallTime.DayLength;

    /// <summary>The spans of a week, whose Sunday reaches into its Monday.</summary>
    public static IEnumerable<DocumentProblem> OfWeek(ValueMap<ValueList<WorkSpan>> hours)
    {
        foreach (var name in hours.Keys.Where(name => !WorkingWeek.Names.Contains(name, StringComparer.Ordinal)))
        {
            yield return DocumentProblem.At($"/hours/{JsonPointerEscape(name)}", "sla.calendar-weekday-unknown", name);
        }

        var read = new List<DaySpan>();
        foreach (var (weekday, name) in WorkingWeek.Names.Index())
        {
            foreach (var problem in Of(hours.Find(name) ?? [], $"/hours/{name}", weekday * Day, 7 * Day, read))
            {
                yield return problem;
            }
        }
    }

    /// <summary>The spans of one day.</summary>
    public static IEnumerable<DocumentProblem> OfDay(ValueList<WorkSpan> spans, string path) =>
        Of(spans, path, 0, long.MaxValue, []);

    private static IEnumerable<DocumentProblem> Of(
        ValueList<WorkSpan> spans,
        string path,
        long midnight,
        long wrap,
        List<DaySpan> read
    )
    {
        foreach (var (index, span) in spans.Index())
        {
            var place = $"{path}/{index}";
            var (from, to) = (WorkingWeek.TryReadTime(span.From), WorkingWeek.TryReadTime(span.To));
            if (from is null || to is null)
            {
                yield return from is null
                    ? DocumentProblem.At($"{place}/from", "sla.calendar-time-unreadable", span.From)
                    : DocumentProblem.At($"{place}/to", "sla.calendar-time-unreadable", span.To);
                continue;
            }

            if (from == to || from == Day)
            {
                yield return DocumentProblem.At(place, "sla.calendar-span-empty", span.From, span.To);
                continue;
            }

            var pieces = Pieces(midnight + from.Value, midnight + to.Value + (to < from ? Day : 0), wrap).ToList();
            if (pieces.Exists(piece => read.Exists(other => other.Overlap(piece.From, piece.To) > 0)))
            {
                yield return DocumentProblem.At(place, "sla.calendar-spans-overlap", span.From, span.To);
                continue;
            }

            read.AddRange(pieces);
        }
    }

    private static IEnumerable<DaySpan> Pieces(long from, long to, long wrap) =>
        to <= wrap ? [new(from, to)] : [new(from, wrap), new(0, to - wrap)];

    private static string JsonPointerEscape(string text) =>
        text.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
