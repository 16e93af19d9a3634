using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Core.Tests.Sla.Accounts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Sla;

/// <summary>Figures of promises in SQL are those that a walk through all promises in memory gives, for every viewer.</summary>
public sealed class PromiseFiguresTests
{
    private const long Asked = 99;
    private static readonly string[] Desks = ["OPEN", "SHUT"];
    private static readonly Instant From = Instant.FromUtc(2026, 3, 1, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2026, 4, 20, 0, 0);

    // The offset of New York changes on 8 March.
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Figures_and_lists_are_those_of_a_walk_through_all_promises(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var kept = await FillAsync(database);
        var figures = database.Get<IPromiseFigures>();

        foreach (var viewer in Viewers())
        {
            foreach (var question in Questions(viewer))
            {
                var expected = kept.Where(one => IsAsked(one, viewer, question)).ToList();
                var (lines, count) = await figures.ListAsync(viewer, question, 0, 1000, CancellationToken.None);
                Assert.Equal(expected.Count, count);
                Assert.Equal(expected.Select(KeyOf).ToHashSet(), lines.Select(KeyOf).ToHashSet());
                await CountsAsync(figures, viewer, question, kept);
                await StaysAsync(figures, viewer, question, expected);
            }
        }
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task What_is_written_again_stands_once_and_what_is_gone_goes(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IPromiseStore>();
        var figures = database.Get<IPromiseFigures>();
        var ticket = await OpenAsync(database.Get<ITicketStore>(), "OPEN", 1, From);
        var (first, second) = (
            Account(new Dice(1), 1, ClockStatus.Stopped),
            Account(new Dice(2), 2, ClockStatus.Stopped)
        );
        var (viewer, question) = (Agent("OPEN"), Question() with { State = PromiseState.Started });
        question = question with { Agreement = first.Agreement, From = Instant.MinValue, To = Instant.MaxValue };
        second = second with { Agreement = first.Agreement };

        await store.KeepAsync([new TicketPromises(ticket.Id, [first, second], [])], default);
        await store.KeepAsync([new TicketPromises(ticket.Id, [first, second], [])], default);
        Assert.Equal(2, (await figures.ListAsync(viewer, question, 0, 9, default)).Count);
        var settled = await store.SettledAsync([ticket.Id], default);
        Assert.Contains(settled, one => one.Is(first.Clock));
        Assert.DoesNotContain(settled, one => one.Is(first.Clock with { Elapsed = Duration.FromHours(99) }));

        var before = await figures.StaysAsync(viewer, question, default);
        await store.KeepAsync([new TicketPromises(ticket.Id, [second], [(first.Clock.Metric, 1)])], default);
        Assert.Equal(before, await figures.StaysAsync(viewer, question, default));

        await store.KeepAsync([new TicketPromises(ticket.Id, [], [(first.Clock.Metric, 1)])], default);
        var (lines, _) = await figures.ListAsync(viewer, question, 0, 9, default);
        Assert.Equal((first.Clock.Metric, 1), (Assert.Single(lines).Metric, lines[0].Cycle));
    }

    private static async Task CountsAsync(
        IPromiseFigures figures,
        Viewer viewer,
        PromiseQuestion question,
        List<Kept> kept
    )
    {
        var goals = await figures.GoalsAsync(viewer, question, CancellationToken.None);
        Assert.Equal(Among(PromiseState.Met), goals.Sum(one => one.Met));
        Assert.Equal(Among(PromiseState.Breached), goals.Sum(one => one.Breached));
        Assert.Equal(Among(PromiseState.OnTrack), goals.Sum(one => one.OnTrack));
        Assert.Equal(Among(PromiseState.Near), goals.Sum(one => one.Near));
        Assert.Equal(Among(PromiseState.Broken), goals.Sum(one => one.Broken));
        Assert.Equal(Among(PromiseState.Paused), goals.Sum(one => one.Paused));
        foreach (var goal in goals)
        {
            var taken = kept.Where(one => IsAsked(one, viewer, question with { State = PromiseState.Decided }))
                .Where(one => GoalOf(one, question.ByTeam) == goal.Goal)
                .Where(one => one.Account.Clock.Status == ClockStatus.Stopped)
                .Select(one => (long)Math.Floor(one.Account.Clock.Elapsed.TotalMinutes))
                .Order()
                .ToList();
            Assert.Equal(
                taken.Count == 0 ? null : Duration.FromMinutes(taken[((taken.Count + 1) / 2) - 1]),
                goal.Median
            );
            Assert.Equal(Duration.FromMinutes(taken.Sum()), goal.Elapsed);
        }

        if (!question.IsLive)
        {
            var quarters = await figures.QuartersAsync(viewer, question, CancellationToken.None);
            Assert.Equal(Among(question.State), quarters.Sum(one => one.Count));
        }

        int Among(PromiseState state) => kept.Count(one => IsAsked(one, viewer, question with { State = state }));
    }

    private static async Task StaysAsync(
        IPromiseFigures figures,
        Viewer viewer,
        PromiseQuestion question,
        List<Kept> asked
    )
    {
        var expected = asked
            .Where(one => one.Account.Clock.Status == ClockStatus.Stopped)
            .SelectMany(one => one.Account.Stays)
            .GroupBy(KeyOf)
            .ToDictionary(group => group.Key, group => group.Aggregate(Duration.Zero, (sum, one) => sum + one.Time));
        var stays = await figures.StaysAsync(viewer, question, CancellationToken.None);
        Assert.Equal(expected.Count, stays.Count);
        Assert.All(stays, stay => Assert.Equal(expected[stay.Key], stay.Time));
        Assert.Equal(
            asked.Count(one => one.Account.Clock.Status != ClockStatus.Stopped),
            await figures.CountUnstoppedAsync(viewer, question, CancellationToken.None)
        );
    }

    private static IEnumerable<PromiseQuestion> Questions(Viewer viewer)
    {
        var any = Question() with
        {
            ForCustomer = viewer.Desks.Count == 0,
            Policies = viewer.Desks.Count == 0 ? ["standard"] : [],
        };
        yield return any;
        yield return any with
        {
            State = PromiseState.Breached,
            Hour = 9,
        };
        yield return any with
        {
            State = PromiseState.Started,
            Hour = 34,
        };
        yield return any with
        {
            State = PromiseState.Live,
            Agreement = AgreementType.Ola,
            ByTeam = true,
        };
        yield return any with
        {
            Organization = 1,
            State = PromiseState.Corrected,
        };
        yield return any with
        {
            Organization = 0,
        };
        yield return any with
        {
            Metric = "time-0",
            Target = Duration.FromHours(4),
            Calendar = "all",
        };
        yield return any with
        {
            Team = 2,
            Desk = "OPEN",
            State = PromiseState.Met,
        };
        yield return any with
        {
            Stays = [new StayKey(LedgerSegmentKind.Paused, "incident", "waiting", 1, true)],
        };
    }

    private static PromiseQuestion Question() =>
        new()
        {
            From = From,
            To = To,
            Now = To,
            Zone = Zone,
        };

    // The same once more, without a database.
    private static bool IsAsked(Kept one, Viewer viewer, PromiseQuestion question)
    {
        var (clock, account) = (one.Account.Clock, one.Account);
        var seen = question.ForCustomer
            ? one.Ticket.Requester == viewer.Person.Id
                || (
                    one.Ticket.Organization is { } shared
                    && viewer.SharedOrganizations.Contains(shared)
                    && viewer.SharingDesks.Contains(one.Ticket.Desk)
                )
            : viewer.WorksOn(one.Ticket.Desk);
        var decided = account.DecidedAt is { } at && at >= From && at < To;
        var isLive = clock.Status != ClockStatus.Stopped;
        var isBroken =
            clock.Verdict == ClockVerdict.Breached || (clock.Status == ClockStatus.Running && clock.DueAt <= To);
        var isNear = account.NearAt <= To;
        var inState = question.State switch
        {
            PromiseState.Met => decided && clock.Verdict == ClockVerdict.Met,
            PromiseState.Breached => decided && clock.Verdict == ClockVerdict.Breached,
            PromiseState.Started => clock.StartedAt >= From && clock.StartedAt < To,
            PromiseState.Corrected => decided && clock.Correction is not null,
            PromiseState.Live => isLive,
            PromiseState.Broken => isLive && isBroken,
            PromiseState.Paused => clock.Status == ClockStatus.Paused && !isBroken,
            PromiseState.Near => clock.Status == ClockStatus.Running && !isBroken && isNear,
            PromiseState.OnTrack => clock.Status == ClockStatus.Running && !isBroken && !isNear,
            _ => decided,
        };
        var when = question.State == PromiseState.Started ? clock.StartedAt : account.DecidedAt;
        return seen
            && inState
            && account.Agreement == question.Agreement
            && (question.Policies.Count == 0 || question.Policies.Contains(clock.Policy.Id))
            && (question.Organization is null || question.Organization == (one.Ticket.Organization?.Value ?? 0))
            && (question.Metric is null || question.Metric == clock.Metric)
            && (question.Target is null || question.Target == clock.Target)
            && (question.Calendar is null || question.Calendar == clock.Calendar.Id)
            && (question.Team is null || question.Team == (account.Team?.Value ?? 0))
            && (question.Desk is null || question.Desk == one.Ticket.Desk)
            && (question.Hour is null || (when is { } moment && HourOf(moment) == question.Hour))
            && (
                question.Stays.Count == 0
                || (!isLive && account.Stays.Any(stay => question.Stays.Contains(KeyOf(stay))))
            );
    }

    private static int HourOf(Instant at)
    {
        var local = at.InZone(Zone).LocalDateTime;
        return (((int)local.DayOfWeek - 1) * 24) + local.Hour;
    }

    private static (TicketId, string, int) KeyOf(Kept one) =>
        (one.Ticket.Id, one.Account.Clock.Metric, one.Account.Clock.Cycle);

    private static (TicketId, string, int) KeyOf(PromiseLine one) => (one.Ticket, one.Metric, one.Cycle);

    private static StayKey KeyOf(ClockStay stay) =>
        new(stay.Kind, stay.Type, stay.Status, stay.Team?.Value ?? 0, stay.IsAssigned);

    private static PromisedGoal GoalOf(Kept one, bool byTeam) =>
        new(
            one.Account.Clock.Policy.Id,
            one.Account.Clock.Metric,
            one.Account.Clock.Target,
            one.Account.Clock.Calendar.Id,
            byTeam ? one.Account.Team?.Value ?? 0 : null
        );

    private static async Task<List<Kept>> FillAsync(DatabaseUnderTest database)
    {
        var random = new Dice(20260301);
        var kept = new List<Kept>();
        for (var i = 0; i < 40; i++)
        {
            var ticket = await OpenAsync(database.Get<ITicketStore>(), Desks[i % 2], i % 4, From);
            var accounts = Enumerable.Range(1, 4).Select(cycle => Account(random, cycle)).ToList();
            await database.Get<IPromiseStore>().KeepAsync([new TicketPromises(ticket.Id, accounts, [])], default);
            kept.AddRange(accounts.Select(account => new Kept(ticket, account)));
        }

        return kept;
    }

    private static ClockAccount Account(Dice random, int cycle, ClockStatus? wanted = null)
    {
        var status = wanted ?? (ClockStatus)random.Next(1, 4);
        var started = From + Duration.FromMinutes(random.Next(-5_000, 60_000));
        var elapsed = Duration.FromSeconds(random.Next(1, 40_000));
        var target = Duration.FromHours(random.Next(1, 3) * 4);
        var isBroken = elapsed > target;
        var verdict =
            isBroken ? ClockVerdict.Breached
            : status != ClockStatus.Stopped ? ClockVerdict.Open
            : random.Next(5) == 0 ? ClockVerdict.Cancelled
            : ClockVerdict.Met;
        var stopped = status == ClockStatus.Stopped ? started + (elapsed * 2) : (Instant?)null;
        var due = isBroken ? started + target : To + Duration.FromMinutes(random.Next(-200, 1_000));
        var clock = new SlaClock
        {
            Policy = new DocumentVersion(random.Next(2) == 0 ? "standard" : "gold", 1),
            Metric = $"time-{random.Next(2)}",
            Cycle = cycle,
            Goal = 0,
            Target = target,
            Calendar = new DocumentVersion(random.Next(2) == 0 ? "all" : "office", 1),
            Status = status,
            Verdict = verdict,
            StartedAt = started,
            Since = stopped ?? started,
            Elapsed = elapsed,
            DueAt = status == ClockStatus.Running || isBroken ? due : null,
            StoppedAt = stopped,
            Marks = [],
            Correction =
                status == ClockStatus.Stopped && random.Next(4) == 0
                    ? new ClockCorrection(3, ClockVerdict.Met, elapsed / 2, "Why", new PersonId(1), new PersonId(2))
                    : null,
        };
        TeamId? team = random.Next(3) is var number && number == 0 ? null : new TeamId(number);
        return new ClockAccount(
            clock,
            random.Next(3) == 0 ? AgreementType.Ola : AgreementType.Sla,
            verdict == ClockVerdict.Met ? stopped
                : verdict == ClockVerdict.Breached ? due
                : null,
            status == ClockStatus.Running && !isBroken ? due - Duration.FromMinutes(random.Next(0, 500)) : null,
            team,
            Duration.Zero,
            Duration.Zero,
            status == ClockStatus.Stopped ? Stays(random, elapsed) : []
        );
    }

    private static ValueList<ClockStay> Stays(Dice random, Duration elapsed) =>
        [
            new ClockStay(LedgerSegmentKind.Running, "incident", "new", null, false, elapsed),
            new ClockStay(
                (LedgerSegmentKind)random.Next(2, 4),
                "incident",
                "waiting",
                new TeamId(random.Next(1, 3)),
                random.Next(2) == 0,
                elapsed / 2
            ),
        ];

    private static async Task<TicketState> OpenAsync(ITicketStore store, string desk, long organization, Instant at)
    {
        var (ticket, opening) = await TestTicket.NewAsync(store, desk);
        var state = ticket.State with
        {
            Requester = new PersonId(11 + organization),
            Organization = organization == 0 ? null : new OrganizationId(organization),
            // Who is only asked for an approval reads nothing of promises.
            Approvals =
            [
                new Approval
                {
                    Id = 5,
                    Title = LocalizedText.Of("May we?"),
                    Steps = [new ApprovalStep([new PersonId(Asked)], 1, null)],
                    RequestedAt = at,
                },
            ],
        };
        var outcome = await store.CommitAsync(
            new TicketCommit
            {
                ExpectedVersion = 0,
                After = new TicketSnapshot(state, []),
                Events = [new RecordedEvent(state.Id, 1, 0, opening.Events[0].Event, at, Actor.System, 1, null, 0)],
                Timers = [],
            },
            CancellationToken.None
        );
        Assert.Equal(CommitStatus.Committed, outcome.Status);
        return state;
    }

    private static IEnumerable<Viewer> Viewers() =>
        [Agent("OPEN", "SHUT"), Agent("SHUT"), Customer(12, 1), Customer(13, 2), Customer(Asked)];

    private static Viewer Agent(params string[] desks) => Viewer(1, [], desks);

    private static Viewer Customer(long id, params long[] organizations) => Viewer(id, organizations, []);

    private static Viewer Viewer(long id, long[] organizations, string[] desks)
    {
        var own = organizations.Select(one => new OrganizationId(one)).ToValueList();
        var person = new Person(new PersonId(id), $"P{id}", "", "agent", "en", "Etc/UTC", own, [], true);
        return new Viewer(person, [], [.. desks], [], own, ["OPEN"]);
    }

    private sealed record Kept(TicketState Ticket, ClockAccount Account);
}
