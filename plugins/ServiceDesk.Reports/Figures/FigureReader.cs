using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Figures;

/// <summary>One thing that a figure counts.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="At">When it happened.</param>
/// <param name="Value">Seconds, or thousandths of a plugin's value.</param>
/// <param name="Kept">Whether a promise was kept.</param>
public sealed record Counted(long Ticket, Instant At, long Value, bool Kept);

/// <summary>
/// Reads figures. Of tickets on desks on which the viewer works, joined in the database with what the viewer may see and the
/// report's query finds: what a viewer may not see is counted nowhere.
/// </summary>
public sealed class FigureReader(IPluginTables<ReportTables> tables, ITicketSets sets)
{
    private const long SecondsPerMinute = 60;
    private const long TicksPerDay = NodaConstants.TicksPerDay;

    /// <summary>The figures of a report.</summary>
    /// <exception cref="Sdk.Queries.QueryException">Its query is wrong.</exception>
    public async Task<ReportFigures> ReadAsync(
        Viewer viewer,
        ReportDocument report,
        Series series,
        ReportSpan span,
        CancellationToken cancellation
    )
    {
        var set = await sets.MatchingAsync(viewer, report.Query, cancellation);
        return await tables.ReadAsync(
            async (db, token) =>
            {
                var question = new Question(db, set, viewer, report);
                var buckets = span.Buckets(report.Step);
                var days = new Days(buckets);
                var tallies =
                    series.Measure == FigureMeasure.Open
                        ? await OpenAsync(question, span, days, token)
                        : await HappenedAsync(question, series, span, days, token);
                var figures = new ReportFigures(series, span, buckets, GroupsOf(tallies), tallies);
                return series.HasDurations
                    ? await WithPercentilesAsync(question, series, span, figures, token)
                    : figures;
            },
            cancellation
        );
    }

    /// <summary>Exactly what a figure counts, oldest first.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="report">The report.</param>
    /// <param name="series">Its series.</param>
    /// <param name="line">The line.</param>
    /// <param name="bucket">The stretch of time; of what is open, its end.</param>
    /// <param name="group">The word of the group; null for all.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="take">Most.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The part that was asked for, and how many there are in all.</returns>
    public async Task<(IReadOnlyList<Counted> Items, int Count)> CountedAsync(
        Viewer viewer,
        ReportDocument report,
        Series series,
        SeriesLine line,
        Bucket bucket,
        string? group,
        int skip,
        int take,
        CancellationToken cancellation
    )
    {
        var set = await sets.MatchingAsync(viewer, report.Query, cancellation);
        return await tables.ReadAsync(
            async (db, token) =>
            {
                var question = new Question(db, set, viewer, report);
                var figures =
                    series.Measure == FigureMeasure.Open
                        ? question.OpenAt(bucket.To.ToUnixTimeTicks())
                        : question.Facts(line, bucket.From.ToUnixTimeTicks(), bucket.To.ToUnixTimeTicks());
                figures = group is null ? figures : figures.Where(figure => figure.Group == group);
                var count = await figures.CountAsync(token);
                var rows = await figures
                    .OrderBy(figure => figure.At)
                    .ThenBy(figure => figure.TicketId)
                    .Skip(skip)
                    .Take(take)
                    .ToListAsync(token);
                IReadOnlyList<Counted> items =
                [
                    .. rows.Select(row => new Counted(
                        row.TicketId,
                        Instant.FromUnixTimeTicks(row.At),
                        row.Value,
                        row.Kept
                    )),
                ];
                return (items, count);
            },
            cancellation
        );
    }

    private static async Task<Dictionary<Place, Tally>> HappenedAsync(
        Question question,
        Series series,
        ReportSpan span,
        Days days,
        CancellationToken cancellation
    )
    {
        var tallies = new Dictionary<Place, Tally>();
        foreach (var (index, line) in series.Lines.Index())
        {
            foreach (var (from, to, offset) in EvenParts(span))
            {
                var rows = await ByDay(question.Facts(line, from, to), offset).ToListAsync(cancellation);
                foreach (var row in rows)
                {
                    var place = new Place(index, row.Group, days.BucketOf(row.Day));
                    tallies[place] = tallies.GetValueOrDefault(place) + new Tally(row.Count, row.Sum, row.Kept);
                }
            }
        }

        return tallies;
    }

    // What is open at the end of a day: what was at the begin, and what began less what ended since.
    private static async Task<Dictionary<Place, Tally>> OpenAsync(
        Question question,
        ReportSpan span,
        Days days,
        CancellationToken cancellation
    )
    {
        var begin = span.From.ToUnixTimeTicks();
        var open = await question
            .OpenAt(begin)
            .GroupBy(figure => figure.Group)
            .Select(group => new { Group = group.Key, Count = (long)group.Count() })
            .ToDictionaryAsync(row => row.Group, row => row.Count, StringComparer.Ordinal, cancellation);
        var changes = new Dictionary<(string Group, int Bucket), long>();
        foreach (var (from, to, offset) in EvenParts(span))
        {
            foreach (var (figures, sign) in new[] { (question.Begun(from, to), 1), (question.Ended(from, to), -1) })
            {
                foreach (var row in await ByDay(figures, offset).ToListAsync(cancellation))
                {
                    var key = (row.Group, days.BucketOf(row.Day));
                    changes[key] = changes.GetValueOrDefault(key) + (sign * row.Count);
                }
            }
        }

        var tallies = new Dictionary<Place, Tally>();
        foreach (var group in open.Keys.Concat(changes.Keys.Select(key => key.Group)).Distinct(StringComparer.Ordinal))
        {
            var count = open.GetValueOrDefault(group);
            for (var bucket = 0; bucket < days.Count; bucket++)
            {
                count += changes.GetValueOrDefault((group, bucket));
                tallies[new Place(0, group, bucket)] = new Tally(count, 0, 0);
            }
        }

        return tallies;
    }

    private static async Task<ReportFigures> WithPercentilesAsync(
        Question question,
        Series series,
        ReportSpan span,
        ReportFigures figures,
        CancellationToken cancellation
    )
    {
        var count = (int)figures.Whole(0).Count;
        if (count == 0)
        {
            return figures;
        }

        // One pass: how many took each number of minutes.
        var minutes = await question
            .Facts(series.Lines[0], span.From.ToUnixTimeTicks(), span.To.ToUnixTimeTicks())
            .GroupBy(figure => figure.Value / SecondsPerMinute)
            .Select(group => new { Minutes = group.Key, Count = group.Count() })
            .OrderBy(row => row.Minutes)
            .ToListAsync(cancellation);
        return figures with { Median = Within(0.5), NinetyPercent = Within(0.9) };

        long Within(double share)
        {
            var left = (long)Math.Ceiling(count * share);
            return minutes.First(row => (left -= row.Count) <= 0 || row == minutes[^1]).Minutes * SecondsPerMinute;
        }
    }

    // A day has one begin as long as the zone's offset stays: parts between its changes are counted apart.
    private static IEnumerable<(long From, long To, long Offset)> EvenParts(ReportSpan span) =>
        span
            .Zone.GetZoneIntervals(span.From, span.To)
            .Select(interval =>
            {
                var from = interval.HasStart ? Instant.Max(interval.Start, span.From) : span.From;
                var to = interval.HasEnd ? Instant.Min(interval.End, span.To) : span.To;
                return (from.ToUnixTimeTicks(), to.ToUnixTimeTicks(), interval.WallOffset.Ticks);
            });

    private static IQueryable<DayRow> ByDay(IQueryable<Figure> figures, long offset) =>
        figures
            .GroupBy(figure => new { Day = (figure.At + offset) / TicksPerDay, figure.Group })
            .Select(group => new DayRow
            {
                Day = group.Key.Day,
                Group = group.Key.Group,
                Count = group.Count(),
                Sum = group.Sum(figure => figure.Value),
                Kept = group.Sum(figure => figure.Kept ? 1 : 0),
            });

    private static ValueList<string> GroupsOf(Dictionary<Place, Tally> tallies)
    {
        var groups = tallies
            .Where(one => one.Value.Count > 0)
            .GroupBy(one => one.Key.Group, StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(one => one.Value.Count))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .ToValueList();
        return groups.Count > 0 ? groups : [string.Empty];
    }

    /// <summary>Which stretch of time a day belongs to.</summary>
    private sealed class Days(IReadOnlyList<Bucket> buckets)
    {
        private static readonly LocalDate Epoch = new(1970, 1, 1);
        private readonly int[] ends = [.. buckets.Select(bucket => Period.DaysBetween(Epoch, bucket.Last))];

        public int Count => ends.Length;

        public int BucketOf(long day)
        {
            var found = Array.BinarySearch(ends, (int)day);
            return Math.Min(found >= 0 ? found : ~found, ends.Length - 1);
        }
    }
}

/// <summary>A row of the answer: what was counted on a day.</summary>
internal sealed class DayRow
{
    public long Day { get; set; }
    public string Group { get; set; } = "";
    public long Count { get; set; }
    public long Sum { get; set; }
    public long Kept { get; set; }
}
