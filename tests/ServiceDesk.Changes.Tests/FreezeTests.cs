using System.ComponentModel.DataAnnotations;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Changes.Planning;
using ServiceDesk.Changes.Risk;

namespace ServiceDesk.Changes.Tests;

/// <summary>Freezes, windows and the questionnaire by themselves.</summary>
public class FreezeTests
{
    [Fact]
    public void Freezes_are_read_in_their_zone_last_day_included()
    {
        var settings = new ChangeSettings
        {
            Zone = "Asia/Seoul",
            Freezes = "2027-03-01T18:00/2027-03-02T06:00 Audit; 2026-12-24/2027-01-03 Year end;",
        };

        Assert.Equal(
            [
                new FreezeWindow(Instant.FromUtc(2026, 12, 23, 15, 0), Instant.FromUtc(2027, 1, 3, 15, 0), "Year end"),
                new FreezeWindow(Instant.FromUtc(2027, 3, 1, 9, 0), Instant.FromUtc(2027, 3, 1, 21, 0), "Audit"),
            ],
            FreezeWindows.Of(settings)
        );
    }

    [Theory]
    [InlineData("2026-12-24")]
    [InlineData("2026-13-01/2026-12-02 x")]
    [InlineData("2026-12-24/2026-12-22 backwards")]
    [InlineData("soon/later")]
    public void What_cannot_be_read_is_told_when_it_is_saved(string text)
    {
        var settings = new ChangeSettings { Freezes = text };

        Assert.NotEmpty(settings.Validate(new ValidationContext(settings)));
        Assert.Empty(FreezeWindows.Of(settings));
    }

    [Fact]
    public void Overlap_is_having_an_instant_in_common_and_the_same_from_both_sides() =>
        Prop.ForAll(
                Gen.Choose(0, 20).Four().ToArbitrary(),
                four =>
                {
                    var (a, b, c, d) = four;
                    var one = Window(a, b);
                    var two = Window(c, d);
                    var common = Enumerable
                        .Range(0, 40)
                        .Select(At)
                        .Any(at => one.Start <= at && at < one.End && two.Start <= at && at < two.End);

                    Assert.Equal(common, one.Overlaps(two.Start, two.End));
                    Assert.Equal(common, two.Overlaps(one.Start, one.End));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_riskier_answer_never_lowers_the_risk() =>
        Prop.ForAll(
                (
                    from places in Gen.Choose(0, 2).ArrayOf(5)
                    from question in Gen.Choose(0, 4)
                    from weights in Gen.Choose(0, 10).ArrayOf(5)
                    select (places, question, weights)
                ).ToArbitrary(),
                one =>
                {
                    var settings = new ChangeSettings
                    {
                        UsersWeight = one.weights[0],
                        OutageWeight = one.weights[1],
                        BackOutWeight = one.weights[2],
                        TestedWeight = one.weights[3],
                        ExperienceWeight = one.weights[4],
                    };
                    int[] riskier = [.. one.places];
                    riskier[one.question] = Math.Min(2, riskier[one.question] + 1);
                    var (less, more) = (Count(one.places, settings), Count(riskier, settings));

                    Assert.True(less.Points <= more.Points);
                    Assert.True(less.Level <= more.Level);
                    Assert.Equal(less.Points, less.Reasons.Sum(reason => reason.Points));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_month_is_whole_weeks_that_hold_all_its_days() =>
        Prop.ForAll(
                Gen.Choose(0, 100_000).ToArbitrary(),
                days =>
                {
                    var day = new LocalDate(1950, 1, 1).PlusDays(days);
                    var month = CalendarSpan.MonthOf(day);
                    var shown = month.Days.ToList();

                    Assert.Equal(IsoDayOfWeek.Monday, shown[0].DayOfWeek);
                    Assert.Equal(IsoDayOfWeek.Sunday, shown[^1].DayOfWeek);
                    Assert.Contains(DateAdjusters.StartOfMonth(day), shown.Take(7));
                    Assert.Contains(DateAdjusters.EndOfMonth(day), shown.TakeLast(7));
                    Assert.Contains(day, CalendarSpan.WeekOf(day).Days);
                }
            )
            .QuickCheckThrowOnFailure();

    private static RiskAssessed Count(int[] places, ChangeSettings settings) =>
        RiskQuestions.Count(
            Planned.Answers([
                .. RiskQuestions.All.Select((question, at) => (question.Id, question.Answers[places[at]])),
            ]),
            settings
        );

    private static PlannedWindow Window(int one, int other) => new(At(one), At(one + 1 + (other / 2)));

    private static Instant At(int hour) => Planned.Start + Duration.FromHours(hour);
}
