using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.Tickets;
using static ServiceDesk.Core.Tests.Sla.Forecasts.Forecasting;

namespace ServiceDesk.Core.Tests.Sla.Forecasts;

/// <summary>What holds for every forecast: random work of three people and their team, random absences with and without stand-ins.</summary>
public sealed class SlaForecastProperties
{
    private const int Worlds = 60;
    private static readonly PersonId[] Everybody = [Ann, Bob, Cho];

    private static Gen<Forecasting> World =>
        from clocks in Gen.ListOf(Clock)
        from away in Gen.ListOf(Away)
        from late in Gen.Elements(LateWork.First, LateWork.Last)
        select Of(clocks, away.Take(4), late);

    private static Gen<(int Owner, int Due, int Need, bool IsAnswer)> Clock { get; } =
        from owner in Gen.Choose(0, 3)
        from due in Gen.Choose(-20, 150)
        from need in Gen.Choose(1, 40)
        from kind in Gen.Choose(0, 3)
        select (owner, due, need, kind == 0);

    private static Gen<(int Who, int Day, int Days, int Substitute)> Away { get; } =
        from who in Gen.Choose(0, 2)
        from day in Gen.Choose(2, 7)
        from days in Gen.Choose(0, 2)
        from substitute in Gen.Choose(0, 3)
        select (who, day, days, substitute);

    private static Gen<SupposedAbsence> Off { get; } =
        from who in Gen.Elements(Everybody)
        from day in Gen.Choose(2, 8)
        from days in Gen.Choose(0, 2)
        select new SupposedAbsence(who, new LocalDate(2026, 3, day), new LocalDate(2026, 3, day + days));

    [Fact]
    public void Nothing_supposed_is_the_forecast() =>
        Check(
            World,
            office =>
            {
                var (one, other) = (office.Reckon(), office.Reckon(new ForecastChange()));
                return one.Lines.SequenceEqual(other.Lines)
                    && one.Loads.SequenceEqual(other.Loads)
                    && one.BreakingOnlyIn(other).Count == 0;
            }
        );

    [Fact]
    public void More_hours_never_break_a_clock() =>
        Check(
            from office in World
            from more in Gen.Choose(0, 2)
            from day in Gen.Choose(7, 8)
            select (office, more, day),
            told =>
            {
                var change = new ForecastChange
                {
                    More = new Dictionary<TeamId, int> { [Team] = told.more }
                        .Where(pair => pair.Value > 0)
                        .ToDictionary(),
                    Works = [new SupposedDay(Team, new LocalDate(2026, 3, told.day))],
                };
                return told.office.Reckon().BreakingOnlyIn(told.office.Reckon(change)).Count == 0;
            }
        );

    [Fact]
    public void A_day_off_never_saves_a_clock() =>
        Check(
            from office in World
            from off in Off
            select (office, off),
            told =>
                told.office.Reckon(new ForecastChange { Off = [told.off] }).BreakingOnlyIn(told.office.Reckon()).Count
                == 0
        );

    [Fact]
    public void What_everybody_has_adds_up_to_the_whole() =>
        Check(
            World,
            office =>
            {
                var forecast = office.Reckon();
                return forecast.Loads.Sum(load => load.Due) == forecast.Lines.Count
                    && forecast.Loads.Sum(load => load.Breaks) == forecast.Breaking.Count()
                    && forecast.Lines.Count + forecast.Loads.Sum(load => load.Late)
                        == office.Clocks.Count(clock => clock.DueAt <= Until);
            }
        );

    [Fact]
    public void Every_reason_adds_up() =>
        Check(
            World,
            office =>
                office
                    .Reckon()
                    .Lines.All(line =>
                        line.Breaks
                            ? line.Left < line.Clock.Need
                                && line.Taken >= Duration.Zero
                                && line.Left + line.Taken <= line.Available
                                && (line.Why == ForecastReason.Load) == (line.Available > Duration.Zero)
                                // One person alone leaves nothing unused before the clock is due.
                                && (line.Clock.Owner.Person is null || line.Left + line.Taken == line.Available)
                            : line.WorkedBy <= line.Clock.DueAt
                    )
        );

    private static Forecasting Of(
        IEnumerable<(int Owner, int Due, int Need, bool IsAnswer)> clocks,
        IEnumerable<(int Who, int Day, int Days, int Substitute)> away,
        LateWork late
    )
    {
        var office = new Forecasting { Late = late };
        foreach (var (owner, due, need, isAnswer) in clocks)
        {
            office.With(
                owner < Everybody.Length ? Everybody[owner] : null,
                Now + Duration.FromHours(due),
                need / 4.0,
                isAnswer ? ForecastWork.Answer : ForecastWork.Solution
            );
        }

        foreach (var (who, day, days, substitute) in away)
        {
            PersonId? standIn = substitute < Everybody.Length && substitute != who ? Everybody[substitute] : null;
            office.Away(Everybody[who], day, day + days, standIn);
        }

        return office;
    }

    private static void Check<T>(Gen<T> worlds, Func<T, bool> holds) =>
        Prop.ForAll(worlds.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(Worlds));
}
