using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla.Accounts;

/// <summary>With whom the time of clocks passed.</summary>
public sealed class ClockAccountTests
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public void A_clock_tells_where_its_ticket_was_all_its_time()
    {
        // Opened Monday 09:00 in Seoul, given away at 11:00, waiting from 16:00 to Tuesday 10:00, solved at 12:00.
        var story = Told(Resolution(Goal(10, "office"))).Open().Hours(2).GiveTo(7).Assign().Hours(5);
        story.Move("waiting-for-customer").Hours(18).Move("in-progress").Hours(2).Move("resolved");

        var account = AccountOf(story);

        Assert.Equal(
            [
                (LedgerSegmentKind.Running, "new", false, 2d),
                (LedgerSegmentKind.Running, "new", true, 5d),
                (LedgerSegmentKind.Paused, "waiting-for-customer", true, 18d),
                (LedgerSegmentKind.Running, "in-progress", true, 2d),
            ],
            account.Stays.Select(stay => (stay.Kind, stay.Status, stay.IsAssigned, stay.Time.TotalHours))
        );
        Assert.Equal(18, account.PausedFor.TotalHours);
        Assert.Equal(story.Clock.StoppedAt, account.DecidedAt);
    }

    [Fact]
    public void Each_minute_of_many_lives_is_where_the_events_say()
    {
        string[] statuses = ["in-progress", "waiting-for-customer", "waiting-for-supplier", "new"];
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Dice((ulong)seed);
            var story = Told(Resolution(Goal(8, seed % 2 == 0 ? "office" : "all"))).Open();
            for (var step = 0; step < 12; step++)
            {
                story.After(Minute * random.Next(1, 900));
                _ = random.Next(4) switch
                {
                    0 => story.GiveTo(random.Next(3) is var team && team == 0 ? null : team),
                    1 => story.Assign(toNobody: random.Next(2) == 0),
                    _ => story.Move(statuses[random.Next(statuses.Length)]),
                };
            }

            story.After(Minute * random.Next(1, 900)).Move("resolved");
            var account = AccountOf(story);
            Assert.Equal(MinuteByMinute(story), Totals(account));
        }
    }

    [Fact]
    public void The_team_that_takes_over_does_not_take_the_clock_of_the_one_before()
    {
        var work = new SlaMetric
        {
            Id = "team-time",
            Name = LocalizedText.Of("Team time"),
            Start = [On("team-assigned")],
            Stop = [On("team-left")],
            Goals = [Goal(8)],
        };
        var story = new Story(Configured(Policy(work) with { Type = AgreementType.Ola })).Open();
        story.Hours(1).GiveTo(7).Hours(2).GiveTo(8).Hours(1);

        var stays = TicketStays.Of(story.Events);
        var accounts = story
            .Clocks.Where(clock => clock.Status == ClockStatus.Stopped)
            .Select(clock => ClockAccount.OfStopped(clock, stays, story.Configuration));

        var account = Assert.Single(accounts);
        Assert.Equal((new TeamId(7), AgreementType.Ola), (account.Team, account.Agreement));
        Assert.Equal(Duration.FromHours(2), account.Stays[0].Time);
    }

    [Fact]
    public void A_promise_is_near_when_a_quarter_of_its_time_is_left()
    {
        // Monday 09:00 in Seoul and 20 hours on office days of 9: three quarters are gone on Tuesday at 15:00.
        var story = Told(Resolution(Goal(20, "office"))).Open();
        var account = ClockAccount.OfLive(story.Clock, null, story.Configuration);
        Assert.Equal(Story.Monday9 + Duration.FromHours(30), account.NearAt);
        Assert.Null(account.DecidedAt);

        var paused = story.Hours(1).Move("waiting-for-customer");
        Assert.Null(ClockAccount.OfLive(paused.Clock, null, paused.Configuration).NearAt);
    }

    [Theory]
    [InlineData(LedgerSegmentKind.OutsideHours, "parked", true, WaitCause.OffHours)]
    [InlineData(LedgerSegmentKind.Paused, "parked", true, WaitCause.Supplier)]
    [InlineData(LedgerSegmentKind.Running, "parked", true, WaitCause.Supplier)]
    [InlineData(LedgerSegmentKind.Paused, "customer-visit", true, WaitCause.PausedOtherwise)]
    [InlineData(LedgerSegmentKind.Running, "customer-visit", true, WaitCause.Team)]
    [InlineData(LedgerSegmentKind.Running, "customer-visit", false, WaitCause.Unassigned)]
    [InlineData(LedgerSegmentKind.Paused, "waiting-for-customer", true, WaitCause.Customer)]
    [InlineData(LedgerSegmentKind.Paused, "asking", true, WaitCause.Approval)]
    [InlineData(LedgerSegmentKind.Paused, "gone-customer-status", true, WaitCause.Customer)]
    public void What_a_workflow_declares_goes_before_what_its_ids_sound_like(
        LedgerSegmentKind kind,
        string status,
        bool isAssigned,
        WaitCause expected
    )
    {
        var configuration = ConfigurationSnapshot.Of(
            1,
            [
                new TicketTypeDocument
                {
                    Id = "incident",
                    Name = LocalizedText.Of("Incident"),
                    Workflow = "w",
                },
                new WorkflowDocument
                {
                    Id = "w",
                    Name = LocalizedText.Of("W"),
                    Initial = "parked",
                    Statuses =
                    [
                        Status("parked", StatusCategory.Waiting) with
                        {
                            WaitsFor = WaitsFor.Supplier,
                        },
                        Status("customer-visit", StatusCategory.Active),
                        Status("waiting-for-customer", StatusCategory.Waiting),
                        Status("asking", StatusCategory.Waiting) with
                        {
                            Approval = new StatusApproval("board"),
                        },
                    ],
                    Transitions = [],
                },
            ]
        );

        Assert.Equal(expected, WaitCauses.Of(kind, "incident", status, isAssigned, configuration));
    }

    private static WorkflowStatus Status(string id, StatusCategory category) => new(id, LocalizedText.Of(id), category);

    private static ClockAccount AccountOf(Story story) =>
        ClockAccount.OfStopped(story.Clock, TicketStays.Of(story.Events), story.Configuration);

    private static Dictionary<string, int> Totals(ClockAccount account) =>
        account
            .Stays.GroupBy(stay => Word(stay.Kind, stay.Status, stay.Team, stay.IsAssigned))
            .ToDictionary(group => group.Key, group => (int)group.Sum(stay => stay.Time.TotalMinutes));

    // From the events and the hours of the calendar alone.
    private static Dictionary<string, int> MinuteByMinute(Story story)
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];
        var totals = new Dictionary<string, int>();
        for (var at = story.Clock.StartedAt; at < story.Clock.StoppedAt; at += Minute)
        {
            var (status, team, isAssigned) = ("", (TeamId?)null, false);
            foreach (var one in story.Events.TakeWhile(one => one.At <= at))
            {
                (status, team, isAssigned) = one.Event switch
                {
                    TicketOpened opened => (opened.Status, opened.Team, opened.Assignee is not null),
                    StatusChanged changed => (changed.To, team, isAssigned),
                    TicketAssigned assigned => (status, assigned.Team, assigned.Assignee is not null),
                    _ => (status, team, isAssigned),
                };
            }

            var local = at.InZone(zone).LocalDateTime;
            var isOpen =
                story.Clock.Calendar.Id == "all"
                || (local.DayOfWeek <= IsoDayOfWeek.Friday && local.Hour is >= 9 and < 18);
            var kind =
                status.StartsWith("waiting", StringComparison.Ordinal) ? LedgerSegmentKind.Paused
                : isOpen ? LedgerSegmentKind.Running
                : LedgerSegmentKind.OutsideHours;
            var word = Word(kind, status, team, isAssigned);
            totals[word] = totals.GetValueOrDefault(word) + 1;
        }

        return totals;
    }

    private static string Word(LedgerSegmentKind kind, string status, TeamId? team, bool isAssigned) =>
        $"{kind} {status} {team} {isAssigned}";
}
