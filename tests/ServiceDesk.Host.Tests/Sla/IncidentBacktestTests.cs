using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Intake.ServiceNow;
using ServiceDesk.Host.Tests.Documentation;
using ServiceDesk.Host.Tests.Intake.ServiceNow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using Xunit.Abstractions;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>
/// Real incidents under three policies: 8 hours around the clock, 8 hours of 9 to 18 o'clock in Seoul, and by priority. Each
/// clock is held against a count of minutes that knows nothing of the engine. Once with the first 40 incidents of the log,
/// and with the whole of it where it lies beside the project. Source: "Incident management process enriched event log", UCI
/// Machine Learning Repository no. 498, C. A. L. Amaral, M. Fantinato, S. M. Peres, CC BY 4.0.
/// </summary>
public sealed class IncidentBacktestTests(ITestOutputHelper output)
{
    private const string Metric = "time-to-resolution";

    [Fact]
    public Task Clocks_of_three_policies_are_what_counting_minutes_gives_and_a_trial_tells_their_differences() =>
        HoldAsync(IncidentLog.Excerpt);

    /// <summary>The documentation tells what a trial shows with just these figures.</summary>
    [WholeLogFact]
    public async Task Clocks_of_the_whole_log_are_what_counting_minutes_gives()
    {
        var rows = await HoldAsync(IncidentLog.Whole!);
        var pages = DocumentationBlocks.Pages().ToDictionary(page => page.Name, page => page.Text);
        Assert.All(rows, row => Assert.Contains(row, pages["sla.md"], StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Contains(row, pages["README.md"], StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> HoldAsync(string log)
    {
        var text = await File.ReadAllTextAsync(log);
        var world = await ImportedAsync(text);
        var lives = IncidentMinutes.Read(text);
        var around = Verdicts(world, lives, Plan.AroundTheClock);
        var office = Verdicts(world, lives, Plan.OfficeHours);
        var priority = Verdicts(world, lives, Plan.ByPriority);

        // What each trial says comes to the same as holding the counted verdicts against each other.
        return
        [
            Compare(world, "24×7 8 h → 9–18 Seoul 8 h", Plan.AroundTheClock, Plan.OfficeHours, around, office),
            Compare(world, "24×7 8 h → by priority", Plan.AroundTheClock, Plan.ByPriority, around, priority),
            Compare(world, "9–18 Seoul 8 h → by priority", Plan.OfficeHours, Plan.ByPriority, office, priority),
        ];
    }

    private Dictionary<(string, int), ClockVerdict> Verdicts(
        ReplayWorld world,
        IReadOnlyDictionary<string, IncidentMinutes> lives,
        Plan plan
    )
    {
        var configuration = plan.Configuration();
        var verdicts = new Dictionary<(string, int), ClockVerdict>();
        foreach (var ticket in world.Tickets)
        {
            var number = ticket.State.ExternalId!;
            var folded = Engine().Fold(world.LifeOf(ticket.State.Id), configuration)!;
            var counted = lives[number].Count(plan);
            Assert.True(
                folded.Clocks.Count == counted.Count,
                $"{number}: {folded.Clocks.Count} cycles, counted {counted.Count}"
            );
            foreach (var (clock, minutes) in folded.Clocks.Zip(counted))
            {
                var reading = ClockReading.Of(clock, ticket.State.UpdatedAt, configuration);
                Assert.True(
                    (minutes.Elapsed, minutes.Verdict) == ((int)reading.Elapsed.TotalMinutes, reading.Verdict),
                    $"{number}.{clock.Cycle}: {reading.Elapsed.TotalMinutes} {reading.Verdict}, counted {minutes}"
                );
                verdicts[(number, clock.Cycle)] = minutes.Verdict;
            }
        }

        return verdicts;
    }

    private string Compare(
        ReplayWorld world,
        string name,
        Plan before,
        Plan after,
        Dictionary<(string, int), ClockVerdict> was,
        Dictionary<(string, int), ClockVerdict> would
    )
    {
        var (official, draft) = (before.Configuration(), after.Configuration());
        var (first, last) = (
            world.Tickets.Min(ticket => ticket.State.CreatedAt),
            world.Tickets.Max(ticket => ticket.State.UpdatedAt)
        );
        var tally = new BacktestTally(DateTimeZoneProviders.Tzdb["Asia/Seoul"], first, last);
        foreach (var ticket in world.Tickets)
        {
            var life = world.LifeOf(ticket.State.Id);
            var clocks = Engine().Fold(life, official)!.Clocks;
            tally.Add(
                SlaBacktest.Compare(Engine().Fold(life, draft)!, clocks, ticket.State.UpdatedAt, draft, official)
            );
        }

        var figures = tally.Figures();
        Assert.Equal(was.Count, figures.All.Official.Met + figures.All.Official.Breached + figures.All.Official.Open);
        Assert.Equal(was.Values.Count(one => one == ClockVerdict.Breached), figures.All.Official.Breached);
        Assert.Equal(would.Values.Count(one => one == ClockVerdict.Breached), figures.All.Draft.Breached);
        Assert.Equal(Changed(ClockVerdict.Breached, isLeaving: false), figures.All.Worse);
        Assert.Equal(Changed(ClockVerdict.Breached, isLeaving: true), figures.All.Better);
        Assert.Equal(figures.All, Sum(figures.Priorities.Select(group => group.Counts)));
        Assert.Equal(figures.All, Sum(figures.Hours.Select(group => group.Counts)));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {was.Count} clocks on {figures.Tickets} incidents, breached {figures.All.Official.Breached} → {figures.All.Draft.Breached}, newly {figures.All.Worse}, no longer {figures.All.Better}"
            )
        );

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {figures.All.Official.Breached} → {figures.All.Draft.Breached} | {figures.All.Worse} | {figures.All.Better} |"
        );

        int Changed(ClockVerdict verdict, bool isLeaving) =>
            was.Count(one => (one.Value == verdict) == isLeaving && (would[one.Key] == verdict) != isLeaving);
    }

    private static GroupCounts Sum(IEnumerable<GroupCounts> counts) =>
        counts.Aggregate(GroupCounts.None, (sum, one) => sum + one);

    private static SlaBacktest Engine() =>
        new(
            new SlaFold((query, ticket, _, _) => query == $"priority = {ticket.State.Priority}"),
            (ticket, recorded) => Ticket.Evolve(ticket, recorded, TicketExtensions.None)
        );

    private static async Task<ReplayWorld> ImportedAsync(string text)
    {
        var world = new ReplayWorld();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        var file = await new IncidentFileReader(new StandingClock()).ReadAsync(stream, CancellationToken.None);
        Assert.Empty(file.Problems);
        var people = new ImportedPeople(world);
        await people.PrepareAsync(file.Rows, CancellationToken.None);
        var replay = new IncidentReplay(world, world, people, ReplayWorld.Configuration, "ITSD", ReplayWorld.Now);
        foreach (var incident in file.Rows.GroupBy(row => row.Number))
        {
            var outcome = await replay.RunAsync(incident, CancellationToken.None);
            Assert.All(
                outcome.Refused,
                row => Assert.StartsWith("import.", row.Problem.Code, StringComparison.Ordinal)
            );
        }

        return world;
    }

    /// <summary>A policy, as a document and as the test counts it.</summary>
    internal sealed record Plan(IReadOnlyDictionary<Priority, (int Hours, bool IsOffice)> Goals)
    {
        public static Plan AroundTheClock { get; } = Same(8, isOffice: false);

        public static Plan OfficeHours { get; } = Same(8, isOffice: true);

        public static Plan ByPriority { get; } =
            new(
                new Dictionary<Priority, (int, bool)>
                {
                    [Priority.Critical] = (4, false),
                    [Priority.High] = (8, false),
                    [Priority.Medium] = (8, true),
                    [Priority.Low] = (24, true),
                }
            );

        public ConfigurationSnapshot Configuration() =>
            ConfigurationSnapshot.Of(
                1,
                Calendar("all", "Etc/UTC", "00:00", "24:00", 7),
                Calendar("office", "Asia/Seoul", "09:00", "18:00", 5),
                new SlaPolicyDocument
                {
                    Id = "incidents",
                    Name = LocalizedText.Of("Incidents"),
                    Metrics =
                    [
                        new SlaMetric
                        {
                            Id = Metric,
                            Name = LocalizedText.Of("Time to resolution"),
                            Start = [new SlaCondition { On = "opened" }, new SlaCondition { On = "reopened" }],
                            Pause = [new SlaCondition { Category = StatusCategory.Waiting }],
                            Stop = [new SlaCondition { On = "resolved" }],
                            Goals = Goals
                                .Select(goal => new SlaGoal
                                {
                                    Query = $"priority = {goal.Key}",
                                    Target = Duration.FromHours(goal.Value.Hours),
                                    Calendar = goal.Value.IsOffice ? "office" : "all",
                                })
                                .ToValueList(),
                        },
                    ],
                }
            );

        private static Plan Same(int hours, bool isOffice) =>
            new(Enum.GetValues<Priority>().ToDictionary(priority => priority, _ => (hours, isOffice)));

        private static CalendarDocument Calendar(string id, string zone, string from, string to, int days)
        {
            string[] names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
            return new CalendarDocument
            {
                Id = id,
                Name = LocalizedText.Of(id),
                Zone = zone,
                Hours = ValueMap<ValueList<WorkSpan>>.From(
                    names[..days]
                        .Select(day => KeyValuePair.Create<string, ValueList<WorkSpan>>(day, [new WorkSpan(from, to)]))
                ),
            };
        }
    }

    private sealed class StandingClock : IClock
    {
        public Instant GetCurrentInstant() => ReplayWorld.Now;
    }
}

/// <summary>An incident as its lines tell it, counted minute by minute. Times are minutes; Seoul is nine hours ahead all year.</summary>
internal sealed class IncidentMinutes
{
    private const int Seoul = 9 * 60;
    private const int Day = 24 * 60;
    private readonly List<(long At, string State, Priority Priority)> moments = [];

    /// <summary>The incidents of a log by number.</summary>
    public static IReadOnlyDictionary<string, IncidentMinutes> Read(string log) =>
        log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select((line, index) => (Parts: line.Split(','), index))
            .GroupBy(line => line.Parts[0])
            .ToDictionary(
                incident => incident.Key,
                incident =>
                    Of(
                        incident
                            .OrderBy(line => Minute(line.Parts[13]))
                            .ThenBy(line => Whole(line.Parts[5]))
                            .ThenBy(line => line.index)
                            .Select(line => line.Parts)
                    )
            );

    /// <summary>What each run of the clock comes to.</summary>
    public IReadOnlyList<(int Elapsed, ClockVerdict Verdict)> Count(IncidentBacktestTests.Plan plan)
    {
        var runs = new List<(int, ClockVerdict)>();
        int? elapsed = 0;
        for (var i = 0; i < moments.Count; i++)
        {
            var (at, state, priority) = moments[i];
            var isDone = state == "done";
            if (elapsed is { } counted && isDone)
            {
                runs.Add(
                    (counted, counted >= plan.Goals[priority].Hours * 60 ? ClockVerdict.Breached : ClockVerdict.Met)
                );
                elapsed = null;
            }
            else if (elapsed is null && !isDone)
            {
                elapsed = 0;
            }

            var until = i + 1 < moments.Count ? moments[i + 1].At : at;
            for (var minute = at; elapsed is not null && minute < until; minute++)
            {
                elapsed += state == "works" && (!plan.Goals[priority].IsOffice || IsOffice(minute)) ? 1 : 0;
            }
        }

        if (elapsed is { } open)
        {
            var target = plan.Goals[moments[^1].Priority].Hours * 60;
            runs.Add((open, open >= target ? ClockVerdict.Breached : ClockVerdict.Open));
        }

        return runs;
    }

    private static IncidentMinutes Of(IEnumerable<string[]> lines)
    {
        var life = new IncidentMinutes();
        var newest = -1;
        foreach (var line in lines)
        {
            var (state, modification) = (State(line[1]), Whole(line[5]));
            if (state is null || modification < newest)
            {
                continue;
            }

            newest = modification;
            var (opened, at, priority) = (Minute(line[9]), Minute(line[13]), Priorities(line[22]));
            if (life.moments.Count == 0)
            {
                life.moments.Add((opened, "works", priority));
            }

            if (at >= life.moments[^1].At)
            {
                life.moments.Add((at, state, priority));
            }
        }

        return life;
    }

    private static bool IsOffice(long minute)
    {
        var local = minute + Seoul;
        // The count begins on a Thursday.
        var weekday = ((local / Day) + 3) % 7;
        return weekday < 5 && local % Day is >= 9 * 60 and < 18 * 60;
    }

    private static string? State(string state) =>
        state switch
        {
            "New" or "Active" => "works",
            "Resolved" or "Closed" => "done",
            _ when state.StartsWith("Awaiting", StringComparison.Ordinal) => "waits",
            _ => null,
        };

    private static Priority Priorities(string priority) =>
        priority[0] switch
        {
            '1' => Priority.Critical,
            '2' => Priority.High,
            '3' => Priority.Medium,
            _ => Priority.Low,
        };

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static long Minute(string text) =>
        (long)
            (
                DateTime.ParseExact(text, "dd-MM-yyyy HH:mm", CultureInfo.InvariantCulture) - DateTime.UnixEpoch
            ).TotalMinutes;
}
