using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>Two who work on one ticket at once: nobody's newer change is overwritten without a word, and nobody is refused for what others changed besides.</summary>
public sealed class TwoWritersTests(TwoWritersTests.Fixture fixture) : IClassFixture<TwoWritersTests.Fixture>
{
    [Fact]
    public async Task A_transition_writes_only_what_was_typed_on_its_screen()
    {
        var (ticket, screen) = await ScreenAsync();
        await EditAsync(ticket, "tw-place", "Newer place");

        var sent = await screen.SendAsync(
            null,
            [("fields.tw-cause", "Mine"), ("fields.tw-place", "Old place"), .. Rest(screen)]
        );

        Assert.True(sent.Status == HttpStatusCode.Redirect, sent.Html);
        var state = await fixture.StateAsync(ticket);
        Assert.Equal("in-progress", state.Status);
        Assert.Equal(new TextValue("Mine"), state.Fields["tw-cause"]);
        Assert.Equal(new TextValue("Newer place"), state.Fields["tw-place"]);
        Assert.Equal(ticket.Fields["tw-many"], state.Fields["tw-many"]);
        Assert.Equal(ticket.Fields["tw-when"], state.Fields["tw-when"]);
    }

    [Theory]
    [InlineData("en", "Somebody changed this meanwhile")]
    [InlineData("ko", "그사이 다른 사람이 이 값을 변경했습니다")]
    public async Task A_field_that_both_changed_is_refused_with_the_newer_value_and_what_was_typed_stays(
        string language,
        string sentence
    )
    {
        var (ticket, screen) = await ScreenAsync(language);
        await EditAsync(ticket, "tw-place", "Newer place");
        await EditAsync(ticket, "tw-cause", "Newer cause");
        (string, string)[] typed =
        [
            ("fields.tw-cause", "Old cause"),
            ("fields.tw-place", "My place"),
            ("fields.tw-many", "two"),
            When(screen),
        ];

        var refused = await screen.SendAsync(null, typed, language: language);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.Status);
        var page = WebUtility.HtmlDecode(refused.Html);
        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.Contains(">Newer place<", page, StringComparison.Ordinal);
        Assert.Contains("value=\"My place\"", page, StringComparison.Ordinal);
        // What only the other one changed shows as it is.
        Assert.Contains("value=\"Newer cause\"", page, StringComparison.Ordinal);
        Assert.Equal("new", (await fixture.StateAsync(ticket)).Status);

        // Sent once more it is meant.
        typed[0] = ("fields.tw-cause", "Newer cause");
        var sent = await refused.SendAsync(null, typed);
        Assert.True(sent.Status == HttpStatusCode.Redirect, sent.Html);
        var state = await fixture.StateAsync(ticket);
        Assert.Equal(new TextValue("My place"), state.Fields["tw-place"]);
        Assert.Equal(new TextValue("Newer cause"), state.Fields["tw-cause"]);
        Assert.Equal(["two"], ((ChoicesValue)state.Fields["tw-many"]).Choices);
    }

    [Theory]
    [InlineData("en", "Somebody changed this meanwhile")]
    [InlineData("ko", "그사이 다른 사람이 이 값을 변경했습니다")]
    public async Task Words_and_fields_that_are_edited_meet_only_what_somebody_else_wrote_in_the_same_place(
        string language,
        string sentence
    )
    {
        var ticket = await fixture.OpenAsync();
        var edit = $"{Path(ticket)}/edit";
        var form = await DrawnPage.OpenAsync(fixture.Alex, edit, language);
        await fixture.SendAsync(ticket, new EditTicket(Description: "Newer words", Labels: ["newer"]));
        await EditAsync(ticket, "tw-cause", "Newer cause");
        await fixture.SendAsync(ticket, new AddPublicComment("Beside it", []));
        (string, string)[] typed =
        [
            ("summary", "My summary"),
            ("description", "My words"),
            ("labels", ""),
            ("fields.tw-cause", "Old cause"),
            ("fields.tw-place", "My place"),
            .. Rest(form),
        ];

        var refused = await form.SendAsync("Save", typed, language: language);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.Status);
        var page = WebUtility.HtmlDecode(refused.Html);
        Assert.Equal(2, page.Split(sentence).Length);
        Assert.Contains("Newer words", page, StringComparison.Ordinal);
        foreach (var kept in (string[])["My words", "value=\"My summary\"", "value=\"My place\""])
        {
            Assert.Contains(kept, page, StringComparison.Ordinal);
        }

        // What only the other one changed shows as it is.
        Assert.Contains("value=\"newer\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Newer cause\"", page, StringComparison.Ordinal);
        Assert.Equal("Two at once", (await fixture.StateAsync(ticket)).Summary);

        // Sent once more it is meant, whatever is written beside it.
        await fixture.SendAsync(ticket, new AddPublicComment("Beside it again", []));
        (typed[2], typed[3]) = (("labels", "newer"), ("fields.tw-cause", "Newer cause"));
        var sent = await refused.SendAsync("Save", typed);
        Assert.True(sent.Status == HttpStatusCode.Redirect, sent.Html);
        var state = await fixture.StateAsync(ticket);
        Assert.Equal(("My summary", "My words"), (state.Summary, state.Description));
        Assert.Equal(["newer"], state.Labels);
        Assert.Equal(
            (new TextValue("My place"), new TextValue("Newer cause")),
            (state.Fields["tw-place"], state.Fields["tw-cause"])
        );
    }

    [Fact]
    public async Task A_form_that_is_refused_for_something_else_still_knows_what_it_was_drawn_with()
    {
        var (ticket, screen) = await ScreenAsync();
        (string, string)[] typed =
        [
            ("fields.tw-place", "My place"),
            ("fields.tw-count", "many"),
            ("fields.tw-cause", "Old cause"),
            .. Rest(screen),
        ];
        var refused = await screen.SendAsync(null, typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("value=\"many\"", refused.Html, StringComparison.Ordinal);
        await EditAsync(ticket, "tw-place", "Newer place");

        typed[1] = ("fields.tw-count", "3");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await refused.SendAsync(null, typed)).Status);
        Assert.Equal(new TextValue("Newer place"), (await fixture.StateAsync(ticket)).Fields["tw-place"]);
    }

    [Theory]
    [InlineData(
        "en",
        "The ticket has moved on meanwhile. Its status is “Closed” now, from which “Start work” is not possible"
    )]
    [InlineData("ko", "그사이 티켓이 “종료됨” 상태로 바뀌어 “처리 시작” 전환을 실행할 수 없습니다")]
    public async Task A_way_that_is_no_longer_offered_says_so_on_its_screen_and_at_its_button(
        string language,
        string sentence
    )
    {
        var (ticket, screen) = await ScreenAsync(language);
        var window = await DrawnPage.OpenAsync(fixture.Alex, $"/workspace/tickets/{ticket.Key}", language);
        Assert.True(
            (
                await fixture.SendAsync(ticket, new TransitionTicket("cancel", null, ValueMap<FieldValue?>.Empty))
            ).IsAccepted
        );

        var sent = await screen.SendAsync(null, [("fields.tw-place", "My place"), .. Rest(screen)], language: language);
        Assert.Equal(HttpStatusCode.Conflict, sent.Status);
        Assert.Contains(sentence, WebUtility.HtmlDecode(sent.Html), StringComparison.Ordinal);
        Assert.Contains("value=\"My place\"", sent.Html, StringComparison.Ordinal);

        var pressed = await window.SendAsync("Transition", [("to", "ask-supplier")], "ask-supplier", language);
        Assert.Equal(HttpStatusCode.Conflict, pressed.Status);
        Assert.Equal("closed", (await fixture.StateAsync(ticket)).Status);
        var opened = await DrawnPage.OpenAsync(
            fixture.Alex,
            $"/workspace/tickets/{ticket.Key}/transitions/start",
            language
        );
        Assert.Equal(HttpStatusCode.Conflict, opened.Status);
        Assert.Contains(sentence, WebUtility.HtmlDecode(opened.Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_assignee_and_the_team_do_not_write_one_another()
    {
        var (ticket, window) = await WindowAsync();
        Assert.True((await fixture.SendAsync(ticket, new AssignTicket(null, fixture.Second))).IsAccepted);

        var sent = await window.SendAsync("Assign", [("assignee", $"{fixture.Beth.Id}")]);
        Assert.True(sent.Status == HttpStatusCode.Redirect, sent.Html);
        Assert.Equal((fixture.Beth.Id, fixture.Second), await WhoAsync());

        Assert.Equal(
            HttpStatusCode.Redirect,
            (await (await DrawnPage.OpenAsync(fixture.Alex, Path(ticket))).SendAsync("Team", [("team", "")])).Status
        );
        Assert.Equal((fixture.Beth.Id, (TeamId?)null), await WhoAsync());

        async Task<(PersonId?, TeamId?)> WhoAsync() =>
            await fixture.StateAsync(ticket) is var state ? (state.Assignee, state.Team) : default;
    }

    [Theory]
    [InlineData("Assign", "assignee", "Assignee: “Beth Agent”")]
    [InlineData("Take", "", "Assignee: “Beth Agent”")]
    [InlineData("Team", "team", "Team: “Second line”")]
    [InlineData("Priority", "priority", "Priority: “High”")]
    public async Task A_value_that_somebody_else_set_since_is_not_replaced_by_one_who_has_not_seen_it(
        string handler,
        string name,
        string newer
    )
    {
        var (ticket, window) = await WindowAsync();
        Assert.True((await fixture.SendAsync(ticket, new AssignTicket(fixture.Beth.Id, fixture.Second))).IsAccepted);
        Assert.True((await fixture.SendAsync(ticket, new SetPriority(Priority.High))).IsAccepted);
        var value = handler switch
        {
            "Assign" => $"{fixture.Ada.Id}",
            "Team" => $"{fixture.First}",
            "Priority" => "Low",
            _ => "",
        };
        (string, string)[] typed = name.Length == 0 ? [] : [(name, value)];

        var refused = await window.SendAsync(handler, typed);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.Status);
        Assert.Contains(newer, WebUtility.HtmlDecode(refused.Html), StringComparison.Ordinal);
        var state = await fixture.StateAsync(ticket);
        Assert.Equal((fixture.Beth.Id, fixture.Second, Priority.High), (state.Assignee, state.Team, state.Priority));

        // The page shows what is newer: chosen from there it is meant.
        Assert.Equal(HttpStatusCode.Redirect, (await refused.SendAsync(handler, typed)).Status);
        Assert.True((await fixture.StateAsync(ticket)).Version > state.Version);
    }

    [Fact]
    public async Task A_value_that_was_not_touched_changes_nothing_and_one_that_both_chose_is_no_quarrel()
    {
        var (ticket, window) = await WindowAsync();
        Assert.True((await fixture.SendAsync(ticket, new SetPriority(Priority.High))).IsAccepted);
        var state = await fixture.StateAsync(ticket);

        Assert.Equal(
            HttpStatusCode.Redirect,
            (await window.SendAsync("Priority", [("priority", ticket.Priority.ToString())])).Status
        );
        Assert.Equal(HttpStatusCode.Redirect, (await window.SendAsync("Priority", [("priority", "High")])).Status);

        Assert.Equal(
            (Priority.High, state.Version),
            ((await fixture.StateAsync(ticket)).Priority, (await fixture.StateAsync(ticket)).Version)
        );
    }

    [Fact]
    public async Task A_task_that_somebody_else_said_anew_is_neither_overwritten_nor_removed_unseen()
    {
        var (ticket, _) = await WindowAsync();
        await fixture.SendAsync(ticket, new AddTask(LocalizedText.Of("Unplug it", "전원을 뽑습니다")));
        await fixture.SendAsync(ticket, new AddTask(LocalizedText.Of("Tell all")));
        var window = await DrawnPage.OpenAsync(fixture.Alex, Path(ticket));
        await fixture.SendAsync(ticket, new ChangeTask(2, LocalizedText.Of("Tell everybody"), true, null, null));

        // What others changed besides is no reason to refuse.
        var first = await window.SendAsync(
            "ChangeTask",
            [("taskText", "Unplug all"), ("taskDue", "2026-12-24")],
            "value=\"1\""
        );
        Assert.True(first.Status == HttpStatusCode.Redirect, first.Html);

        var refused = await window.SendAsync("ChangeTask", [("taskText", "Tell nobody")], "value=\"2\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.Status);
        var page = WebUtility.HtmlDecode(refused.Html);
        Assert.Contains("Somebody changed this task meanwhile: “Tell everybody”", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Tell nobody\"", page, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await window.SendAsync("RemoveTask", [], "value=\"2\"")).Status
        );
        Assert.Equal(["Unplug all", "Tell everybody"], await TasksAsync());

        Assert.Equal(
            HttpStatusCode.Redirect,
            (await refused.SendAsync("ChangeTask", [("taskText", "Tell nobody")], "value=\"2\"")).Status
        );
        Assert.Equal(["Unplug all", "Tell nobody"], await TasksAsync());

        async Task<IEnumerable<string>> TasksAsync() =>
            (await fixture.StateAsync(ticket)).Tasks.Select(task => task.Text.In("en"));
    }

    [Fact]
    public async Task A_task_that_is_refused_keeps_what_was_typed()
    {
        var (ticket, _) = await WindowAsync();
        await fixture.SendAsync(ticket, new AddTask(LocalizedText.Of("Unplug it")));
        var window = await DrawnPage.OpenAsync(fixture.Alex, Path(ticket));

        var refused = await window.SendAsync(
            "ChangeTask",
            [("taskText", "Unplug all"), ("taskAssignee", "Nobody at all")]
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("value=\"Unplug all\"", refused.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Nobody at all\"", refused.Html, StringComparison.Ordinal);
    }

    private static string Path(TicketState ticket) => $"/workspace/tickets/{ticket.Key}";

    // What a browser sends of inputs that nobody touched: in its own order, and without the seconds that it does not show.
    private static (string, string)[] Rest(DrawnPage screen) =>
        [("fields.tw-many", "one"), ("fields.tw-many", "two"), When(screen)];

    private static (string, string) When(DrawnPage screen) => ("fields.tw-when", screen.Value("fields.tw-when"));

    private async Task<(TicketState Ticket, DrawnPage Screen)> ScreenAsync(string language = "en")
    {
        var ticket = await fixture.OpenAsync();
        var screen = await DrawnPage.OpenAsync(fixture.Alex, $"{Path(ticket)}/transitions/start", language);
        Assert.Equal(HttpStatusCode.OK, screen.Status);
        return (ticket, screen);
    }

    private async Task<(TicketState Ticket, DrawnPage Window)> WindowAsync()
    {
        var ticket = await fixture.OpenAsync();
        return (ticket, await DrawnPage.OpenAsync(fixture.Alex, Path(ticket)));
    }

    private async Task EditAsync(TicketState ticket, string field, string value) =>
        Assert.True(
            (
                await fixture.SendAsync(
                    ticket,
                    new EditTicket(Fields: ValueMap<FieldValue?>.Empty.SetItem(field, new TextValue(value)))
                )
            ).IsAccepted
        );

    /// <summary>A server whose incidents ask for fields of many kinds when work starts.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private ServiceDeskServer server = null!;

        public Person Ada { get; private set; } = null!;

        public Person Beth { get; private set; } = null!;

        public HttpClient Alex { get; private set; } = null!;

        public TeamId First { get; private set; }

        public TeamId Second { get; private set; }

        private Person customer = null!;

        public async Task InitializeAsync()
        {
            server = await ServiceDeskServer.StartAsync();
            await server.WriteAsync(Documents());
            (Ada, Beth) = (
                await server.PersonAsync("Ada Admin", "administrator"),
                await server.PersonAsync("Beth Agent", "agent")
            );
            Alex = server.ClientOf(await server.PersonAsync("Alex Agent", "agent"));
            customer = await server.PersonAsync("Cora Customer", "customer");
            var people = server.Services.GetRequiredService<IPeopleStore>();
            First = (await people.CreateTeamAsync("First line")).Id;
            Second = (await people.CreateTeamAsync("Second line")).Id;
        }

        public async Task DisposeAsync()
        {
            Alex.Dispose();
            await server.DisposeAsync();
        }

        public Task<TicketState> OpenAsync() =>
            server.OpenAsync(
                customer,
                "Two at once",
                fields: ValueMap<FieldValue>
                    .Empty.SetItem("tw-cause", new TextValue("Old cause"))
                    .SetItem("tw-place", new TextValue("Old place"))
                    .SetItem("tw-many", new ChoicesValue(["two", "one"]))
                    .SetItem("tw-when", new MomentValue(NodaTime.Instant.FromUtc(2026, 3, 2, 1, 2, 3)))
            );

        public async Task<TicketState> StateAsync(TicketState ticket) =>
            (await server.Tickets.GetAsync(ticket.Id))!.State;

        // Somebody else, in another window.
        public Task<GrainAnswer> SendAsync(TicketState ticket, TicketCommand command) =>
            server.SendAsync(Ada, ticket.Id, command);

        private IEnumerable<ConfigurationDocument> Documents()
        {
            var snapshot = server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
            var type = snapshot.All<TicketTypeDocument>().Single(one => one.Id == "incident");
            var workflow = snapshot.All<WorkflowDocument>().Single(one => one.Id == "incident");
            (string Id, FieldKind Kind)[] fields =
            [
                ("tw-cause", FieldKind.Text),
                ("tw-place", FieldKind.Text),
                ("tw-many", FieldKind.Choices),
                ("tw-when", FieldKind.Moment),
                ("tw-count", FieldKind.Number),
            ];
            foreach (var (id, kind) in fields)
            {
                yield return new FieldDocument
                {
                    Id = id,
                    Name = LocalizedText.Of(id),
                    Kind = kind,
                    Choices =
                        kind == FieldKind.Choices
                            ?
                            [
                                new FieldChoice("one", LocalizedText.Of("One")),
                                new FieldChoice("two", LocalizedText.Of("Two")),
                            ]
                            : [],
                };
            }

            yield return type with
            {
                Fields = type.Fields.Concat(fields.Select(field => field.Id)).ToValueList(),
            };
            yield return workflow with
            {
                Transitions = workflow
                    .Transitions.Select(way =>
                        way.Id == "start" ? way with { Screen = fields.Select(field => field.Id).ToValueList() } : way
                    )
                    .ToValueList(),
            };
        }
    }
}
