using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Reports.Tests;

/// <summary>Periods and their parts.</summary>
public class SpanTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 23, 30);

    [Fact]
    public void Today_is_the_zones()
    {
        var seoul = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

        var span = ReportSpan.Of(null, null, 7, seoul, Now)!;

        Assert.Equal((new LocalDate(2026, 2, 25), new LocalDate(2026, 3, 3)), (span.First, span.Last));
    }

    [Theory]
    [InlineData("soon", null)]
    [InlineData("2026-03-05", "2026-03-04")]
    [InlineData("2026-02-30", null)]
    [InlineData("1970-01-01", "2026-01-01")]
    [InlineData("9999-01-01", "9999-01-02")]
    public void What_is_no_period_is_refused(string? from, string? to)
    {
        Assert.Null(ReportSpan.Of(from, to, 30, DateTimeZone.Utc, Now));
    }

    [Fact]
    public void Parts_tile_the_period_whatever_the_zone_does()
    {
        var zones = Gen.Elements("Asia/Seoul", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia");
        var property = Prop.ForAll(
            zones.ToArbitrary(),
            Gen.Choose(0, 5000).ToArbitrary(),
            Gen.Choose(0, 800).ToArbitrary(),
            (zone, start, length) =>
            {
                var first = new LocalDate(2009, 1, 1).PlusDays(start);
                var span = new ReportSpan(first, first.PlusDays(length), DateTimeZoneProviders.Tzdb[zone]);
                return Enum.GetValues<ReportStep>().All(step => Tiles(span, span.Buckets(step)));
            }
        );
        Check.One(Config.QuickThrowOnFailure, property);
    }

    [Fact]
    public void Whatever_is_asked_apart_every_instant_counts_in_the_part_that_it_lies_in()
    {
        var zones = Gen.Elements("Asia/Seoul", "America/New_York", "Europe/Berlin", "America/Havana", "Pacific/Apia");
        var moments = Gen.Choose(0, 1_000_000).ListOf(60);
        var property = Prop.ForAll(
            Gen.Zip(zones, Gen.Choose(0, 5000)).ToArbitrary(),
            Gen.Choose(0, 800).ToArbitrary(),
            moments.ToArbitrary(),
            (where, length, shares) =>
            {
                var first = new LocalDate(2009, 1, 1).PlusDays(where.Item2);
                var span = new ReportSpan(first, first.PlusDays(length), DateTimeZoneProviders.Tzdb[where.Item1]);
                return Enum.GetValues<ReportStep>().All(step => CountsRightly(span, step, shares));
            }
        );
        Check.One(Config.QuickThrowOnFailure, property);
    }

    private static bool CountsRightly(ReportSpan span, ReportStep step, IEnumerable<int> shares)
    {
        var steps = new Steps(span, step);
        var (begin, end) = (span.From.ToUnixTimeTicks(), span.To.ToUnixTimeTicks());

        // Also the first and the last instant of each part, where a mistake would be.
        var moments = shares
            .Select(share => begin + (long)((end - begin - 1) * (share / 1_000_000.0)))
            .Concat(steps.Buckets.Select(bucket => bucket.From.ToUnixTimeTicks()))
            .Concat(steps.Buckets.Select(bucket => bucket.To.ToUnixTimeTicks() - 1))
            .ToList();
        var counted = new long[steps.Buckets.Count];
        foreach (var part in steps.Parts)
        {
            var inside = moments.Where(at => at >= part.From && at < part.To).Select(at => new Figure { At = at });
            foreach (var row in part.Group(inside.AsQueryable()))
            {
                counted[steps.BucketOf(part, row.Step)] += row.Count;
            }
        }

        return steps
            .Buckets.Select(bucket => (bucket.From.ToUnixTimeTicks(), bucket.To.ToUnixTimeTicks()))
            .Select(bucket => (long)moments.Count(at => at >= bucket.Item1 && at < bucket.Item2))
            .SequenceEqual(counted);
    }

    private static bool Tiles(ReportSpan span, IReadOnlyList<Bucket> buckets) =>
        buckets[0].From == span.From
        && buckets[^1].To == span.To
        && buckets.Zip(buckets.Skip(1)).All(pair => pair.First.To == pair.Second.From)
        && buckets.All(bucket => bucket.First <= bucket.Last);
}
