using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Queries;
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
public sealed class FigureReader(
    IPluginTables<ReportTables> tables,
    ITicketSets sets,
    IConfigurationReader configuration
)
{
    /// <summary>The figures of a report.</summary>
    /// <exception cref="QueryException">Its query is wrong, or it is told apart by a field that there is not, or not for the viewer.</exception>
    public async Task<ReportFigures> ReadAsync(
        Viewer viewer,
        ReportDocument report,
        Series series,
        ReportSpan span,
        CancellationToken cancellation
    )
    {
        var set = await sets.MatchingAsync(viewer, report.Query, cancellation);
        var metrics = PromisedMetrics.Of(report, configuration.Current);
        var held = await HeldAsync(viewer, report, cancellation);
        var asking = new Asking(tables, db => new Question(db, set, viewer, report, metrics, held), cancellation);
        var steps = new Steps(span, report.Step);
        var tallying =
            series.Measure == FigureMeasure.Open ? OpenAsync(asking, steps) : HappenedAsync(asking, series, steps);
        var durations = series.HasDurations ? MinutesAsync(asking, series, span) : Task.FromResult(Durations.None);
        await Task.WhenAll(tallying, durations);
        var (tallies, minutes) = (await tallying, await durations);
        return new ReportFigures(series, span, steps.Buckets, GroupsOf(tallies), tallies)
        {
            Median = minutes.Within(0.5),
            NinetyPercent = minutes.Within(0.9),
        };
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
        var metrics = PromisedMetrics.Of(report, configuration.Current);
        var held = await HeldAsync(viewer, report, cancellation);
        return await tables.ReadAsync(
            async (db, token) =>
            {
                var question = new Question(db, set, viewer, report, metrics, held);
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

    // A field that the viewer never sees is none.
    private async Task<TicketWords?> HeldAsync(Viewer viewer, ReportDocument report, CancellationToken cancellation) =>
        Grouping.Of(report)?.Field is not { } field
            ? null
            : await sets.HeldAsync(viewer, field, cancellation)
                ?? throw new QueryException(new QueryError("reports.refusal.no-field", [field], 0, 0));

    private static async Task<Dictionary<Place, Tally>> HappenedAsync(Asking asking, Series series, Steps steps)
    {
        var answers = await Task.WhenAll(
            series
                .Lines.Index()
                .SelectMany(line =>
                    steps.Parts.Select(async part =>
                        (
                            Line: line.Index,
                            Part: part,
                            Rows: await asking.ListAsync(question =>
                                part.Group(question.Facts(line.Item, part.From, part.To))
                            )
                        )
                    )
                )
        );
        var tallies = new Dictionary<Place, Tally>();
        foreach (var (line, part, rows) in answers)
        {
            foreach (var row in rows)
            {
                var place = new Place(line, row.Group, steps.BucketOf(part, row.Step));
                tallies[place] = tallies.GetValueOrDefault(place) + new Tally(row.Count, row.Sum, row.Kept);
            }
        }

        return tallies;
    }

    // What is open at the end of a stretch: what was at the begin, and what began less what ended since.
    private static async Task<Dictionary<Place, Tally>> OpenAsync(Asking asking, Steps steps)
    {
        var begin = steps.Span.From.ToUnixTimeTicks();
        var standing = asking.ListAsync(question =>
            question
                .OpenAt(begin)
                .GroupBy(figure => figure.Group)
                .Select(group => new StepRow { Group = group.Key, Count = group.Count() })
        );
        var answers = await Task.WhenAll(
            steps.Parts.SelectMany(part =>
                new[]
                {
                    ChangedAsync(asking, part, 1, question => question.Begun(part.From, part.To)),
                    ChangedAsync(asking, part, -1, question => question.Ended(part.From, part.To)),
                }
            )
        );
        var open = (await standing).ToDictionary(row => row.Group, row => row.Count, StringComparer.Ordinal);
        var changes = new Dictionary<(string Group, int Bucket), long>();
        foreach (var (part, sign, rows) in answers)
        {
            foreach (var row in rows)
            {
                var key = (row.Group, steps.BucketOf(part, row.Step));
                changes[key] = changes.GetValueOrDefault(key) + (sign * row.Count);
            }
        }

        var tallies = new Dictionary<Place, Tally>();
        foreach (var group in open.Keys.Concat(changes.Keys.Select(key => key.Group)).Distinct(StringComparer.Ordinal))
        {
            var count = open.GetValueOrDefault(group);
            for (var bucket = 0; bucket < steps.Buckets.Count; bucket++)
            {
                count += changes.GetValueOrDefault((group, bucket));
                tallies[new Place(0, group, bucket)] = new Tally(count, 0, 0);
            }
        }

        return tallies;
    }

    private static async Task<(StepPart Part, int Sign, List<StepRow> Rows)> ChangedAsync(
        Asking asking,
        StepPart part,
        int sign,
        Func<Question, IQueryable<Figure>> figures
    ) => (part, sign, await asking.ListAsync(question => part.Group(figures(question))));

    // One pass: how many took each number of minutes.
    private static async Task<Durations> MinutesAsync(Asking asking, Series series, ReportSpan span) =>
        new(
            await asking.ListAsync(question =>
                question
                    .Facts(series.Lines[0], span.From.ToUnixTimeTicks(), span.To.ToUnixTimeTicks())
                    .GroupBy(figure => figure.Value / Durations.SecondsPerMinute)
                    .Select(group => new MinutesRow { Minutes = group.Key, Count = group.Count() })
                    .OrderBy(row => row.Minutes)
            )
        );

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

    /// <summary>
    /// Asks the tables, each question on a connection of its own, so that the parts of a report are read side by side; not
    /// more of them than there are processors for, or connections that others wait for.
    /// </summary>
    private sealed class Asking(
        IPluginTables<ReportTables> tables,
        Func<ReportTables, Question> question,
        CancellationToken cancellation
    )
    {
        private const int MostAtOnce = 4;
        private readonly SemaphoreSlim places = new(Math.Min(Environment.ProcessorCount, MostAtOnce));

        public async Task<List<T>> ListAsync<T>(Func<Question, IQueryable<T>> ask)
        {
            await places.WaitAsync(cancellation);
            try
            {
                // A database in this process answers on the thread that asks.
                return await Task.Run(
                    () => tables.ReadAsync((db, token) => ask(question(db)).ToListAsync(token), cancellation),
                    cancellation
                );
            }
            finally
            {
                places.Release();
            }
        }
    }
}
