using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>The pages of SLA policies as plain forms, and what follows from what they publish.</summary>
public sealed class PolicyEditorTests : IAsyncLifetime
{
    private static readonly (string, string)[] Whole =
    [
        ("name-en", "Gold customers"),
        ("name-ko", "골드 고객"),
        ("type", "Sla"),
        ("query", "priority = high"),
        ("order", "5"),
        ("metric.0.name-en", "Next answer"),
        ("metric.0.name-ko", "다음 답변"),
        ("metric.0.id", "next-answer"),
        ("metric.0.start.0.kind", "customer-comment"),
        ("metric.0.start.0.query", "category != done"),
        ("metric.0.start.1.kind", "field-changed"),
        ("metric.0.start.1.of", "impact"),
        ("metric.0.start.1.first", "true"),
        ("metric.0.pause.0.kind", "category"),
        ("metric.0.pause.0.category", "waiting"),
        ("metric.0.stop.0.kind", "agent-comment"),
        ("metric.0.stop.1.kind", "status"),
        ("metric.0.stop.1.status", "resolved"),
        ("metric.0.reset.0.kind", "query"),
        ("metric.0.reset.0.query", "priority = low"),
        ("metric.0.cancel.0.kind", "links.linked-ticket-changed"),
        ("metric.0.goal.0.query", "priority = critical"),
        ("metric.0.goal.0.target", "1h"),
        ("metric.0.goal.0.internal", "30m"),
        ("metric.0.goal.0.calendar", "24x7"),
        ("metric.0.goal.0.reminders", "75%, 10m"),
        ("metric.0.goal.1.query", ""),
        ("metric.0.goal.1.target", "8시간"),
        ("metric.0.goal.1.calendar", "korea-office-hours"),
        ("terms.scope-en", "All **services**"),
        ("terms.scope-ko", "모든 **서비스**"),
        ("published", "everyone"),
        ("review-on", "2026-12-31"),
        ("review-days", "30"),
    ];

    private ServiceDeskServer server = null!;
    private HttpClient client = null!;
    private EditorPage page = null!;

    private IConfiguration Configuration => server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        client = server.ClientOf(await server.PersonAsync("Ada Admin", "administrator"));
        page = new EditorPage(client, "/administration/sla/edit");
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task They_are_for_those_who_configure_and_speak_both_languages()
    {
        using var agent = server.ClientOf(await server.PersonAsync("Alex Agent", "agent"));
        foreach (
            var path in new[] { "/administration/sla", "/administration/sla/edit", "/administration/sla/edit/incident" }
        )
        {
            foreach (var language in Languages.All)
            {
                var html = await client.GetStringAsync($"{path}?lang={language}");
                Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[sla.", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[promises.", html, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/administration/sla/edit/nothing")).StatusCode);
    }

    [Fact]
    public async Task Buttons_add_move_and_remove_and_what_was_typed_stays()
    {
        Assert.Contains(
            "name=\"metric.0.start.2.kind\"",
            await page.ShapeAsync("add-start.0", Whole),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "name=\"metric.1.name-en\"",
            await page.ShapeAsync("add-metric", Whole),
            StringComparison.Ordinal
        );
        var moved = await page.ShapeAsync("up-goal.0.1", Whole);
        Assert.Matches("name=\"metric.0.goal.0.target\" value=\"8h\"", moved);
        Assert.Matches("name=\"metric.0.goal.1.internal\" value=\"30m\"", moved);
        Assert.DoesNotContain(
            "metric.0.reset.0",
            await page.ShapeAsync("remove-reset.0.0", Whole),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("metric.0.", await page.ShapeAsync("remove-metric.0", Whole), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_is_what_was_written_and_reads_the_same_again()
    {
        var (compared, html) = await page.PostAsync("Compare", null, "en", Whole);
        Assert.Equal(HttpStatusCode.OK, compared);
        Assert.Contains("diff-added", html, StringComparison.Ordinal);
        Assert.False(Configuration.TryGet<SlaPolicyDocument>("gold-customers", out _));

        var (published, _) = await page.PostAsync("Publish", null, "en", Whole);
        Assert.Equal(HttpStatusCode.Redirect, published);

        Assert.True(Configuration.TryGet<SlaPolicyDocument>("gold-customers", out var policy));
        var metric = Assert.Single(policy.Metrics);
        Assert.Equal(
            [
                new SlaCondition { On = "customer-comment", Query = "category != done" },
                new SlaCondition
                {
                    On = "field-changed",
                    Of = "impact",
                    First = true,
                },
            ],
            metric.Start
        );
        Assert.Equal([new SlaCondition { On = "links.linked-ticket-changed" }], metric.Cancel);
        Assert.Equal(
            (Duration.FromHours(1), Duration.FromMinutes(30), Duration.FromHours(8)),
            (metric.Goals[0].Target, metric.Goals[0].InternalTarget, metric.Goals[1].Target)
        );
        Assert.Equal(["75%", "PT10M"], metric.Goals[0].Reminders);
        Assert.Equal(new LocalDate(2026, 12, 31), policy.Review!.On);

        // Drawn and sent again, it has not changed.
        var drawn = await client.GetStringAsync("/administration/sla/edit/gold-customers?lang=ko");
        Assert.Contains("value=\"75%, 10분\"", WebUtility.HtmlDecode(drawn), StringComparison.Ordinal);
        var (late, conflict) = await page.PostAsync("Publish", "gold-customers", "en", [.. Whole, ("order", "7")]);
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("모든 **서비스**", WebUtility.HtmlDecode(conflict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Levels_of_a_goal_are_added_and_kept_and_a_draft_waits_for_its_choice()
    {
        Assert.Contains(
            "name=\"metric.0.goal.1.levels.0.at\" value=\"100%\"",
            await page.ShapeAsync("metric.0.goal.1:add", Whole),
            StringComparison.Ordinal
        );
        (string, string)[] levels =
        [
            .. Whole,
            ("metric.0.goal.1.levels.0.at", "+30m"),
            ("metric.0.goal.1.levels.0.urgent", "true"),
            ("metric.0.goal.1.levels.0.do.0.do", "notify"),
            ("metric.0.goal.1.levels.0.do.0.people", "lead"),
            ("metric.0.customers", "yes"),
        ];

        var (kept, _) = await page.PostAsync("Draft", null, "en", levels);

        Assert.Equal(HttpStatusCode.Redirect, kept);
        Assert.False(Configuration.TryGet<SlaPolicyDocument>("gold-customers", out _));
        var drafts = server.Services.GetRequiredService<SlaDrafts>();
        var draft = await drafts.FindAsync(DocumentKinds.SlaPolicy, "gold-customers", default);
        var metric = Assert.Single(((SlaPolicyDocument)drafts.Read(draft!)!).Metrics);
        Assert.True(metric.CustomersSee);
        var level = Assert.Single(metric.Goals[1].Escalations);
        Assert.Equal(("+PT30M", true, "lead"), (level.At, level.Urgent, Assert.Single(level.Do[0].People)));
        Assert.Empty(metric.Goals[0].Escalations);
    }

    [Fact]
    public async Task A_kept_draft_is_opened_in_the_form_again_and_no_other_writes_over_it()
    {
        await page.PostAsync("Publish", null, "en", Whole);
        (string, string)[] stricter = [.. Whole.Where(field => field.Item1 != "metric.0.goal.0.target")];
        await page.PostAsync(
            "Draft",
            "gold-customers",
            "en",
            [.. stricter, ("version", "1"), ("metric.0.goal.0.target", "45m")]
        );

        var drawn = await client.GetStringAsync("/administration/sla/edit/gold-customers?draft=true&lang=en");
        Assert.Contains("name=\"metric.0.goal.0.target\" value=\"45m\"", drawn, StringComparison.Ordinal);
        Assert.Contains("name=\"version\" value=\"1\"", drawn, StringComparison.Ordinal);
        Assert.Contains(
            "/administration/sla/edit/gold-customers?draft=True",
            await client.GetStringAsync("/administration/sla/drafts/sla-policy/gold-customers"),
            StringComparison.Ordinal
        );

        // From what is in force somebody else would write over it.
        (string, string)[] other = [.. stricter, ("version", "1"), ("metric.0.goal.0.target", "50m")];
        var (refused, html) = await page.PostAsync("Draft", "gold-customers", "en", other);
        Assert.Equal(HttpStatusCode.Conflict, refused);
        Assert.Contains("id=\"draft-stands\"", html, StringComparison.Ordinal);
        var (kept, _) = await page.PostAsync("Draft", "gold-customers", "en", [.. other, ("draft", "true")]);
        Assert.Equal(HttpStatusCode.Redirect, kept);
        var drafts = server.Services.GetRequiredService<SlaDrafts>();
        var draft = (await drafts.FindAsync(DocumentKinds.SlaPolicy, "gold-customers", default))!;
        Assert.Equal(1, draft.BaseVersion);
        Assert.Equal(Duration.FromMinutes(50), ((SlaPolicyDocument)drafts.Read(draft)!).Metrics[0].Goals[0].Target);

        // Whoever had the draft before open writes over it neither in the form nor as text, and neither publishes nor discards it unseen.
        var before = TagIn(drawn);
        var now = DraftTag.Of(draft);
        Assert.NotEqual(before, now);
        (refused, html) = await page.PostAsync(
            "Draft",
            "gold-customers",
            "en",
            [.. stricter, ("metric.0.goal.0.target", "55m"), ("version", "1"), ("draft", "true"), ("tag", before)]
        );
        Assert.Equal(HttpStatusCode.Conflict, refused);
        Assert.Equal(now, TagIn(html));
        const string path = "/administration/sla/drafts/sla-policy/gold-customers";
        foreach (var handler in (string[])["Save", "Publish", "Discard"])
        {
            (var status, html) = await client.PostAsync(
                path,
                handler,
                ("yaml", "kind: mine"),
                ("mode", "recompute"),
                ("tag", before)
            );
            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Equal(now, TagIn(html));
            Assert.Equal(handler == "Save", html.Contains("kind: mine", StringComparison.Ordinal));
        }

        Assert.Equal(draft, await drafts.FindAsync(DocumentKinds.SlaPolicy, "gold-customers", default));
        var (discarded, _) = await client.PostAsync(path, "Discard", ("tag", now));
        Assert.Equal(HttpStatusCode.Redirect, discarded);
        Assert.Null(await drafts.FindAsync(DocumentKinds.SlaPolicy, "gold-customers", default));

        static string TagIn(string html) => html.Split("name=\"tag\" value=\"")[1].Split('"')[0];
    }

    [Fact]
    public async Task A_calendar_is_kept_as_a_draft_and_what_is_published_directly_is_for_new_tickets_only()
    {
        (string, string)[] night =
        [
            ("id", "night"),
            ("name-en", "Night"),
            ("name-ko", "야간"),
            ("zone", "Asia/Seoul"),
            ("hours.monday", "22:00-06:00"),
        ];
        var calendars = new EditorPage(client, "/administration/calendars/edit");

        var (kept, _) = await calendars.PostAsync("Draft", null, "en", night);

        Assert.Equal(HttpStatusCode.Redirect, kept);
        Assert.False(Configuration.TryGet<CalendarDocument>("night", out _));
        var drawn = await client.GetStringAsync("/administration/calendars/edit/night?draft=true&lang=ko");
        Assert.Contains("value=\"22:00-06:00\"", drawn, StringComparison.Ordinal);
        Assert.Contains("id=\"writes-draft\"", drawn, StringComparison.Ordinal);
        var (published, _) = await calendars.PostAsync("Save", null, "en", [.. night, ("comment", "Nights")]);
        Assert.Equal(HttpStatusCode.Redirect, published);
        var changeovers = server.Services.GetRequiredService<ISlaChangeovers>();
        var chosen = Assert.Single(await changeovers.ListAsync(DocumentKinds.Calendar, "night", 10, default));
        Assert.Equal((1, ChangeoverMode.NewTicketsOnly), (chosen.Version, chosen.Mode));
        Assert.NotNull(chosen.FinishedAt);
        var history = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .HistoryAsync(DocumentKinds.Calendar, "night");
        Assert.Equal("Nights (New tickets only)", history[0].Author.Comment);
        // What the draft says is in force by now, and its page tells so.
        var told = await client.GetStringAsync("/administration/sla/drafts/calendar/night");
        Assert.Contains("id=\"published-already\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_a_next_version_is_published_it_is_asked_what_running_clocks_do()
    {
        const string gold = "gold-customers";
        var changeovers = server.Services.GetRequiredService<ISlaChangeovers>();
        await page.PostAsync("Publish", null, "en", Whole);
        (string, string)[] next = [.. Whole.Where(field => field.Item1 != "order"), ("order", "7"), ("version", "1")];

        var (compared, html) = await page.PostAsync("Compare", gold, "en", next);
        Assert.Equal(HttpStatusCode.OK, compared);
        AssertAsks(html);
        Assert.Contains("id=\"preview\"", html, StringComparison.Ordinal);
        var (unclear, again) = await page.PostAsync("Publish", gold, "en", next);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unclear);
        AssertAsks(again);
        Assert.Equal(1, Configuration.VersionOf<SlaPolicyDocument>(gold));
        var (written, _) = await page.PostAsync("Publish", gold, "en", [.. next, ("mode", "keep-elapsed")]);
        Assert.Equal(HttpStatusCode.Redirect, written);
        Assert.Equal((2, ChangeoverMode.KeepElapsed), (await ChosenAsync(DocumentKinds.SlaPolicy, gold))[0]);
        (string, string)[] same = [.. next.Where(field => field.Item1 != "version"), ("version", "2")];
        var (unheard, why) = await page.PostAsync("Publish", gold, "en", [.. same, ("mode", "recompute")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unheard);
        Assert.Contains("Nothing was changed", why, StringComparison.Ordinal);

        (string, string)[] night =
        [
            ("name-en", "Night"),
            ("name-ko", "야간"),
            ("zone", "Asia/Seoul"),
            ("hours.monday", "22:00-06:00"),
        ];
        var calendars = new EditorPage(client, "/administration/calendars/edit");
        await calendars.PostAsync("Save", null, "en", [.. night, ("id", "night-2")]);
        (string, string)[] longer = [.. night, ("hours.tuesday", "22:00-06:00"), ("version", "1")];
        var (looked, asked) = await calendars.PostAsync("Compare", "night-2", "en", longer);
        Assert.Equal(HttpStatusCode.OK, looked);
        AssertAsks(asked);
        Assert.Contains("diff-added", asked, StringComparison.Ordinal);
        (unclear, again) = await calendars.PostAsync("Save", "night-2", "en", longer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unclear);
        AssertAsks(again);
        Assert.Equal(1, Configuration.VersionOf<CalendarDocument>("night-2"));
        (written, _) = await calendars.PostAsync("Save", "night-2", "en", [.. longer, ("mode", "recompute")]);
        Assert.Equal(HttpStatusCode.Redirect, written);
        Assert.Equal((2, ChangeoverMode.Recompute), (await ChosenAsync(DocumentKinds.Calendar, "night-2"))[0]);

        // Another order decides about clocks that start from now on: nothing is asked, and one revision takes all of it.
        var before = SlaPolicies.InOrder(Configuration).Select(policy => policy.Id).ToList();
        const string list = "/administration/sla";
        var (moved, _) = await client.PostAsync(list, "Move", ("id", before[1]), ("up", "true"));
        Assert.Equal(HttpStatusCode.Redirect, moved);
        var after = SlaPolicies.InOrder(Configuration).Select(policy => policy.Id).ToList();
        Assert.Equal([before[1], before[0], .. before[2..]], after);
        var editor = server.Services.GetRequiredService<IConfigurationEditor>();
        var first = (await editor.HistoryAsync(DocumentKinds.SlaPolicy, after[0]))[0];
        Assert.Equal(first.Revision, (await editor.HistoryAsync(DocumentKinds.SlaPolicy, after[1]))[0].Revision);
        Assert.Equal(ChangeoverMode.NewTicketsOnly, (await ChosenAsync(DocumentKinds.SlaPolicy, after[1]))[0].Mode);
        await client.PostAsync(list, "Move", ("id", after[0]), ("up", "true"));
        Assert.Equal(after, SlaPolicies.InOrder(Configuration).Select(policy => policy.Id));
        var (unknown, _) = await client.PostAsync(list, "Move", ("id", "nobody"), ("up", "true"));
        Assert.Equal(HttpStatusCode.NotFound, unknown);

        static void AssertAsks(string html) =>
            Assert.All(
                new[] { "new-tickets-only", "keep-elapsed", "recompute" },
                mode => Assert.Contains($"name=\"mode\" value=\"{mode}\"", html, StringComparison.Ordinal)
            );

        async Task<IReadOnlyList<(int Version, ChangeoverMode Mode)>> ChosenAsync(string kind, string id) =>
            [.. (await changeovers.ListAsync(kind, id, 10, default)).Select(one => (one.Version, one.Mode))];
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_lost()
    {
        var (status, html) = await page.PostAsync(
            "Compare",
            null,
            "ko",
            [
                .. Whole.Where(field => field.Item1 is not ("metric.0.goal.0.target" or "review-on" or "query")),
                ("metric.0.goal.0.target", "soon"),
                ("review-on", "tomorrow"),
                ("query", "priority == "),
            ]
        );
        var text = WebUtility.HtmlDecode(html);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("“soon”", text, StringComparison.Ordinal);
        Assert.Contains("날짜가 아닙니다", text, StringComparison.Ordinal);
        Assert.Contains("value=\"priority ==\"", text, StringComparison.Ordinal);
        Assert.Contains("골드 고객", text, StringComparison.Ordinal);

        var (again, problems) = await page.PostAsync("Compare", null, "en", [("name-en", "Empty"), ("name-ko", "빈")]);
        Assert.Equal(HttpStatusCode.OK, again);
        Assert.Contains("diff-added", problems, StringComparison.Ordinal);
        var (naughty, shown) = await page.PostAsync(
            "Compare",
            null,
            "en",
            [("name-en", "<script>alert(1)</script>"), ("metric.0.name-en", "x"), ("metric.0.stop.0.kind", "\"><b>")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, naughty);
        Assert.DoesNotContain("<script>alert(1)", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\"><b>", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_read_what_is_published_to_them_and_no_internal_query()
    {
        var people = server.Services.GetRequiredService<IPeopleStore>();
        var seaview = await people.CreateOrganizationAsync("seaview", "Seaview Foods", membersSeeEachOther: false);
        var sora = new NewPerson("Lee Sora", "sora@seaview.example", "customer") { Organizations = [seaview.Id] };
        using var customer = server.ClientOf(await server.PersonAsync("Kim Minji", "customer"));
        using var member = server.ClientOf(await people.CreateAsync(sora));
        await page.PostAsync("Publish", null, "en", Whole);
        (string, string)[] own =
        [
            .. Whole.Where(field => field.Item1 is not ("published" or "name-en" or "metric.0.goal.1.query")),
            ("name-en", "Seaview alone"),
            ("published", "organizations"),
            ("organizations", seaview.Key),
            ("metric.0.goal.1.query", "label = secret-project"),
        ];
        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("Publish", null, "en", own)).Status);

        var seen = WebUtility.HtmlDecode(await customer.GetStringAsync("/portal/agreements?lang=en"));
        Assert.Contains("Gold customers", seen, StringComparison.Ordinal);
        Assert.Contains("<strong>services</strong>", seen, StringComparison.Ordinal);
        Assert.Contains("Critical", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Seaview alone", seen, StringComparison.Ordinal);
        var members = WebUtility.HtmlDecode(await member.GetStringAsync("/portal/agreements?lang=en"));
        Assert.Contains("Seaview alone", members, StringComparison.Ordinal);
        Assert.Contains("certain requests", members, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-project", members, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_whose_times_do_not_fit_are_named_before_and_after_publishing()
    {
        await server.Services.GetRequiredService<IPeopleStore>().CreateTeamAsync("Night watch");
        (string, string)[] teams =
        [
            ("name-en", "Teams"),
            ("name-ko", "팀"),
            ("type", "Ola"),
            ("query", "type = incident AND priority = critical"),
            ("order", "1"),
            ("metric.0.name-en", "Time in the team"),
            ("metric.0.id", "time-in-team"),
            ("metric.0.within", "time-to-resolution"),
            ("metric.0.start.0.kind", "team-assigned"),
            ("metric.0.stop.0.kind", "team-left"),
            ("metric.0.goal.0.query", "team = \"Night watch\""),
            ("metric.0.goal.0.target", "9h"),
            ("metric.0.goal.0.calendar", "24x7"),
        ];

        var (_, before) = await page.PostAsync("Compare", null, "en", teams);
        Assert.Contains("Night watch 9h never fits into 4h", WebUtility.HtmlDecode(before), StringComparison.Ordinal);

        await page.PostAsync("Publish", null, "en", teams);
        var after = await client.GetStringAsync("/administration/sla?lang=en");
        Assert.Contains("Night watch 9h never fits into 4h", WebUtility.HtmlDecode(after), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("region = EMEA AND language = ko")]
    [InlineData("organization = seaview")]
    [InlineData("requestType = itsd-software AND impact = high")]
    [InlineData("plan = gold")]
    public async Task Teams_are_held_against_a_promise_whatever_it_is_chosen_by(string query)
    {
        var people = server.Services.GetRequiredService<IPeopleStore>();
        await people.CreateTeamAsync("Night watch");
        await people.CreateOrganizationAsync("seaview", "Seaview Foods", membersSeeEachOther: false);
        (string, string)[] promise =
        [
            ("name-en", "Chosen"),
            ("name-ko", "고른 고객"),
            ("type", "Sla"),
            ("query", query),
            ("order", "1"),
            ("metric.0.name-en", "Chosen time"),
            ("metric.0.id", "chosen-time"),
            ("metric.0.start.0.kind", "opened"),
            ("metric.0.stop.0.kind", "resolved"),
            ("metric.0.goal.0.target", "8h"),
            ("metric.0.goal.0.calendar", "24x7"),
        ];
        (string, string)[] teams =
        [
            ("name-en", "Teams"),
            ("name-ko", "팀"),
            ("type", "Ola"),
            ("query", query),
            ("order", "2"),
            ("metric.0.name-en", "Time in the team"),
            ("metric.0.id", "chosen-team"),
            ("metric.0.within", "chosen-time"),
            ("metric.0.start.0.kind", "team-assigned"),
            ("metric.0.stop.0.kind", "team-left"),
            ("metric.0.goal.0.query", "team = \"Night watch\""),
            ("metric.0.goal.0.target", "12h"),
            ("metric.0.goal.0.calendar", "24x7"),
        ];
        var (status, html) = await page.PostAsync("Publish", null, "en", promise);
        Assert.True(status == HttpStatusCode.Redirect, html);

        var (_, told) = await page.PostAsync("Compare", null, "en", teams);

        Assert.Contains("Night watch 12h never fits into 8h", WebUtility.HtmlDecode(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_owns_an_agreement_is_reminded_of_its_review_once()
    {
        var owner = await server.PersonAsync("Olga Owner", "agent");
        (string, string)[] reviewed =
        [
            .. Whole.Where(field => !field.Item1.StartsWith("review", StringComparison.Ordinal)),
            ("review-on", "2026-03-12"),
            ("review-days", "9"),
            ("review-owner", owner.Email),
        ];
        await page.PostAsync("Publish", null, "en", reviewed);
        var upkeep = server.Services.GetServices<IUpkeepTask>().OfType<RemindReviews>().Single();

        await upkeep.RunAsync(default);
        Assert.Equal(0, await NoticesAsync());

        server.Clock.AdvanceTo(Instant.FromUtc(2026, 3, 3, 0, 0));
        await upkeep.RunAsync(default);
        await upkeep.RunAsync(default);
        Assert.Equal(1, await NoticesAsync());

        Task<int> NoticesAsync() =>
            server.Services.GetRequiredService<INotificationStore>().CountUnreadAsync(owner.Id, 10, default);
    }
}
