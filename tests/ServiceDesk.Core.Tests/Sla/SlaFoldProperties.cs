using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Core.Tests.Sla.Calendars;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>Clocks on random lives of tickets, with random calendars in weeks whose wall clocks jump, and goals that change.</summary>
public sealed class SlaFoldProperties
{
    private const int Lives = 100;
    private static readonly SnapshotJson Json = new(TicketExtensions.None);

    [Fact]
    public void Folding_step_by_step_and_again_from_the_first_event_give_the_same() =>
        Check(told => told.Story.Clocks.Equals(told.Story.Refold()), TicketLives.Decided);

    [Fact]
    public void Elapsed_time_and_verdict_are_what_a_walk_over_every_minute_gives() =>
        Check(told => told.Story.Clocks.All(clock => MinuteWalk.Of(told, clock).Equals(MinuteWalk.Read(told, clock))));

    [Fact]
    public void Segments_tile_the_life_of_a_clock_and_add_up_to_its_elapsed_time() =>
        Check(
            told =>
                told.Story.Clocks.All(clock =>
                {
                    var ledger = SlaLedger.Of(clock, told.Story.Now, told.Story.Configuration);
                    var (segments, end) = (ledger.Segments, clock.StoppedAt ?? told.Story.Now);
                    var sum = segments.Aggregate(Duration.Zero, (total, segment) => total + segment.Working);
                    var tiles = segments.Zip(segments.Skip(1)).All(pair => pair.First.To == pair.Second.From);
                    var ends =
                        segments.Count == 0
                            ? clock.StartedAt == end
                            : segments[0].From == clock.StartedAt && segments[^1].To == end;
                    var lengths = segments.Aggregate(
                        Duration.Zero,
                        (total, segment) => total + (segment.To - segment.From)
                    );
                    return tiles
                        && ends
                        && sum == ledger.Reading.Elapsed
                        && sum + ledger.PausedFor + ledger.OutsideHoursFor == lengths
                        && ledger.Reading.Remaining == clock.Target - sum;
                }),
            TicketLives.Decided
        );

    [Fact]
    public void A_clock_never_counts_backwards_and_its_due_instant_is_where_nothing_remains() =>
        Check(told =>
            told.Story.Clocks.All(clock =>
            {
                var (now, configuration) = (told.Story.Now, told.Story.Configuration);
                var later = ClockReading.Of(clock, now + Duration.FromHours(7), configuration);
                var isMonotonic = later.Elapsed >= ClockReading.Of(clock, now, configuration).Elapsed;
                var isLive = clock is { Status: ClockStatus.Running, Verdict: ClockVerdict.Open };
                return isMonotonic
                    && (
                        !isLive
                        || clock.DueAt is not { } due
                        || ClockReading.Of(clock, due, configuration).Remaining == Duration.Zero
                    );
            })
        );

    [Fact]
    public void Each_threshold_and_breach_of_a_cycle_is_recorded_at_most_once_and_each_breach_at_last() =>
        Check(told =>
        {
            var facts = told
                .Story.Sweep()
                .Events.Select(one =>
                    one.Event switch
                    {
                        SlaBreached breach => (breach.Cycle, "breach"),
                        SlaThresholdReached reached => (reached.Cycle, reached.Threshold),
                        SlaEscalated reached => (reached.Cycle, $"level:{reached.Level}"),
                        _ => (0, ""),
                    }
                )
                .Where(fact => fact.Item2.Length > 0)
                .ToList();
            return facts.Distinct().Count() == facts.Count
                && told.Story.Clocks.All(clock =>
                    clock.Verdict != ClockVerdict.Breached || facts.Contains((clock.Cycle, "breach"))
                );
        });

    [Fact]
    public void Levels_that_are_due_lie_where_the_clock_has_counted_so_far_and_none_is_left_of_a_stopped_one() =>
        Check(
            told =>
                told.Story.Clocks.All(clock =>
                {
                    var (now, configuration) = (told.Story.Now, told.Story.Configuration);
                    var coming = clock.Levels.Where(level => level.DueAt > now && level.After > clock.Elapsed);
                    return (clock.Status != ClockStatus.Stopped || clock.Levels.Count == 0)
                        && (clock.Status == ClockStatus.Running || !coming.Any())
                        && coming.All(level =>
                            ClockReading.Of(clock, level.DueAt!.Value, configuration).Elapsed == level.After
                        );
                }),
            TicketLives.Decided
        );

    [Fact]
    public void Clocks_survive_being_stored() =>
        Check(
            told =>
            {
                var snapshot = new TicketSnapshot(told.Story.Ticket!, told.Story.Clocks);
                return Json.Read(Json.Write(snapshot)).Clocks.Equals(told.Story.Clocks);
            },
            TicketLives.Decided
        );

    internal static ValueList<SlaEscalation> Levels(params ReadOnlySpan<string> at)
    {
        var levels = new List<SlaEscalation>();
        foreach (var one in at)
        {
            levels.Add(new SlaEscalation { At = one });
        }

        return levels.ToValueList();
    }

    private static void Check(Func<ToldLife, bool> holds, Gen<TicketLife>? lives = null) =>
        Prop.ForAll((lives ?? TicketLives.All).ToArbitrary(), life => holds(life.Tell()))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Lives));

    /// <summary>Counts a clock minute by minute from what the ticket was at each of them.</summary>
    private static class MinuteWalk
    {
        public static (int Minutes, ClockVerdict Verdict) Read(ToldLife told, SlaClock clock)
        {
            var reading = ClockReading.Of(clock, told.Story.Now, told.Story.Configuration);
            return ((int)reading.Elapsed.TotalMinutes, reading.Verdict);
        }

        public static (int Minutes, ClockVerdict Verdict) Of(ToldLife told, SlaClock clock)
        {
            var moments = told.Moments.Where(moment => moment.Ticket.Version >= clock.Marks[0].EventVersion).ToList();
            var stop = moments.Find(moment => moment.Ticket is { Category: StatusCategory.Done, Merged: null });
            var end = stop?.At ?? told.Story.Now;
            var (minutes, isBreached, next) = (0, false, 0);
            var now = moments[0].Ticket;
            for (var at = clock.StartedAt; ; at += Duration.FromMinutes(1))
            {
                // The last of the events up to this minute tells what the ticket is; a stop ends it with the goal before.
                while (next < moments.Count && moments[next].At <= at && !ReferenceEquals(moments[next], stop))
                {
                    now = moments[next++].Ticket;
                }

                var goal = TicketLives.GoalOf(now.Priority);
                isBreached = minutes >= (int)told.Life.Targets[goal].TotalMinutes;
                if (at >= end)
                {
                    break;
                }

                var calendar = goal == 0 ? WorkingCalendar.RoundTheClock : told.Calendar;
                var counts = now is { Category: not StatusCategory.Waiting, Merged: null } && calendar.IsWorking(at);
                minutes += counts ? 1 : 0;
            }

            var verdict =
                isBreached ? ClockVerdict.Breached
                : stop is null ? ClockVerdict.Open
                : ClockVerdict.Met;
            return (minutes, verdict);
        }
    }
}

/// <summary>What a ticket was from an instant on.</summary>
internal sealed record Moment(Instant At, TicketState Ticket);

/// <summary>A life that was told.</summary>
internal sealed record ToldLife(TicketLife Life, Story Story, WorkingCalendar Calendar, IReadOnlyList<Moment> Moments);

/// <summary>A random life: gaps in minutes and what happens after each.</summary>
public sealed record TicketLife(CalendarWeek Week, Duration[] Targets, (int Gap, string Act)[] Acts)
{
    public override string ToString() =>
        $"{Week}; targets {string.Join(", ", Targets)}; {string.Join(", ", Acts.Select(act => $"{act.Gap}m {act.Act}"))}";

    internal ToldLife Tell()
    {
        var calendar = Week.Calendar with { Id = "random" };
        var policy = Policy(
            Resolution(
                new SlaGoal
                {
                    Query = "priority = high",
                    Target = Targets[0],
                    Calendar = "all",
                    Reminders = ["75%"],
                    Escalations = SlaFoldProperties.Levels("75%", "100%", "+PT1H"),
                },
                new SlaGoal
                {
                    Query = "priority = low",
                    Target = Targets[1],
                    Calendar = "random",
                    Escalations = SlaFoldProperties.Levels("300%"),
                },
                new SlaGoal
                {
                    Target = Targets[2],
                    Calendar = "random",
                    Reminders = ["50%", "PT1H"],
                    Escalations = SlaFoldProperties.Levels("PT30M", "150%", "+PT1H"),
                }
            ) with
            {
                Pause = [In(StatusCategory.Waiting)],
            }
        );
        var story = new Story(Configured(calendar, policy)).After(Week.Start - Story.Monday9).Open();
        var moments = new List<Moment> { new(story.Now, story.Ticket!) };
        foreach (var (gap, act) in Acts)
        {
            TicketLives.Act(story.After(Duration.FromMinutes(gap)), act);
            moments.Add(new Moment(story.Now, story.Ticket!));
        }

        return new ToldLife(this, story.Hours(9), WorkingCalendar.Of(calendar), moments);
    }
}

/// <summary>Random lives of tickets.</summary>
internal static class TicketLives
{
    private static readonly string[] Acts =
    [
        "new",
        "in-progress",
        "in-progress",
        "waiting-for-customer",
        "waiting-for-supplier",
        "resolved",
        "closed",
        "high",
        "low",
        "medium",
        "edit",
        "agent",
        "customer",
        "assign",
        "sweep",
        "sweep",
        "rewrite",
        "merge",
        "unmerge",
        "unmerge",
    ];

    public static Gen<TicketLife> All => Of(Acts);

    /// <summary>Lives in which people also correct clocks and bring another calendar to them.</summary>
    public static Gen<TicketLife> Decided => Of([.. Acts, "correct", "correct", "calendar", "calendar"]);

    private static Gen<TicketLife> Of(string[] acts) =>
        from week in CalendarGenerators.Weeks
        from targets in Gen.Choose(1, 3000).Select(minute => Duration.FromMinutes(minute)).ArrayOf(3)
        from told in Gen.Choose(0, 900).Zip(Gen.Elements(acts)).ArrayOf(12)
        select new TicketLife(week, targets, told);

    public static int GoalOf(Priority priority) =>
        priority switch
        {
            Priority.High => 0,
            Priority.Low => 1,
            _ => 2,
        };

    public static void Act(Story story, string act)
    {
        var isMerged = story.Ticket!.Merged is not null;
        if (isMerged ? act is not ("unmerge" or "sweep" or "rewrite" or "calendar") : act == "unmerge")
        {
            // What the product refuses.
            return;
        }

        switch (act)
        {
            case "merge":
                story.Merge();
                break;
            case "unmerge":
                story.Unmerge();
                break;
            case "correct":
                Correct(story);
                break;
            case "calendar":
                var isFirst = story.Configuration.VersionOf<CalendarDocument>("random") % 2 == 1;
                story.Publish(
                    (isFirst ? CalendarSamples.AllTime() : CalendarSamples.Office()) with
                    {
                        Id = "random",
                    },
                    story.Version % 2 == 0 ? ChangeoverMode.KeepElapsed : ChangeoverMode.Recompute
                );
                break;
            case "high" or "low" or "medium":
                story.Raise(Enum.Parse<Priority>(act, ignoreCase: true));
                break;
            case "edit":
                story.Edit();
                break;
            case "agent":
                story.AgentComments();
                break;
            case "customer":
                story.CustomerComments();
                break;
            case "assign":
                story.Assign();
                break;
            case "sweep":
                story.Sweep();
                break;
            case "rewrite":
                // A new version with the same words: running clocks keep the old one, new cycles take this.
                story.Configuration = story.Configuration.With(story.Configuration.All<SlaPolicyDocument>()[0]);
                break;
            default:
                story.Move(act);
                break;
        }
    }

    // The middle third of a clock's life counts otherwise than it did, once.
    private static void Correct(Story story)
    {
        var clock = story.Last;
        var third = ((clock.StoppedAt ?? story.Now) - clock.StartedAt) / 3;
        if (clock.Correction is null && third > Duration.Zero)
        {
            var span = new CorrectedSpan(
                clock.StartedAt + third,
                clock.StartedAt + third + third,
                Counts: story.Version % 2 == 0
            );
            story.Correct([span]);
        }
    }
}
