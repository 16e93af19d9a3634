using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla.Backtests;

public class SlaBacktestTests
{
    [Fact]
    public void A_stricter_draft_turns_a_kept_promise_into_a_breach_and_a_laxer_one_turns_it_back()
    {
        var story = Told(Resolution()).Open().Hours(5).Move("resolved");

        var stricter = Assert.Single(Tried(story, Policy(Resolution(Goal(4)))).Clocks);
        Assert.Equal((ClockVerdict.Met, ClockVerdict.Breached), (stricter.Official!.Verdict, stricter.Draft!.Verdict));
        Assert.Equal(Duration.FromHours(1), stricter.Draft.Over);
        Assert.Equal(Story.Monday9 + Duration.FromHours(8), stricter.Official.DueAt);

        var late = Told(Resolution()).Open().Hours(9).Move("resolved");
        var laxer = Assert.Single(Tried(late, Policy(Resolution(Goal(10)))).Clocks);
        Assert.Equal((ClockVerdict.Breached, ClockVerdict.Met), (laxer.Official!.Verdict, laxer.Draft!.Verdict));
    }

    [Fact]
    public void A_draft_of_a_calendar_counts_for_the_policies_that_there_are()
    {
        var story = Told(Resolution(Goal(8, "office"))).Open().Hours(30).Move("resolved");
        var always = SlaSamples.Configured().All<CalendarDocument>()[0] with { Id = "office" };

        var clock = Assert.Single(Tried(story, always).Clocks);

        Assert.Equal(Duration.FromHours(15), clock.Official!.Elapsed);
        Assert.Equal(Duration.FromHours(30), clock.Draft!.Elapsed);
    }

    [Fact]
    public void What_the_sla_recorded_in_the_past_is_not_believed()
    {
        var story = Told(Resolution(Goal(4, reminders: "75%"))).Open().Hours(6).Sweep().Move("resolved");
        Assert.Contains(story.Events, one => one.Event is SlaBreached);

        var folded = Folded(story, Policy(Resolution(Goal(8, reminders: "75%"))));

        var clock = Assert.Single(folded.Clocks);
        Assert.Equal(ClockVerdict.Met, clock.Verdict);
        Assert.Empty(clock.Recorded);
    }

    [Fact]
    public void A_draft_is_in_force_from_the_start_whatever_was_published_meanwhile()
    {
        var story = Told(Resolution()).Open().Hours(2);
        story.Configuration = story.Configuration.With(Policy(Resolution(Goal(1))));
        story.Move("resolved").Move("in-progress").Hours(2).Move("resolved");

        var clocks = Tried(story, Policy(Resolution(Goal(3)))).Clocks;

        Assert.Equal([ClockVerdict.Met, ClockVerdict.Breached], clocks.Select(one => one.Official!.Verdict));
        Assert.All(clocks, one => Assert.Equal(ClockVerdict.Met, one.Draft!.Verdict));
        Assert.All(clocks, one => Assert.Equal(Duration.FromHours(3), one.Draft!.Target));
    }

    [Fact]
    public void A_metric_that_only_one_side_has_is_told_as_such()
    {
        var story = Told(Resolution()).Open().Hours(1);
        var other = Policy(Measuring(On("opened"), On("closed")));

        var clocks = Tried(story, other).Clocks;

        Assert.Equal([Metric, "measure"], clocks.Select(one => one.Metric));
        Assert.Null(clocks[0].Draft);
        Assert.Null(clocks[1].Official);
        Assert.All(clocks, one => Assert.True(one.Flips));
    }

    [Fact]
    public void A_draft_identical_to_what_is_there_changes_nothing()
    {
        var story = Told(Resolution(Goal(8, "office", "priority = high"), Goal(16, "office")))
            .Open()
            .Hours(3)
            .Move("waiting-for-customer")
            .Hours(30)
            .Raise(Priority.High)
            .Move("in-progress")
            .Hours(9)
            .Move("resolved");

        var folded = Folded(story, story.Configuration.All<SlaPolicyDocument>()[0]);

        Assert.Equal(story.Clocks.Select(one => one with { Policy = one.Policy with { Version = 2 } }), folded.Clocks);
    }

    [Fact]
    public void Figures_of_threads_add_up_and_each_view_has_every_clock()
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];
        var to = Story.Monday9 + Duration.FromDays(10);
        var (whole, left, right) = (Tally(), Tally(), Tally());
        for (var hours = 1; hours <= 24; hours++)
        {
            var story = Told(Resolution()).Hours(hours).Open((Priority)(1 + (hours % 4))).Hours(hours).Move("resolved");
            var comparison = Tried(story, Policy(Resolution(Goal(12))));
            whole.Add(comparison);
            (hours % 2 == 0 ? left : right).Add(comparison);
        }

        left.Add(right);
        var figures = whole.Figures();
        Assert.Equal(figures.All, left.Figures().All);
        Assert.Equal(figures.Hours, left.Figures().Hours);
        Assert.Equal(figures.Days, left.Figures().Days);
        Assert.Equal(new VerdictCounts(7, 17, 0), figures.All.Official);
        Assert.Equal(new VerdictCounts(11, 13, 0), figures.All.Draft);
        Assert.Equal((0, 4, 4), (figures.All.Worse, figures.All.Better, figures.FlippedTickets));
        Assert.Equal(24, figures.Priorities.Sum(group => group.Counts.Official.Met + group.Counts.Official.Breached));
        Assert.Equal(24, figures.Days.Sum(day => day.Due));
        Assert.Equal(24, figures.Days.Sum(day => day.DraftDue));
        // Opened from ten on Monday to nine on Tuesday in Seoul: fourteen of them on Monday.
        Assert.Equal(14, figures.Days[0].Open);
        Assert.Equal(0, figures.Days[^1].Open);

        BacktestTally Tally() => new(zone, Story.Monday9, to);
    }

    [Fact]
    public void Promises_to_customers_and_between_teams_are_counted_apart_where_a_ticket_has_both()
    {
        var teams = Policy(Measuring(On("opened"), On("resolved"))) with { Id = "teams", Type = AgreementType.Ola };
        var story = new Story(Configured(Policy(Resolution()), teams)).Open().Hours(9).Move("resolved");
        Assert.Equal(2, story.Clocks.Count);

        var laxer = Tried(story, teams with { Metrics = [teams.Metrics[0] with { Goals = [Goal(10)] }] });

        var toCustomers = Counted(laxer, AgreementType.Sla);
        Assert.Equal((1d, 1d), (toCustomers.All.Official.BreachRate, toCustomers.All.Draft.BreachRate));
        Assert.Empty(toCustomers.Flips);
        Assert.Equal(0, toCustomers.FlippedTickets);
        var between = Counted(laxer, AgreementType.Ola);
        Assert.Equal((1d, 0d), (between.All.Official.BreachRate, between.All.Draft.BreachRate));
        Assert.Equal(
            [new VerdictFlip("measure", ClockVerdict.Breached, ClockVerdict.Met, 1)],
            between.Flips.AsEnumerable()
        );
        foreach (var (figures, metric) in new[] { (toCustomers, Metric), (between, "measure") })
        {
            Assert.Equal([metric], figures.Metrics.Select(group => group.Of));
            Assert.Equal([figures.All], figures.Priorities.Select(group => group.Counts));
            Assert.Equal([figures.All], figures.Organizations.Select(group => group.Counts));
            Assert.Equal([figures.All], figures.Teams.Select(group => group.Counts));
            Assert.Equal([figures.All], figures.Hours.Select(group => group.Counts));
            Assert.Equal(1, figures.Days.Sum(day => day.Due));
        }
    }

    [Fact]
    public void What_a_draft_makes_a_promise_between_teams_is_one_to_customers_no_more()
    {
        var story = Told(Resolution()).Open().Hours(9).Move("resolved");

        var tried = Tried(story, Policy(Resolution()) with { Type = AgreementType.Ola });

        Assert.True(Assert.Single(tried.Clocks).Flips);
        Assert.Equal(
            [new VerdictFlip(Metric, ClockVerdict.Breached, null, 1)],
            Counted(tried, AgreementType.Sla).Flips.AsEnumerable()
        );
        Assert.Equal(
            [new VerdictFlip(Metric, null, ClockVerdict.Breached, 1)],
            Counted(tried, AgreementType.Ola).Flips.AsEnumerable()
        );
    }

    private static BacktestFigures Counted(TicketComparison comparison, AgreementType agreement)
    {
        var tally = new BacktestTally(DateTimeZone.Utc, Story.Monday9, Story.Monday9 + Duration.FromDays(10));
        tally.Add(comparison.Under(agreement));
        return tally.Figures();
    }

    private static TicketSnapshot Folded(Story story, params ConfigurationDocument[] drafts) =>
        new SlaBacktest(story.Fold, story.Evolve).Fold(
            story.Events,
            new DraftConfiguration(story.Configuration, drafts)
        )!;

    private static TicketComparison Tried(Story story, params ConfigurationDocument[] drafts)
    {
        var draft = new DraftConfiguration(story.Configuration, drafts);
        var folded = new SlaBacktest(story.Fold, story.Evolve).Fold(story.Events, draft)!;
        return SlaBacktest.Compare(folded, story.Clocks, story.Now, draft, story.Configuration);
    }
}
