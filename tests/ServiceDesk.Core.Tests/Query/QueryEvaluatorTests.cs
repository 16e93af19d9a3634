using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query;

public class QueryEvaluatorTests
{
    [Theory]
    [InlineData("assignee = \"Person 1\"", false)]
    [InlineData("assignee != \"Person 1\"", false)]
    [InlineData("assignee NOT IN (\"Person 1\")", false)]
    [InlineData("NOT assignee = \"Person 1\"", true)]
    [InlineData("assignee IS EMPTY", true)]
    [InlineData("cost < 5", false)]
    [InlineData("NOT cost < 5", true)]
    [InlineData("model !~ x", false)]
    [InlineData("vip = false", true)]
    [InlineData("vip != true", true)]
    [InlineData("vip IS EMPTY", true)]
    public void An_empty_value_compares_with_nothing_and_not_has_two_values(string query, bool matches) =>
        Assert.Equal(matches, Asked.Matches(query, Asked.Ticket()));

    [Theory]
    [InlineData("label = vpn", true)]
    [InlineData("label != vpn", false)]
    [InlineData("label != other", true)]
    [InlineData("label IN (other, MAJOR)", true)]
    [InlineData("label NOT IN (other)", true)]
    public void A_subject_with_several_values_is_equal_when_one_is(string query, bool matches) =>
        Assert.Equal(matches, Asked.Matches(query, Asked.Ticket(state => state with { Labels = ["vpn", "major"] })));

    [Theory]
    [InlineData("language = ko AND region = \"부산 지사\"", true)]
    [InlineData("language = 한국어", true)]
    [InlineData("language = en", false)]
    [InlineData("region ~ 부산", true)]
    [InlineData("지역 IS EMPTY", false)]
    public void A_ticket_is_found_by_whence_it_came(string query, bool matches) =>
        Assert.Equal(
            matches,
            Asked.Matches(query, Asked.Ticket(state => state with { Language = "ko", Region = "부산 지사" }))
        );

    [Theory]
    [InlineData("created = 2026-03-11", true)]
    [InlineData("created <= 2026-03-11", true)]
    [InlineData("created < 2026-03-11", false)]
    [InlineData("created > 2026-03-11", false)]
    [InlineData("created >= 2026-03-11", true)]
    [InlineData("created > 2026-03-10", true)]
    [InlineData("created != 2026-03-10", true)]
    [InlineData("created = \"2026-03-11 12:00\"", true)]
    [InlineData("created = 2026-03-11T03:00:00Z", true)]
    [InlineData("created = 2026-03-11T12:00:00+09:00", true)]
    [InlineData("created >= -3h", true)]
    [InlineData("created >= -2h", false)]
    [InlineData("created >= startOfDay()", true)]
    [InlineData("created >= endOfDay()", false)]
    [InlineData("created >= startOfWeek()", true)]
    [InlineData("created < startOfDay(1)", true)]
    public void A_date_is_a_whole_day_in_the_readers_zone(string query, bool matches) =>
        Assert.Equal(matches, Asked.Matches(query, Asked.Ticket()));

    [Theory]
    [InlineData("summary ~ fire", true)]
    [InlineData("summary ~ \"FIRE printer\"", true)]
    [InlineData("summary ~ rinte", true)]
    [InlineData("summary ~ smoke", false)]
    [InlineData("summary !~ smoke", true)]
    [InlineData("description ~ 장애", true)]
    [InlineData("description ~ 서버", true)]
    [InlineData("summary ~ 서버", false)]
    [InlineData("text ~ \"서버 fire\"", true)]
    [InlineData("text ~ \"fire smoke\"", false)]
    public void Search_finds_every_word_anywhere_also_inside_words(string query, bool matches) =>
        Assert.Equal(matches, Asked.Matches(query, Asked.Ticket()));

    [Fact]
    public void Decomposed_hangul_and_letters_of_either_case_are_the_same()
    {
        var ticket = Asked.Ticket(state =>
            state with
            {
                Summary = "서버 장애 ÄRGER".Normalize(System.Text.NormalizationForm.FormD),
            }
        );

        Assert.True(Asked.Matches("summary ~ 장애", ticket));
        Assert.True(Asked.Matches("summary ~ ärger", ticket));
    }

    [Fact]
    public void Internal_notes_are_found_by_agents_of_the_desk_alone()
    {
        var ticket = Asked.Ticket();
        var note = new SearchableText(TextPart.Comment, 2, Visibility.Internal, "canary");
        var answer = new SearchableText(TextPart.Comment, 3, Visibility.Public, "visible");
        var elsewhere = WorldViewers.OnItDesk with { Desks = ["HR"] };

        Assert.True(Asked.Matches("text ~ canary", ticket, WorldViewers.OnItDesk, note, answer));
        Assert.False(Asked.Matches("text ~ canary", ticket, elsewhere, note, answer));
        Assert.False(Asked.Matches("text ~ canary", ticket, WorldViewers.Sharing, note, answer));
        Assert.True(Asked.Matches("text ~ visible", ticket, WorldViewers.Sharing, note, answer));
        Assert.True(Asked.Matches("NOT text ~ canary", ticket, WorldViewers.Sharing, note, answer));
    }

    [Fact]
    public void Customers_see_neither_internal_changes_nor_statuses_that_are_one_to_them()
    {
        var ticket = Asked.Ticket(state =>
            state with
            {
                Status = "waiting-for-customer",
                Category = StatusCategory.Waiting,
            }
        );

        Assert.True(Asked.Matches("updated >= -1h AND NOT status = in-progress", ticket, WorldViewers.OnItDesk));
        Assert.False(Asked.Matches("updated >= -1h", ticket, WorldViewers.Sharing));
        Assert.True(Asked.Matches("status = in-progress", ticket, WorldViewers.Sharing));
        Assert.True(Asked.Matches("status = \"처리 중\"", ticket, WorldViewers.Sharing));
        Assert.False(Asked.Matches("status != waiting-for-customer", ticket, WorldViewers.Sharing));
    }

    [Fact]
    public void An_agents_field_is_empty_where_the_viewer_is_no_agent()
    {
        var ticket = Asked.Ticket(state =>
            state with
            {
                Fields = ValueMap<FieldValue>.Empty.SetItem("cost", new NumberValue(7)),
            }
        );
        var elsewhere = WorldViewers.OnItDesk with { Desks = ["HR"] };

        Assert.True(Asked.Matches("cost = 7", ticket, WorldViewers.OnItDesk));
        Assert.False(Asked.Matches("cost = 7", ticket, elsewhere));
        Assert.False(Asked.Matches("cost != 8", ticket, elsewhere));
        Assert.True(Asked.Matches("cost IS EMPTY", ticket, elsewhere));
        Assert.False(Asked.Matches("cost IS NOT EMPTY", ticket, elsewhere));
    }

    [Theory]
    [InlineData("priority >= medium", true)]
    [InlineData("priority > medium", false)]
    [InlineData("priority IN (low, HIGH)", false)]
    [InlineData("status = 신규", true)]
    [InlineData("status = NEW", true)]
    [InlineData("desk = \"itsd 데스크\"", true)]
    [InlineData("type != task AND category = new", true)]
    [InlineData("resolution IS EMPTY", true)]
    [InlineData("key = itsd-1", true)]
    [InlineData("channel = portal", true)]
    public void Named_values_are_known_by_id_and_by_name_in_every_language(string query, bool matches) =>
        Assert.Equal(matches, Asked.Matches(query, Asked.Ticket()));

    [Fact]
    public void Choices_are_ordered_as_configured()
    {
        var ticket = Asked.Ticket(state =>
            state with
            {
                Fields = ValueMap<FieldValue>.Empty.SetItem("impact", new ChoiceValue("medium")),
            }
        );

        Assert.True(Asked.Matches("impact > low AND impact <= 보통 AND NOT impact >= high", ticket));
    }

    [Fact]
    public void A_former_key_still_names_the_ticket()
    {
        var moved = Asked.Ticket(state => state with { FormerKeys = [new TicketKey("HR", 9)] });

        Assert.True(Asked.Matches("key = HR-9", moved));
        Assert.True(Asked.Matches("key = ITSD-1", moved));
    }

    [Theory]
    [InlineData(ClockStatus.Running, 30, "< 1h", true)]
    [InlineData(ClockStatus.Running, 60, "< 1h", false)]
    [InlineData(ClockStatus.Running, 60, "<= 1h", true)]
    [InlineData(ClockStatus.Running, -5, "< 0m", true)]
    [InlineData(ClockStatus.Paused, 0, "<= 7h", true)]
    [InlineData(ClockStatus.Paused, 0, "< 7h", false)]
    [InlineData(ClockStatus.Stopped, 0, "< 10w", false)]
    [InlineData(ClockStatus.Running, 30, "= running", true)]
    [InlineData(ClockStatus.Paused, 30, "IN (met, paused)", true)]
    [InlineData(ClockStatus.Stopped, 30, "!= running", true)]
    public void A_clock_compares_by_state_or_by_time_left(
        ClockStatus status,
        int dueIn,
        string comparison,
        bool matches
    )
    {
        var ticket = new TicketSnapshot(
            Asked.Ticket().State,
            [Clock(status, QueryWorld.Now + Duration.FromMinutes(dueIn))]
        );

        Assert.Equal(matches, Asked.Matches($"sla(\"Time to resolution\") {comparison}", ticket));
        Assert.False(Asked.Matches($"sla(\"Time to first response\") {comparison}", ticket));
    }

    [Fact]
    public void Only_the_newest_cycle_of_a_metric_counts()
    {
        var running = Clock(ClockStatus.Running, QueryWorld.Now) with { Cycle = 2 };
        var ticket = new TicketSnapshot(Asked.Ticket().State, [Clock(ClockStatus.Stopped, QueryWorld.Now), running]);

        Assert.True(Asked.Matches("sla(time-to-resolution) = running", ticket));
        Assert.False(Asked.Matches("sla(time-to-resolution) = stopped", ticket));
    }

    [Fact]
    public void Remaining_is_the_time_to_the_nearest_due_instant_of_a_running_clock()
    {
        var near = Clock(ClockStatus.Running, QueryWorld.Now + Duration.FromMinutes(10)) with { Metric = "other" };
        var ticket = new TicketSnapshot(
            Asked.Ticket().State,
            [Clock(ClockStatus.Running, QueryWorld.Now + Duration.FromHours(5)), near]
        );

        Assert.True(Asked.Matches("remaining < 11m AND remaining >= 10m AND due < 1h", ticket));
        Assert.True(Asked.Matches("sla < 11m AND NOT sla < 10m", ticket));
        Assert.True(Asked.Matches("remaining IS EMPTY AND NOT remaining < 100w", Asked.Ticket()));
    }

    private static SlaClock Clock(ClockStatus status, Instant due)
    {
        var calendar = new DocumentVersion("always", 1);
        return new SlaClock
        {
            Policy = new DocumentVersion("standard", 1),
            Metric = "time-to-resolution",
            Cycle = 1,
            Goal = 0,
            Target = Duration.FromHours(8),
            Calendar = calendar,
            Status = status,
            Verdict = ClockVerdict.Open,
            StartedAt = QueryWorld.Now,
            Since = QueryWorld.Now,
            Elapsed = Duration.FromHours(1),
            DueAt = status == ClockStatus.Running ? due : null,
            Marks =
            [
                new ClockMark(ClockMarkKind.Started, QueryWorld.Now, 1, "opened", Duration.FromHours(8), calendar),
            ],
        };
    }
}
