using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Core.Tests.Sla.Calendars;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class AgreementFitTests
{
    private static readonly WorkingCalendar Office = WorkingCalendar.Of(CalendarSamples.Office());

    [Fact]
    public void Teams_that_together_take_as_long_as_promised_fit() =>
        Assert.True(Fit(All(24), All(4), All(8), All(12)).Fits);

    [Fact]
    public void Teams_that_together_take_longer_never_fit()
    {
        var fit = Fit(All(11), All(4), All(8));

        Assert.True(fit.NeverFits);
        Assert.Equal(Duration.FromHours(1), fit.End - fit.Due);
    }

    [Fact]
    public void Office_hours_inside_a_promise_round_the_clock_fail_over_the_weekend_alone()
    {
        var fit = Fit(All(24), OfOffice(4));

        Assert.False(fit.Fits);
        Assert.False(fit.NeverFits);
        // From Friday 14:30 in Seoul on, half an hour less than four hours of work are left before the weekend.
        Assert.Equal(IsoDayOfWeek.Friday, fit.Start!.Value.InZone(Office.Zone).DayOfWeek);
    }

    [Fact]
    public void Whoever_is_named_first_the_order_counts_in_which_teams_end_last()
    {
        // Two hours of office before two around the clock end on Friday evening; behind them they are Monday's.
        var friday = CalendarSamples.At("2026-11-27 16:00");

        Assert.Equal(CalendarSamples.At("2026-11-30 11:00"), AgreementFit.LatestEnd([OfOffice(2), All(2)], friday));
        Assert.Equal(Fit(All(48), All(2), OfOffice(2)), Fit(All(48), OfOffice(2), All(2)));
        Assert.False(Fit(All(48), OfOffice(2), All(2)).Fits);
    }

    [Fact]
    public void Every_order_of_many_teams_is_met()
    {
        var night = WorkingCalendar.Of(
            CalendarSamples.Of(
                "Asia/Seoul",
                CalendarSamples.Days.ToDictionary(day => day, _ => new[] { ("20:00", "23:00") })
            )
        );
        AgreedTime[] stages = [All(1), OfOffice(2), new AgreedTime("night", Duration.FromHours(2), night), OfOffice(1)];

        var ends = Orders(stages)
            .Select(order => order.Aggregate(Story.Monday9, (at, one) => one.Calendar.Add(at, one.Target)!.Value))
            .ToList();

        Assert.True(ends.Distinct().Count() > 1);
        Assert.Equal(ends.Max(), AgreementFit.LatestEnd(stages, Story.Monday9));
        Assert.Equal(ends.Max(), AgreementFit.LatestEnd([.. stages.Reverse()], Story.Monday9));
    }

    private static IEnumerable<AgreedTime[]> Orders(AgreedTime[] stages) =>
        stages.Length < 2
            ? [stages]
            : stages.SelectMany(
                (one, at) =>
                    Orders([.. stages[..at], .. stages[(at + 1)..]]).Select(rest => (AgreedTime[])[one, .. rest])
            );

    [Fact]
    public void A_team_whose_calendar_has_no_hours_never_fits()
    {
        var never = WorkingCalendar.Of(
            CalendarSamples.Office() with
            {
                Hours = Sdk.Values.ValueMap<Sdk.Values.ValueList<Sdk.Configuration.WorkSpan>>.Empty,
            }
        );

        var fit = Fit(All(24), new AgreedTime("night", Duration.FromHours(1), never));

        Assert.True(fit.NeverFits);
        Assert.Null(fit.End);
    }

    private static AgreementFit Fit(AgreedTime promise, params AgreedTime[] stages) =>
        AgreementFit.Of(promise, stages, Story.Monday9);

    private static AgreedTime All(double hours) => new("all", Duration.FromHours(hours), WorkingCalendar.RoundTheClock);

    private static AgreedTime OfOffice(double hours) => new("office", Duration.FromHours(hours), Office);
}
