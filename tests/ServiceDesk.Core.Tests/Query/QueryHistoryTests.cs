using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query;

/// <summary>One life, told by events, asked by queries. In Seoul it is the 11th of March, half past two in the afternoon.</summary>
public class QueryHistoryTests
{
    private static readonly Instant Opened = Instant.FromUtc(2026, 3, 2, 0, 0);

    // Opened on the 2nd; each step stands on its day of March at 09:00 in Seoul.
    private static readonly (int Day, TicketEvent Event, long By)[] Life =
    [
        (3, new TicketAssigned(new PersonId(1), new TeamId(1)), 2),
        (4, new StatusChanged("start", "new", "in-progress", StatusCategory.Active, false, null), 1),
        (5, new PriorityChanged(Priority.Medium, Priority.Critical), 0),
        (6, new PriorityChanged(Priority.Critical, Priority.High), 2),
        (7, new TicketAssigned(null, new TeamId(2)), 1),
        (
            8,
            new TicketMoved(new TicketKey("ITSD", 1), new TicketKey("HR", 9), "task", "new", StatusCategory.New, false),
            2
        ),
    ];

    [Theory]
    [InlineData("status WAS new", true)]
    [InlineData("status WAS in-progress", true)]
    [InlineData("status WAS \"처리 중\"", true)]
    [InlineData("status WAS closed", false)]
    [InlineData("status WAS NOT closed", true)]
    [InlineData("status WAS IN (closed, in-progress)", true)]
    [InlineData("status WAS NOT IN (closed, in-progress)", false)]
    [InlineData("priority WAS critical", true)]
    [InlineData("priority WAS low", false)]
    [InlineData("assignee WAS \"Person 1\"", true)]
    [InlineData("assignee WAS 2", false)]
    [InlineData("assignee WAS EMPTY", true)]
    [InlineData("team WAS IN (\"Team 1\", \"Team 3\")", true)]
    [InlineData("team WAS NOT EMPTY", false)]
    [InlineData("type WAS incident", true)]
    [InlineData("desk WAS ITSD", true)]
    [InlineData("desk WAS FAC", false)]
    public void Was_asks_for_now_and_the_whole_past(string query, bool holds) => Assert.Equal(holds, Holds(query));

    [Theory]
    [InlineData("status WAS in-progress BEFORE 2026-03-04", false)]
    [InlineData("status WAS in-progress BEFORE 2026-03-05", true)]
    [InlineData("status WAS in-progress ON 2026-03-06", true)]
    [InlineData("status WAS in-progress AFTER 2026-03-08", false)]
    [InlineData("status WAS in-progress AFTER \"2026-03-08 08:00\"", true)]
    [InlineData("status WAS new DURING (2026-03-05, 2026-03-07)", false)]
    [InlineData("status WAS new DURING (2026-03-05, 2026-03-08)", true)]
    [InlineData("status WAS new DURING (-1d, now())", true)]
    [InlineData("priority WAS medium BEFORE 2026-03-02", false)]
    [InlineData("priority WAS medium BEFORE 2026-03-03", true)]
    [InlineData("priority WAS high BEFORE 2026-03-06", false)]
    [InlineData("priority WAS high ON 2026-03-06", true)]
    [InlineData("assignee WAS EMPTY DURING (2026-03-04, 2026-03-06)", false)]
    [InlineData("assignee WAS \"Person 1\" AFTER 2026-03-02 BEFORE 2026-03-03", false)]
    public void Was_within_a_span_asks_whether_it_had_the_value_at_some_moment_of_it(string query, bool holds) =>
        Assert.Equal(holds, Holds(query));

    [Theory]
    [InlineData("status CHANGED", true)]
    [InlineData("type CHANGED FROM task", false)]
    [InlineData("priority CHANGED TO critical", true)]
    [InlineData("priority CHANGED FROM critical TO (high, low)", true)]
    [InlineData("priority CHANGED FROM medium TO high", false)]
    [InlineData("priority CHANGED TO critical BY \"Person 2\"", false)]
    [InlineData("priority CHANGED BY (\"Person 1\", \"Person 2\")", true)]
    [InlineData("priority CHANGED BY membersOf(\"Team 2\")", true)]
    [InlineData("priority CHANGED BY membersOf(\"Team 3\")", false)]
    [InlineData("status CHANGED BY currentUser()", true)]
    [InlineData("assignee CHANGED FROM EMPTY", true)]
    [InlineData("assignee CHANGED TO EMPTY AFTER 2026-03-07", false)]
    [InlineData("assignee CHANGED TO EMPTY ON 2026-03-07", true)]
    [InlineData("team CHANGED DURING (2026-03-04, 2026-03-06)", false)]
    [InlineData("team CHANGED DURING (2026-03-04, 2026-03-07)", true)]
    [InlineData("status CHANGED BEFORE -7d", true)]
    [InlineData("status CHANGED BEFORE -8d", false)]
    [InlineData("desk CHANGED FROM ITSD TO HR", true)]
    [InlineData("NOT desk CHANGED", false)]
    public void Changed_asks_for_one_change_that_fits_in_everything(string query, bool holds) =>
        Assert.Equal(holds, Holds(query));

    [Theory]
    [InlineData("created WAS 2026-03-01", "query.operator-not-possible", "WAS")]
    [InlineData("label CHANGED", "query.operator-not-possible", "CHANGED")]
    [InlineData("status WAS", "query.expected-value", "")]
    [InlineData("status WAS nwe", "query.unknown-value-near", "nwe")]
    [InlineData("status WAS new BY 1", "query.only-changed", "BY")]
    [InlineData("status CHANGED TO new TO closed", "query.clause-twice", "TO")]
    [InlineData("status CHANGED DURING -7d", "query.expected-span", "-7d")]
    [InlineData("status CHANGED DURING (-7d)", "query.expected-span", ")")]
    [InlineData("status CHANGED AFTER soon", "query.not-a-moment", "soon")]
    [InlineData("status CHANGED TO (new", "query.expected-close", "")]
    [InlineData("status CHANGED BY ghost", "query.unknown-person", "ghost")]
    [InlineData("status CHANGED new", "query.expected-and-or", "new")]
    [InlineData("assignee = membersOf(ghosts)", "query.unknown-team", "ghosts")]
    [InlineData("assignee = membersOf()", "query.expected-team", "membersOf()")]
    [InlineData("team = membersOf(\"Team 1\")", "query.unknown-function", "membersOf(\"Team 1\")")]
    public void What_is_wrong_is_told_with_its_place(string query, string code, string at)
    {
        var error = Asked.Error(query);

        Assert.Equal(code, error.Code);
        Assert.Equal(at, query.Substring(error.Start, error.Length));
    }

    [Fact]
    public void Customers_cannot_ask_and_agents_learn_nothing_of_desks_that_are_not_theirs()
    {
        Assert.Equal("query.operator-not-possible", Asked.Error("status WAS new", WorldViewers.Alone).Code);
        Assert.DoesNotContain(
            "WAS",
            Asked.Error("status WAS new", WorldViewers.Alone).Arguments[2],
            StringComparison.Ordinal
        );
        Assert.False(Holds("status WAS in-progress", WorldViewers.OnItDesk));
        Assert.False(Holds("status WAS NOT closed", WorldViewers.OnItDesk));
        Assert.False(Holds("status CHANGED", WorldViewers.OnItDesk));
    }

    [Fact]
    public void Conditions_of_the_configuration_do_not_read_the_past()
    {
        var language = new QueryLanguage(QueryWorld.Extensions, new WorldNames());
        var error = language.CheckCondition("priority = high AND status WAS new", QueryWorld.Configuration);

        Assert.Equal(("query.history-not-in-conditions", 27, 3), (error!.Code, error.Start, error.Length));
        Assert.Null(language.CheckQuery("priority = high AND status WAS new", QueryWorld.Configuration));
    }

    [Fact]
    public void The_changes_of_a_part_of_the_events_are_those_of_the_whole_from_there_on()
    {
        var events = Events();
        var state = events
            .Take(4)
            .Aggregate((TicketState?)null, (ticket, one) => Ticket.Evolve(ticket, one, TicketExtensions.None));

        Assert.Equal(
            SearchableChanges.Of(before: null, events).Where(change => change.Version > 4),
            SearchableChanges.Of(state, events.Skip(4))
        );
        Assert.Equal(
            [
                (HistoryField.Assignee, 2L, null, "1"),
                (HistoryField.Team, 2, null, "1"),
                (HistoryField.Status, 3, "new", "in-progress"),
                (HistoryField.Priority, 4, "2", "4"),
                (HistoryField.Priority, 5, "4", "3"),
                (HistoryField.Assignee, 6, "1", null),
                (HistoryField.Team, 6, "1", "2"),
                (HistoryField.Status, 7, "in-progress", "new"),
                (HistoryField.Type, 7, "incident", "task"),
                (HistoryField.Desk, 7, "ITSD", "HR"),
            ],
            SearchableChanges.Of(before: null, events).Select(one => (one.Field, one.Version, one.From, one.To))
        );
    }

    private static bool Holds(string query, Viewer? viewer = null)
    {
        var events = Events();
        var state = events.Aggregate(
            (TicketState?)null,
            (ticket, one) => Ticket.Evolve(ticket, one, TicketExtensions.None)
        );
        var subject = new QuerySubject(
            new TicketSnapshot(state!, []),
            QueryWorld.Extensions,
            [],
            [.. SearchableChanges.Of(before: null, events)]
        );
        return Asked.Matches(query, subject, viewer ?? WorldViewers.Everywhere);
    }

    private static List<RecordedEvent> Events()
    {
        var start = Asked.Ticket().State;
        var opened = new TicketOpened(
            start.Id,
            start.Key,
            start.Type,
            null,
            start.Summary,
            start.Description,
            "new",
            StatusCategory.New,
            Priority.Medium,
            start.Requester,
            null,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            [],
            Channel.Portal,
            null
        );
        return
        [
            Recorded(1, opened, Opened, Actor.Of(start.Requester)),
            .. Life.Select(
                (step, place) =>
                    Recorded(
                        place + 2,
                        step.Event,
                        Instant.FromUtc(2026, 3, step.Day, 0, 0),
                        step.By == 0 ? Actor.System : Actor.Of(new PersonId(step.By))
                    )
            ),
        ];
    }

    private static RecordedEvent Recorded(long version, TicketEvent happened, Instant at, Actor actor) =>
        new(new TicketId(1), version, 0, happened, at, actor, 1, null, 0);
}
