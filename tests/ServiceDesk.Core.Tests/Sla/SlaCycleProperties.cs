using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tests.Sla.Calendars;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>Metrics made of any conditions, on random lives of tickets.</summary>
public sealed class SlaCycleProperties
{
    private const int Lives = 150;
    private static readonly SnapshotJson Json = new(TicketExtensions.None);

    [Fact]
    public void Folding_step_by_step_and_again_from_the_first_event_give_the_same() =>
        Check(story => story.Clocks.Equals(story.Refold()));

    [Fact]
    public void Cycles_follow_each_other_without_gaps_and_only_the_last_is_live() =>
        Check(story =>
        {
            var cycles = story.Clocks.ToList();
            return cycles.Select(clock => clock.Cycle).SequenceEqual(Enumerable.Range(1, cycles.Count))
                && cycles.SkipLast(1).All(clock => clock.Status == ClockStatus.Stopped)
                && cycles.Zip(cycles.Skip(1)).All(pair => pair.First.StoppedAt <= pair.Second.StartedAt);
        });

    [Fact]
    public void A_closed_verdict_never_changes() =>
        Check(story =>
        {
            var closed = story.Clocks.Where(clock => clock.Status == ClockStatus.Stopped).ToList();
            story.Hours(500).Sweep().AgentComments().CustomerComments().Move("resolved").Raise(Priority.Critical);
            return closed.All(clock =>
                story.Clocks.Single(now => now.Cycle == clock.Cycle) is var now
                && (now.Verdict, now.Elapsed, now.StoppedAt) == (clock.Verdict, clock.Elapsed, clock.StoppedAt)
            );
        });

    [Fact]
    public void Each_ledger_adds_up_to_its_clock_and_a_verdict_is_what_elapsed_says() =>
        Check(story =>
            story.Clocks.All(clock =>
            {
                var ledger = SlaLedger.Of(clock, story.Now, story.Configuration);
                var sum = ledger.Segments.Aggregate(Duration.Zero, (total, segment) => total + segment.Working);
                return sum == ledger.Reading.Elapsed
                    && sum >= Duration.Zero
                    && (ledger.Reading.Verdict == ClockVerdict.Breached) == (sum >= clock.Target)
                    && (clock.Verdict != ClockVerdict.Met || clock.Marks[^1].Kind == ClockMarkKind.Stopped);
            })
        );

    [Fact]
    public void Clocks_survive_being_stored() =>
        Check(story =>
            Json.Read(Json.Write(new TicketSnapshot(story.Ticket!, story.Clocks))).Clocks.Equals(story.Clocks)
        );

    private static void Check(Func<Story, bool> holds) =>
        Prop.ForAll(CycleLives.All.ToArbitrary(), life => holds(life.Tell()))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Lives));
}

/// <summary>A random metric, and what happens to the ticket.</summary>
public sealed record CycleLife(CalendarWeek Week, SlaMetric Metric, (int Gap, string Act)[] Acts)
{
    public override string ToString() =>
        $"{Week}; {Metric}; {string.Join(", ", Acts.Select(act => $"{act.Gap}m {act.Act}"))}";

    internal Story Tell(params ReadOnlySpan<SlaMetric> others)
    {
        var policy = Policy([Metric, .. others]);
        var story = new Story(Configured(Week.Calendar with { Id = "random" }, policy));
        story.After(Week.Start - Story.Monday9).Open();
        foreach (var (gap, act) in Acts)
        {
            CycleLives.Act(story.After(Duration.FromMinutes(gap)), act);
        }

        return story;
    }
}

/// <summary>Random metrics and lives.</summary>
internal static class CycleLives
{
    private static readonly string[] Acts =
    [
        "in-progress",
        "waiting-for-customer",
        "resolved",
        "closed",
        "high",
        "low",
        "agent",
        "customer",
        "call",
        "team 1",
        "team 2",
        "team",
        "field",
        "sweep",
    ];

    private static readonly SlaCondition[] Conditions =
    [
        On("opened"),
        On("customer-comment"),
        On("customer-comment") with
        {
            First = true,
        },
        On("customer-comment") with
        {
            Query = "priority = high",
        },
        On("agent-comment"),
        On("phone-note"),
        On("agent-transition"),
        On("team-assigned"),
        On("team-left"),
        On("team-assigned") with
        {
            Of = "Team 1",
        },
        On("field-changed") with
        {
            Of = "cost",
        },
        On("priority-changed"),
        On("resolved"),
        On("reopened"),
        Entering("in-progress"),
        In(StatusCategory.Waiting),
        In(StatusCategory.Done) with
        {
            Query = "priority = low",
        },
        When("priority = high"),
        When("team = \"Team 2\""),
    ];

    /// <summary>A metric that asks for the clock of the random one.</summary>
    public static SlaMetric Watching { get; } =
        Measuring(On("opened"), On("resolved") with { Query = $"{Metric} = running" }) with
        {
            Start = [On("opened"), On("customer-comment")],
            Pause = [When($"{Metric} = breached"), When($"{Metric} = paused")],
            Cancel = [On("team-assigned") with { Query = $"{Metric} = met" }],
        };

    public static Gen<CycleLife> All =>
        from week in CalendarGenerators.Weeks
        from start in Some(1, 2)
        from stop in Some(0, 2)
        from reset in Some(0, 1)
        from cancel in Some(0, 1)
        from pause in Gen.Elements(Conditions.Where(one => one.On is null)).ArrayOf(1)
        from targets in Gen.Choose(2, 2000).Select(minute => Duration.FromMinutes(minute)).ArrayOf(2)
        from acts in Gen.Choose(0, 900).Zip(Gen.Elements(Acts)).ArrayOf(14)
        select new CycleLife(
            week,
            new SlaMetric
            {
                Id = Metric,
                Name = LocalizedText.Of("Random"),
                Start = start,
                Stop = stop,
                Reset = reset,
                Cancel = cancel,
                Pause = pause.ToValueList(),
                Goals =
                [
                    new SlaGoal
                    {
                        Query = "priority = high",
                        Target = targets[0],
                        Calendar = "all",
                        InternalTarget = targets[0] / 2,
                    },
                    new SlaGoal
                    {
                        Target = targets[1],
                        Calendar = "random",
                        Reminders = ["50%"],
                    },
                ],
            },
            acts
        );

    public static void Act(Story story, string act)
    {
        switch (act)
        {
            case "high" or "low":
                story.Raise(Enum.Parse<Priority>(act, ignoreCase: true));
                break;
            case "agent":
                story.AgentComments();
                break;
            case "customer":
                story.CustomerComments();
                break;
            case "call":
                story.AgentNotes(Channel.Phone);
                break;
            case "team 1" or "team 2":
                story.GiveTo(act[^1] - '0');
                break;
            case "team":
                story.GiveTo(null);
                break;
            case "field":
                story.SetField("cost", 5);
                break;
            case "sweep":
                story.Sweep();
                break;
            default:
                story.Move(act);
                break;
        }
    }

    private static Gen<ValueList<SlaCondition>> Some(int atLeast, int atMost) =>
        from count in Gen.Choose(atLeast, atMost)
        from picked in Gen.Elements(Conditions).ArrayOf(count)
        select picked.ToValueList();
}
