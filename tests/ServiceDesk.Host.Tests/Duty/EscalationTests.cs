using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Reactions.Escalations;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Duty;

/// <summary>What happens before a breach and after it, on the real product: the target is an hour.</summary>
public sealed class EscalationTests
{
    [Theory]
    [OnBothDatabases]
    public async Task Each_level_does_what_it_says_once_and_the_history_tells(DatabaseProvider provider)
    {
        await using var scene = await Scene.CreateAsync(
            provider,
            new SlaEscalation
            {
                At = "100%",
                Do =
                [
                    new RuleAction { Do = "notify", People = ["assignee", "lead", "manager", "lead-manager"] },
                    new RuleAction { Do = "raise" },
                ],
            },
            new SlaEscalation
            {
                At = "+PT1H",
                Do =
                [
                    new RuleAction { Do = "assign", Assignee = "lead" },
                    new RuleAction { Do = "watch", People = ["role:boss", "team:Second line"] },
                    new RuleAction { Do = "comment", Text = LocalizedText.Of("{{ticket.key}} is an hour late") },
                    new RuleAction { Do = "notify", People = ["nobody@example.test"] },
                ],
            }
        );
        await scene.PassAsync(Duration.FromMinutes(61));
        await scene.ReactAsync();
        // What comes again has no second effect.
        await scene.ReactAsync();

        var state = await scene.NowAsync();
        Assert.Equal((Priority.High, scene.Ann.Id), (state.Priority, state.Assignee));
        var said = $"{state.Key}: escalation of “Time to resolution” at 100%";
        Assert.Equal([said], await scene.ToldAsync(scene.Ann));
        Assert.Equal([said], await scene.ToldAsync(scene.Lead));
        Assert.Equal([said], await scene.ToldAsync(scene.Boss));

        await scene.PassAsync(Duration.FromHours(1));
        await scene.ReactAsync();

        state = await scene.NowAsync();
        Assert.Equal(scene.Lead.Id, state.Assignee);
        Assert.Equal(
            new[] { scene.Ann.Id, scene.Lead.Id, scene.Boss.Id },
            state.Watchers.OrderBy(person => person.Value)
        );
        Assert.Equal(1, state.InternalNotes);
        var acted = (await scene.Host.EventsAsync(scene.Ticket))
            .Select(e => e.Event)
            .OfType<EscalationActed>()
            .ToList();
        Assert.Equal(["100%", "+PT1H"], acted.Select(one => one.Level));
        Assert.Equal([scene.Ann.Id, scene.Lead.Id, scene.Boss.Id], acted[0].Steps[0].People);
        Assert.Equal([false, false, false, true], acted[1].Steps.Select(step => step.IsRefused));
        var runs = await scene
            .Host.Get<IRuleRuns>()
            .FindAsync(new RuleRunQuestion { Ticket = scene.Ticket }, 10, default);
        Assert.Equal(2, runs.Count);
        Assert.All(runs, run => Assert.Equal(EscalationRules.Prefix + "standard", run.Rule));
    }

    [Fact]
    public async Task A_level_runs_a_rule_that_can_be_started_by_hand()
    {
        await using var scene = await Scene.CreateAsync(
            DatabaseProvider.Sqlite,
            new SlaEscalation { At = "50%", Do = [new RuleAction { Do = "rule", Rule = "call-them" }] }
        );
        Rules.RuleBench.Write(scene.Host, Rules.RuleBench.Rule("call-them", "manual", Rules.RuleBench.Label("called")));

        await scene.PassAsync(Duration.FromMinutes(31));
        await scene.ReactAsync();
        await Rules.RuleBench.ReactAsync(scene.Host);

        Assert.Equal(["called"], (await scene.NowAsync()).Labels);
    }

    [Fact]
    public async Task A_level_that_was_reached_is_acted_on_although_another_goal_applies_by_then()
    {
        await using var scene = await Scene.CreateWithAnotherGoalAsync(
            new SlaEscalation { At = "50%", Do = [new RuleAction { Do = "notify", People = ["lead"] }] }
        );
        await scene.PassAsync(Duration.FromMinutes(31));
        // A rule on the same event was faster.
        await scene.SendAsync(new SetPriority(Priority.High));

        await scene.ReactAsync();
        await scene.ReactAsync();

        Assert.Single(await scene.ToldAsync(scene.Lead));
        Assert.Equal(["50%"], await ActedAsync(scene));
    }

    [Fact]
    public async Task Of_two_levels_that_are_made_up_for_the_second_does_what_it_said_although_the_first_changes_the_goal()
    {
        await using var scene = await Scene.CreateWithAnotherGoalAsync(
            new SlaEscalation { At = "50%", Do = [new RuleAction { Do = "raise" }] },
            new SlaEscalation { At = "75%", Do = [new RuleAction { Do = "watch", People = ["lead"] }] }
        );

        await scene.PassAsync(Duration.FromMinutes(46));
        await scene.ReactAsync();

        var state = await scene.NowAsync();
        Assert.Equal(Priority.High, state.Priority);
        Assert.Contains(scene.Lead.Id, state.Watchers);
        Assert.Equal(0, state.InternalNotes);
        Assert.Equal(["50%", "75%"], await ActedAsync(scene));
    }

    [Fact]
    public async Task Of_an_event_from_before_the_level_is_looked_for_in_the_goal_of_now()
    {
        await using var scene = await Scene.CreateAsync(
            DatabaseProvider.Sqlite,
            new SlaEscalation { At = "50%", Do = [new RuleAction { Do = "notify", People = ["lead"] }] }
        );
        await scene.PassAsync(Duration.FromMinutes(31));
        var recorded = (await scene.Host.EventsAsync(scene.Ticket)).Single(one => one.Event is SlaEscalated);
        var before = ((SlaEscalated)recorded.Event) with { PolicyVersion = null, Goal = null };

        await scene.Host.Get<EscalationReaction>().ReactAsync(recorded with { Event = before }, default);

        Assert.Single(await scene.ToldAsync(scene.Lead));
    }

    private static async Task<IEnumerable<string>> ActedAsync(Scene scene) =>
        (await scene.Host.EventsAsync(scene.Ticket))
            .Select(one => one.Event)
            .OfType<EscalationActed>()
            .Select(one => one.Level);

    [Fact]
    public async Task Of_a_ticket_that_was_solved_meanwhile_nobody_hears()
    {
        await using var scene = await Scene.CreateAsync(
            DatabaseProvider.Sqlite,
            new SlaEscalation { At = "50%", Do = [new RuleAction { Do = "notify", People = ["assignee"] }] }
        );
        await scene.PassAsync(Duration.FromMinutes(31));
        await scene.Host.Grains.SendAsync(scene.Ticket, TestConfiguration.Transition("resolved", "fixed"));

        await scene.ReactAsync();

        Assert.Empty(await scene.ToldAsync(scene.Ann));
        Assert.DoesNotContain(await scene.Host.EventsAsync(scene.Ticket), e => e.Event is EscalationActed);
    }

    [Theory]
    [InlineData("en", "{0}: 15m left for “Time to resolution”", "{0}: the target of “Time to resolution” was missed")]
    [InlineData(
        "ko",
        "{0}: “Time to resolution” 목표까지 15분 남았습니다",
        "{0}: “Time to resolution” 목표 시간을 넘겼습니다"
    )]
    public async Task The_agent_and_who_stands_in_are_reminded_and_told_of_the_breach(
        string language,
        string near,
        string missed
    )
    {
        await using var scene = await Scene.CreateAsync(DatabaseProvider.Sqlite);
        var people = scene.Host.Get<IPeopleStore>();
        await people.UpdateAsync(scene.Ann.Id, new PersonChange { Language = language });
        var today = scene.Host.Get<IClock>().GetCurrentInstant().InUtc().Date;
        await people.AddAbsenceAsync(new Absence(0, scene.Ann.Id, today, today, "", scene.Boss.Id));

        await scene.PassAsync(Duration.FromMinutes(46));
        await scene.RemindAsync();
        await scene.RemindAsync();
        await scene.PassAsync(Duration.FromMinutes(15));
        await scene.RemindAsync();

        var key = (await scene.NowAsync()).Key.ToString();
        Assert.Equal(
            [
                string.Format(CultureInfo.InvariantCulture, missed, key),
                string.Format(CultureInfo.InvariantCulture, near, key),
            ],
            await scene.ToldAsync(scene.Ann)
        );
        Assert.Equal(2, (await scene.ToldAsync(scene.Boss)).Count);
        Assert.Empty(await scene.ToldAsync(scene.Lead));
    }

    [Fact]
    public async Task Where_nobody_has_the_ticket_the_team_is_reminded()
    {
        await using var scene = await Scene.CreateAsync(DatabaseProvider.Sqlite);
        await scene.SendAsync(new AssignTicket(null, scene.Team));

        await scene.PassAsync(Duration.FromMinutes(46));
        await scene.RemindAsync();

        Assert.Single(await scene.ToldAsync(scene.Ann));
        Assert.Single(await scene.ToldAsync(scene.Lead));
        Assert.Empty(await scene.ToldAsync(scene.Boss));
    }

    [Fact]
    public async Task Where_nobody_at_all_has_the_ticket_the_agents_of_its_desk_are_reminded()
    {
        await using var scene = await Scene.CreateAsync(DatabaseProvider.Sqlite);
        await scene.SendAsync(new AssignTicket(null, null));
        // Bo's role works on no ticket any more.
        var configuration = (TestConfiguration)scene.Host.Get<ICurrentConfiguration>();
        Assert.True(configuration.Snapshot.TryGet<RoleDocument>("boss", out var boss));
        configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot).With(boss with { Permissions = [] });

        await scene.PassAsync(Duration.FromMinutes(46));
        await scene.RemindAsync();
        await scene.PassAsync(Duration.FromMinutes(15));
        await scene.RemindAsync();

        Assert.Equal(2, (await scene.ToldAsync(scene.Ann)).Count);
        Assert.Equal(2, (await scene.ToldAsync(scene.Lead)).Count);
        Assert.Empty(await scene.ToldAsync(scene.Boss));
    }

    private sealed class Scene(HostUnderTest host) : IAsyncDisposable
    {
        public HostUnderTest Host => host;

        public required Person Ann { get; init; }

        public required Person Lead { get; init; }

        public required Person Boss { get; init; }

        public required TeamId Team { get; init; }

        public required TicketId Ticket { get; init; }

        public static Task<Scene> CreateAsync(DatabaseProvider provider, params SlaEscalation[] levels) =>
            CreateAsync(provider, [], levels);

        /// <summary>Tickets of high priority have a goal of their own, with a level of its own.</summary>
        public static Task<Scene> CreateWithAnotherGoalAsync(params SlaEscalation[] levels) =>
            CreateAsync(
                DatabaseProvider.Sqlite,
                [
                    new SlaGoal
                    {
                        Query = "priority = high",
                        Target = Duration.FromHours(5),
                        Calendar = "always",
                        Escalations =
                        [
                            new SlaEscalation
                            {
                                At = "75%",
                                Do = [new RuleAction { Do = "comment", Text = LocalizedText.Of("Another goal's") }],
                            },
                        ],
                    },
                ],
                levels
            );

        private static async Task<Scene> CreateAsync(
            DatabaseProvider provider,
            IReadOnlyList<SlaGoal> others,
            SlaEscalation[] levels
        )
        {
            var host = await HostUnderTest.CreateAsync(provider);
            var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
            Assert.True(configuration.Snapshot.TryGet<SlaPolicyDocument>("standard", out var policy));
            var metric = policy.Metrics[0];
            var goal = metric.Goals[0] with { Reminders = ["75%"], Escalations = levels.ToValueList() };
            configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot)
                .With(policy with { Metrics = [metric with { Goals = [.. others, goal] }] })
                .With(Role("agent"))
                .With(Role("boss"));
            var people = host.Get<IPeopleStore>();
            var team = await people.CreateTeamAsync("Second line");
            var ann = await people.CreateAsync(new NewPerson("Ann", "ann@example.test", "agent") { Teams = [team.Id] });
            var lead = await people.CreateAsync(
                new NewPerson("Lea", "lea@example.test", "agent") { Teams = [team.Id] }
            );
            var boss = await people.CreateAsync(new NewPerson("Bo", "bo@example.test", "boss"));
            await people.SetTeamWorkAsync(team.Id, lead.Id, null);
            foreach (var person in new[] { ann, lead })
            {
                await people.UpdateAsync(person.Id, new PersonChange { Work = new PersonWork(boss.Id, null, []) });
            }

            var scene = new Scene(host)
            {
                Ann = ann,
                Lead = lead,
                Boss = boss,
                Team = team.Id,
                Ticket = (await host.OpenAsync()).State.Id,
            };
            await scene.SendAsync(new AssignTicket(ann.Id, team.Id));
            return scene;
        }

        public async Task SendAsync(TicketCommand command)
        {
            var answer = await host.Grains.SendAsync(Ticket, new CommandEnvelope(command, Actor.System));
            Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        }

        public async Task PassAsync(Duration time)
        {
            host.Time.Advance(time);
            await host.Get<TimerSweeper>().SweepAsync(default);
        }

        public Task ReactAsync() => EachAsync(host.Get<EscalationReaction>().ReactAsync);

        public Task RemindAsync() => EachAsync(host.Get<SlaNotices>().ReactAsync);

        public async Task<TicketState> NowAsync() => (await host.Grains.GetAsync(Ticket))!.State;

        public async Task<IReadOnlyList<string>> ToldAsync(Person person) =>
            [
                .. (
                    await host.Get<INotificationStore>().ListAsync(person.Id, unreadOnly: false, 50, null, default)
                ).Select(one => one.Text),
            ];

        public ValueTask DisposeAsync() => host.DisposeAsync();

        private async Task EachAsync(Func<RecordedEvent, CancellationToken, Task> react)
        {
            foreach (var recorded in await host.EventsAsync(Ticket))
            {
                await react(recorded, default);
            }
        }

        private static RoleDocument Role(string id) =>
            new()
            {
                Id = id,
                Name = LocalizedText.Of(id),
                Permissions = [Permissions.WorkTickets],
            };
    }
}
