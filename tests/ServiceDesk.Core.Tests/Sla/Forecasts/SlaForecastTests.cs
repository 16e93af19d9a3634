using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.Forecasts.Forecasting;

namespace ServiceDesk.Core.Tests.Sla.Forecasts;

/// <summary>Which clocks will break, and why.</summary>
public sealed class SlaForecastTests
{
    [Fact]
    public void What_fits_before_it_is_due_does_not_break_and_says_when_it_is_done()
    {
        var line = Assert.Single(new Forecasting().With(Ann, Seoul(2, 14), 4).Reckon().Lines);

        Assert.Equal((false, Seoul(2, 14)), (line.Breaks, line.WorkedBy));
    }

    [Fact]
    public void What_is_due_before_takes_hours_from_what_is_due_after()
    {
        // 8 hours are left today: 5 for the first, 3 for the second, which takes 4.
        var forecast = new Forecasting().With(Ann, Seoul(2, 18), 4).With(Ann, Seoul(2, 16), 5).Reckon();

        var broken = Assert.Single(forecast.Breaking);
        Assert.Equal((1L, ForecastReason.Load, 1), (broken.Clock.Ticket.Value, broken.Why, broken.Ahead));
        Assert.Equal(
            (Duration.FromHours(8), Duration.FromHours(5), Duration.FromHours(3)),
            (broken.Available, broken.Taken, broken.Left)
        );
        // The last hour is that of the next morning.
        Assert.Equal(Seoul(3, 10), broken.WorkedBy);
    }

    [Fact]
    public void Work_of_one_person_is_not_in_the_way_of_anothers() =>
        Assert.Empty(new Forecasting().With(Ann, Seoul(2, 18), 8).With(Bob, Seoul(2, 18), 8).Reckon().Breaking);

    [Fact]
    public void Who_is_absent_until_it_is_due_breaks_it_unless_somebody_stands_in()
    {
        var alone = new Forecasting().With(Ann, Seoul(3, 12), 1).Away(Ann, 2, 3).Reckon();
        var broken = Assert.Single(alone.Breaking);
        Assert.Equal((ForecastReason.Absent, Duration.Zero), (broken.Why, broken.Available));

        var stoodIn = new Forecasting().With(Ann, Seoul(3, 12), 1).Away(Ann, 2, 3, Bob).Reckon();
        Assert.Equal(Seoul(2, 11), Assert.Single(stoodIn.Lines).WorkedBy);

        var both = new Forecasting().With(Ann, Seoul(3, 12), 1).Away(Ann, 2, 3, Bob).Away(Bob, 2, 2).Reckon();
        Assert.Equal(Seoul(3, 10), Assert.Single(both.Lines).WorkedBy);
    }

    [Fact]
    public void Who_stands_in_has_the_own_work_too_in_the_order_of_due()
    {
        var forecast = new Forecasting()
            .With(Ann, Seoul(2, 12), 2)
            .With(Bob, Seoul(2, 18), 6)
            .With(Bob, Seoul(2, 17), 1)
            .Away(Ann, 2, 2, Bob)
            .Reckon();

        Assert.Equal([2L], forecast.Breaking.Select(line => line.Clock.Ticket.Value));
    }

    [Fact]
    public void What_is_due_in_the_night_has_no_hours()
    {
        var tired = new Forecasting().With(Ann, Seoul(2, 18), 8).With(Ann, Seoul(3, 3), 1).Reckon();
        Assert.Equal(ForecastReason.Load, Assert.Single(tired.Breaking).Why);

        var atNight = SlaForecast.Of(
            [new Forecasting().With(Ann, Seoul(3, 3), 1).Clocks[0]],
            new Forecasting().Force([new Forecasting().With(Ann, Seoul(3, 3), 1).Clocks[0]], new ForecastChange()),
            Seoul(2, 20),
            Until
        );
        Assert.Equal(ForecastReason.OutsideHours, Assert.Single(atNight.Breaking).Why);
    }

    [Fact]
    public void Nobody_has_what_belongs_to_somebody_unknown() =>
        Assert.Equal(
            ForecastReason.Nobody,
            Assert.Single(new Forecasting().With(new PersonId(99), Seoul(2, 18), 1).Reckon().Breaking).Why
        );

    [Fact]
    public void The_team_shares_what_has_no_agent_and_who_has_least_of_the_own_takes_it_first()
    {
        var forecast = new Forecasting()
            .With(Ann, Seoul(2, 18), 8)
            .With(Bob, Seoul(2, 18), 5)
            .With(null, Seoul(2, 17.5), 7)
            .With(null, Seoul(2, 17.6), 3)
            .Reckon();

        // Cho has nothing: takes the first; the second goes over to Bob, whose own still fits.
        Assert.Equal([2L], Seen(forecast.Lines.Where(line => line.WorkedBy > Seoul(2, 17.9)).Select(Id).Except([1L])));
        Assert.Empty(forecast.Breaking);
    }

    [Fact]
    public void A_ticket_is_worked_off_once_for_all_its_clocks()
    {
        var first = new Forecasting().With(Ann, Seoul(2, 12), 2).Clocks[0];
        var forecast = new Forecasting()
            .Add([first, first with { Metric = "time-in-team", DueAt = Seoul(2, 11) }])
            .Reckon();

        Assert.Equal(["time-in-team"], forecast.Breaking.Select(line => line.Clock.Metric));
        Assert.Equal(Duration.FromHours(1), forecast.Breaking.Single().Left);
        Assert.Equal(Duration.FromHours(2), Assert.Single(forecast.Loads).Needed);
    }

    [Fact]
    public void What_is_late_already_goes_first_or_waits_and_is_no_line()
    {
        Forecasting Late(LateWork late) =>
            new Forecasting { Late = late }
                .With(Ann, Seoul(1, 12), 7)
                .With(Ann, Seoul(2, 18), 2);

        Assert.Equal([2L], Late(LateWork.First).Reckon().Breaking.Select(Id));
        var waits = Late(LateWork.Last).Reckon();
        Assert.Empty(waits.Breaking);
        Assert.Equal((1, 1), (Assert.Single(waits.Loads).Late, Assert.Single(waits.Lines).Clock.DueAt > Now ? 1 : 0));
    }

    [Fact]
    public void Off_on_Friday_breaks_what_was_to_be_done_then_and_says_the_absence()
    {
        var office = new Forecasting().With(Ann, Friday18, 36).With(Ann, Seoul(6, 17), 4);
        var off = office.Reckon(
            new ForecastChange
            {
                Off = [new SupposedAbsence(Ann, new LocalDate(2026, 3, 6), new LocalDate(2026, 3, 6))],
            }
        );

        Assert.Empty(office.Reckon().Breaking);
        Assert.Equal([1L], office.Reckon().BreakingOnlyIn(off).Select(Id));
        Assert.Empty(off.BreakingOnlyIn(office.Reckon()));
    }

    [Fact]
    public void An_absence_that_is_taken_back_saves_what_it_breaks()
    {
        var office = new Forecasting().With(Ann, Friday18, 30).Away(Ann, 5, 6);
        var present = office.Reckon(new ForecastChange { Present = [1] });

        Assert.Equal([1L], present.BreakingOnlyIn(office.Reckon()).Select(Id));
    }

    [Fact]
    public void One_more_in_the_team_a_Saturday_and_another_agent_save_it()
    {
        var office = new Forecasting().With(Ann, Seoul(7, 18), 30).With(Ann, Seoul(7, 18), 15);
        Assert.Single(office.Reckon().Breaking);

        Assert.Empty(office.Reckon(new ForecastChange { More = new Dictionary<TeamId, int> { [Team] = 1 } }).Breaking);
        Assert.Empty(
            office.Reckon(new ForecastChange { Works = [new SupposedDay(Team, new LocalDate(2026, 3, 7))] }).Breaking
        );

        var busy = new Forecasting().With(Ann, Seoul(2, 18), 8).With(Ann, Seoul(2, 18), 8);
        Assert.Empty(busy.Reckon(new ForecastChange { Moves = [new SupposedMove(new TicketId(2), Dan)] }).Breaking);
    }

    [Fact]
    public void What_cuts_hours_is_told_with_the_line_of_the_calendar_or_the_absence()
    {
        var office = new Forecasting().With(Ann, Seoul(4, 12), 1).Away(Ann, 3, 3, Bob);
        var force = office.Force(office.Clocks, new ForecastChange());

        var cut = Assert.Single(force.CutsOf(Of(Ann), Seoul(4, 12)), one => one.Absence is not null);
        Assert.Equal((Seoul(3, 0), Seoul(4, 0), Bob), (cut.From, cut.To, cut.Absence!.Substitute!.Value));
        Assert.Empty(force.CutsOf(Of(Ann), Seoul(2, 18)));
    }

    [Fact]
    public void The_horizon_counts_days_on_which_anybody_works()
    {
        var office = new Forecasting().With(Ann, Seoul(2, 18), 1);
        var hours = office.Force(office.Clocks, new ForecastChange()).Hours.Values.ToList();
        var zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

        Assert.Equal(Seoul(3, 0), ForecastHorizon.Of(Now, zone, 1, hours).Until);
        Assert.Equal(Seoul(4, 0), ForecastHorizon.Of(Seoul(2, 19), zone, 1, hours).Until);
        var week = ForecastHorizon.Of(Now, zone, 5, hours);
        Assert.Equal((5, Seoul(7, 0)), (week.Days.Count, week.Until));
    }

    [Theory]
    [InlineData("agent-comment", ForecastWork.Answer)]
    [InlineData("resolved", ForecastWork.Solution)]
    [InlineData("team-left", ForecastWork.Solution)]
    [InlineData("approval-ended", null)]
    [InlineData("closed", null)]
    public void What_stops_a_clock_says_what_is_to_be_done(string stop, ForecastWork? expected) =>
        Assert.Equal(
            expected,
            ForecastClock.WorkOf(
                new SlaMetric
                {
                    Id = "one",
                    Name = LocalizedText.Of("One"),
                    Stop = [new SlaCondition { On = stop }],
                }
            )
        );

    [Fact]
    public void The_pace_is_what_a_quarter_of_the_solved_tickets_took_at_most_since_the_one_before()
    {
        var hours = new HoursLine([
            .. Enumerable.Range(2, 5).Select(day => new Interval(Seoul(day, 9), Seoul(day, 18))),
        ]);
        // One hour after the other, though all were opened days before; the third took three.
        double[] solved = [10, 11, 14, 15, 16];
        var tickets = solved.Select(hour => new SolvedTicket(
            "IT",
            "incident",
            Priority.Low,
            Ann,
            hour == 10 ? Seoul(2, 9) : Seoul(1, 9),
            Seoul(2, hour)
        ));
        var working = new Dictionary<PersonId, HoursLine> { [Ann] = hours };
        var pace = HandlingPace.Of(tickets, working, Duration.FromHours(5));

        Assert.Equal(Duration.FromHours(1), pace.Of("IT", "incident", Priority.Low));
        Assert.Equal(Duration.FromHours(1), pace.Of("IT", "problem", Priority.High));
        Assert.Equal(Duration.FromHours(5), pace.Of("HR", "incident", Priority.Low));
        Assert.Equal(3, pace.Measured.Count());
        Assert.Equal(
            Duration.FromHours(5),
            HandlingPace.Of(tickets.Take(4), working, Duration.FromHours(5)).Of("IT", "incident", Priority.Low)
        );
    }

    private static long Id(ForecastLine line) => line.Clock.Ticket.Value;

    private static IEnumerable<long> Seen(IEnumerable<long> ids) => ids.Order();
}
