using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query.World;

/// <summary>A random ticket with the texts of its comments.</summary>
/// <param name="Snapshot">The ticket at the end.</param>
/// <param name="Comments">Its comments, which come behind its opening.</param>
/// <param name="Life">Its opening and what changed, each with its time; the last changes lead to the snapshot.</param>
public sealed record WorldTicket(
    TicketSnapshot Snapshot,
    ValueList<TicketEvent> Comments,
    ValueList<(TicketEvent Event, Instant At, Actor Actor)> Life
)
{
    /// <summary>Its events as a commit records them.</summary>
    public ValueList<RecordedEvent> Events =>
        Life.Take(1)
            .Concat(Comments.Select(one => (one, Life[0].At, Life[0].Actor)))
            .Concat(Life.Skip(1))
            .Select(
                (one, place) =>
                    new RecordedEvent(Snapshot.State.Id, place + 1, 0, one.Item1, one.At, one.Actor, 1, null, 0)
            )
            .ToValueList();

    /// <summary>What changed in its life.</summary>
    public IReadOnlyList<SearchableChange> Changes => [.. SearchableChanges.Of(before: null, Events)];

    public IReadOnlyList<SearchableText> Texts => [.. Comments.SelectMany(SearchableText.Of)];
}

/// <summary>Random tickets of <see cref="QueryWorld"/> from few words and few instants, so that random queries find some of them.</summary>
public static class WorldTickets
{
    public static Gen<WorldTicket> Of(long id) =>
        from desk in Gen.Elements(QueryWorld.Desks)
        from summary in Text(1, 4)
        from description in Text(0, 30)
        from people in Gen.Choose(1, 8).Select(one => (long)one).ArrayOf(3)
        from category in Gen.Choose(0, 3)
        from fields in Fields()
        from moments in Moment().ArrayOf(5)
        from clocks in Clocks()
        from comments in Comments()
        from coins in Gen.Choose(0, 3).ArrayOf(12)
        from turns in WorldLives.Turns()
        let snapshot = (
            new TicketSnapshot(
                new TicketState
                {
                    Id = new TicketId(id),
                    Key = new TicketKey(desk, (int)id),
                    FormerKeys = FormerKeys(desk, id),
                    Version = 1 + comments.Count + WorldLives.Count(turns, id),
                    Type = QueryWorld.Types[coins[0] % 2],
                    RequestType =
                        coins[1] == 0 ? null
                        : coins[1] == 1 ? "ask-payroll"
                        : "report-outage",
                    Summary = summary,
                    Description = description,
                    Status = QueryWorld.Statuses[category],
                    Category = (StatusCategory)(category + 1),
                    Resolution = category == 3 ? QueryWorld.Resolutions[coins[2] % 2] : null,
                    Priority = (Priority)(coins[3] + 1),
                    Requester = new PersonId(people[0]),
                    Organization = coins[4] == 0 ? null : new OrganizationId(coins[4]),
                    IsPrivate = coins[5] == 0,
                    SharedWith = coins[11] == 0 || coins[11] == coins[4] ? [] : [new OrganizationId(coins[11])],
                    Language =
                        coins[1] == 0 ? null
                        : coins[3] == 0 ? "en"
                        : "ko",
                    Region =
                        coins[6] == 0 ? null
                        : coins[8] == 0 ? "EMEA"
                        : "부산 지사",
                    Merged = coins[9] == 0 ? MergedInto(desk, coins[2] + 1) : null,
                    Origin =
                        coins[2] == 0
                            ? new TicketOrigin(OriginKind.Split, new TicketId(1), new TicketKey(desk, coins[9] + 1), 2)
                            : null,
                    Assignee = coins[5] == 0 ? null : new PersonId(people[1]),
                    Team = coins[6] == 0 ? null : new TeamId(coins[6]),
                    Participants = coins[7] == 0 ? [] : [new PersonId(people[2])],
                    Watchers =
                        coins[7] == 1 ? people.Skip(1).Distinct().Select(one => new PersonId(one)).ToValueList() : [],
                    Labels = QueryWorld.Labels.Take(coins[8]).ToValueList(),
                    Approvals = Asked(coins, people, QueryWorld.Statuses[category]),
                    Tasks = Tasks(coins, people),
                    Fields = fields,
                    Channel = (Channel)(coins[9] + 1),
                    ExternalId = coins[10] == 0 ? $"INC{id:0000000}" : null,
                    CreatedAt = moments[0],
                    UpdatedAt = moments[1],
                    PublicUpdatedAt = moments[0],
                    ResolvedAt = category == 3 ? moments[2] : null,
                    ClosedAt = category == 3 && coins[11] == 0 ? moments[3] : null,
                    StatusSince = moments[4],
                    ReopenCount = coins[11],
                    PublicComments = comments.Count(one => one is PublicCommentAdded),
                    InternalNotes = comments.Count(one => one is InternalNoteAdded),
                    Attachments = coins[2],
                    LastAgentAnswerAt = coins[3] == 0 ? moments[3] : null,
                },
                clocks
            )
        )
        select new WorldTicket(snapshot, comments, WorldLives.Of(snapshot.State, turns));

    private static MergedInto MergedInto(string desk, int number) =>
        new(
            new TicketId(number),
            new TicketKey(desk, number),
            QueryWorld.Now,
            new StandingBeforeMerge("new", StatusCategory.New, null, QueryWorld.Now, null, null, 0)
        );

    /// <summary>None, or steps of which one is done and one is somebody's.</summary>
    private static ValueList<TicketTask> Tasks(int[] coins, long[] people) =>
        coins[9] < 2
            ? []
            :
            [
                new(1, LocalizedText.Of("one"), true, new PersonId(people[1]), null)
                {
                    DoneAt = coins[9] == 2 ? QueryWorld.Now : null,
                },
                new(2, LocalizedText.Of("two"), false, null, null),
            ];

    /// <summary>Every other ticket was on the other desks before, so that most keys name a ticket.</summary>
    private static ValueList<TicketKey> FormerKeys(string desk, long id) =>
        id % 2 == 0
            ? QueryWorld
                .Desks.Where(other => other != desk)
                .Select(other => new TicketKey(other, (int)id))
                .ToValueList()
            : [];

    /// <summary>What the status asked for, and behind it what somebody asked by hand; or one of no status, or none.</summary>
    private static ValueList<Approval> Asked(int[] coins, long[] people, string status) =>
        Approvals(coins, people) is [var one] && coins[2] == 0
            ?
            [
                one with
                {
                    ForStatus = status,
                },
                one with
                {
                    Id = 3,
                    RequestedBy = new PersonId(people[0]),
                    ForStatus = status,
                    State = ApprovalState.Expired,
                    EndedAt = QueryWorld.Now,
                },
            ]
            : Approvals(coins, people);

    /// <summary>None, one by whom people are asked now, or one that ended with an answer.</summary>
    private static ValueList<Approval> Approvals(int[] coins, long[] people)
    {
        var approvers = people.Distinct().Select(one => new PersonId(one)).ToValueList();
        var pending = new Approval
        {
            Id = 2,
            Title = LocalizedText.Of("May we?"),
            Steps = [new ApprovalStep(approvers, 1, null)],
            RequestedAt = QueryWorld.Now,
        };
        return coins[9] switch
        {
            0 => [],
            1 => [pending],
            var coin =>
            [
                pending with
                {
                    State = coin % 2 == 0 ? ApprovalState.Approved : ApprovalState.Declined,
                    Answers = [new ApprovalAnswer(approvers[0], [0], coin % 2 == 0, null, QueryWorld.Now)],
                    EndedAt = QueryWorld.Now,
                },
            ],
        };
    }

    public static Gen<string> Text(int least, int most) =>
        from count in Gen.Choose(least, most)
        from words in Gen.Elements(QueryWorld.Words).ArrayOf(count)
        select string.Join(' ', words);

    /// <summary>Near now and exactly on edges of days and hours.</summary>
    private static Gen<Instant> Moment() =>
        from days in Gen.Choose(-20, 3)
        from edge in Gen.Elements(Duration.Zero, Duration.FromHours(9), Duration.FromTicks(1), -Duration.FromTicks(1))
        from fromNow in Gen.Elements(true, false)
        select (fromNow ? QueryWorld.Now : Instant.FromUtc(2026, 3, 10, 15, 0)) + Duration.FromDays(days) + edge;

    private static Gen<ValueList<TicketEvent>> Comments() =>
        from bodies in Text(1, 12).ArrayOf(2)
        from count in Gen.Choose(0, 2)
        from isInternal in Gen.Elements(true, false)
        select bodies
            .Take(count)
            .Select(
                (body, place) =>
                    isInternal == (place == 0)
                        ? (TicketEvent)new InternalNoteAdded(place + 2, body, [])
                        : new PublicCommentAdded(place + 2, body, true, [])
            )
            .ToValueList();

    private static Gen<ValueMap<FieldValue>> Fields() =>
        from present in Gen.Choose(0, 32767)
        from words in Text(1, 90)
        from number in Gen.Choose(-3, 12)
        from days in Gen.Choose(-5, 3)
        from moment in Moment()
        from person in Gen.Choose(1, 8)
        let all = new KeyValuePair<string, FieldValue>[]
        {
            new("impact", new ChoiceValue(QueryWorld.Impacts[Math.Abs(number) % 3])),
            new("tags", new ChoicesValue(QueryWorld.Tags.Take(1 + (Math.Abs(number) % 3)).ToValueList())),
            new("model", new TextValue(words[..Math.Min(words.Length, 20)].Trim())),
            new("story", new TextValue(words)),
            new("cost", new NumberValue(number / 4m)),
            new("vip", new FlagValue(number % 2 == 0)),
            new("day", new DateValue(new LocalDate(2026, 3, 11).PlusDays(days))),
            new("visit", new MomentValue(moment)),
            new("manager", new PersonValue(new PersonId(person))),
            new("site", new TextValue($"https://example.com/{number}")),
            new("outage", new DurationValue(Duration.FromMinutes(45 * Math.Abs(number)))),
            new("place", new ChoiceValue(QueryWorld.Places[Math.Abs(number) % 5])),
            new("unit", new OrganizationValue(new OrganizationId(1 + (person % 3)))),
            new("crew", new TeamValue(new TeamId(1 + (person % 3)))),
            new("papers", new FilesValue(Papers.Take(1 + (Math.Abs(number) % 3)).ToValueList())),
        }
        select ValueMap<FieldValue>.From(all.Where((_, place) => (present >> place & 1) == 1));

    private static readonly AttachedFile[] Papers =
    [
        new(1, "Quote.pdf", "application/pdf", 10, new string('a', 64)),
        new(2, "견적서 2.pdf", "application/pdf", 10, new string('b', 64)),
        new(3, "signed form.docx", "application/octet-stream", 10, new string('c', 64)),
    ];

    private static Gen<ValueList<SlaClock>> Clocks() =>
        from first in Clock(QueryWorld.Metrics[0], 1)
        from again in Clock(QueryWorld.Metrics[0], 2)
        from other in Clock(QueryWorld.Metrics[1], 1)
        from count in Gen.Choose(0, 3)
        select new[] { first, again, other }.Take(count).ToValueList();

    private static Gen<SlaClock> Clock(string metric, int cycle) =>
        from status in Gen.Elements(Enum.GetValues<ClockStatus>())
        from minutes in Gen.Choose(-180, 180)
        from elapsed in Gen.Choose(0, 600)
        let due = QueryWorld.Now + Duration.FromMinutes(minutes)
        let calendar = new DocumentVersion("always", 1)
        select new SlaClock
        {
            Policy = new DocumentVersion("standard", 1),
            Metric = metric,
            Cycle = cycle,
            Goal = 0,
            Target = Duration.FromHours(8),
            Calendar = calendar,
            Status = status,
            Verdict =
                minutes < 0 ? ClockVerdict.Breached
                : status == ClockStatus.Stopped ? ClockVerdict.Met
                : ClockVerdict.Open,
            StartedAt = QueryWorld.Now - Duration.FromDays(1),
            Since = QueryWorld.Now - Duration.FromHours(1),
            Elapsed = Duration.FromMinutes(elapsed),
            DueAt = status == ClockStatus.Running ? due : null,
            Marks =
            [
                new ClockMark(
                    ClockMarkKind.Started,
                    QueryWorld.Now - Duration.FromDays(1),
                    1,
                    "opened",
                    Duration.FromHours(8),
                    calendar
                ),
            ],
        };
}
