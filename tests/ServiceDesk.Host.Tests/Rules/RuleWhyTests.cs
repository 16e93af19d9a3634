using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using static ServiceDesk.Host.Tests.Rules.RuleBench;

namespace ServiceDesk.Host.Tests.Rules;

/// <summary>"Why did it not fire?", for each trigger: where something near to it happened, and where its condition was false.</summary>
public sealed class RuleWhyTests
{
    private const string Asked = "why";
    private const string Unmet = "but its condition did not hold: priority = critical (was Medium)";

    private static readonly Dictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["opened"] = new(
            new RuleTrigger { On = "opened" },
            "a ticket is opened",
            scene => scene.SendAsync(new AddInternalNote("x", [])),
            async scene => scene.Ticket = (await scene.Host.OpenAsync()).State.Id
        ),
        ["changed"] = new(
            new RuleTrigger { On = "changed", Fields = ["summary"] },
            "summary changes",
            scene => scene.SendAsync(new EditTicket(Description: "Other words")),
            scene => scene.SendAsync(new EditTicket("Other words"))
        ),
        ["commented"] = new(
            new RuleTrigger { On = "commented", Visibility = Visibility.Public },
            "somebody comments publicly",
            scene => scene.SendAsync(new AddInternalNote("x", [])),
            scene => scene.SendAsync(new AddPublicComment("x", []))
        ),
        ["commented by a customer"] = new(
            new RuleTrigger { On = "commented", By = RuleAuthor.Customer },
            "a customer comments",
            scene => scene.SendAsync(new AddPublicComment("x", [])),
            scene => scene.SendAsync(new AddPublicComment("x", []), scene.Requester)
        ),
        ["transition"] = new(
            new RuleTrigger { On = "transition", To = "resolved" },
            "the status becomes “Resolved”",
            scene => scene.MoveAsync("in-progress"),
            scene => scene.MoveAsync("resolved")
        ),
        ["assigned"] = new(
            new RuleTrigger { On = "assigned" },
            "it is assigned",
            scene => scene.SendAsync(new AddInternalNote("x", [])),
            scene => scene.SendAsync(new AssignTicket(null, scene.Team))
        ),
        ["priority"] = new(
            new RuleTrigger { On = "priority" },
            "its priority changes",
            scene => scene.SendAsync(new EditTicket("Other words")),
            scene => scene.SendAsync(new SetPriority(Priority.Low)),
            "but its condition did not hold: priority = critical (was Low)"
        ),
        ["sla near"] = new(
            new RuleTrigger { On = "sla-reminder" },
            "the clock “any” comes near its target",
            scene => scene.PassAsync(Duration.FromMinutes(20)),
            scene => scene.PassAsync(Duration.FromMinutes(35))
        ),
        ["sla reached"] = new(
            new RuleTrigger
            {
                On = "sla-reminder",
                Metric = "time-to-resolution",
                Threshold = "75%",
            },
            "the clock “Time to resolution” reaches 75%",
            scene => scene.PassAsync(Duration.FromMinutes(35)),
            scene => scene.PassAsync(Duration.FromMinutes(50))
        ),
        ["sla breached"] = new(
            new RuleTrigger { On = "sla-breached" },
            "the clock “any” passes its target",
            scene => scene.PassAsync(Duration.FromMinutes(50)),
            scene => scene.PassAsync(Duration.FromMinutes(61))
        ),
        ["sla met"] = new(
            new RuleTrigger { On = "sla-met", Metric = "time-to-resolution" },
            "the clock “Time to resolution” stops within its target",
            scene => scene.SendAsync(new SetPriority(Priority.Low)),
            scene => scene.MoveAsync("resolved")
        ),
        ["approval asked"] = new(
            new RuleTrigger { On = "approval-asked", Approval = "board" },
            "approval is asked (Board)",
            scene => scene.AskAsync(null),
            scene => scene.AskAsync("board")
        ),
        ["approval approved"] = new(
            new RuleTrigger { On = "approval-approved", Approval = "board" },
            "an approval is given (Board)",
            scene => scene.AnswerAsync(approves: false),
            scene => scene.AnswerAsync(approves: true)
        ),
        ["approval declined"] = new(
            new RuleTrigger { On = "approval-declined" },
            "an approval is declined",
            scene => scene.AnswerAsync(approves: true),
            scene => scene.AnswerAsync(approves: false)
        ),
        ["approval expired"] = new(
            new RuleTrigger { On = "approval-expired" },
            "an approval expires",
            scene => scene.AnswerAsync(approves: true),
            async scene =>
            {
                await scene.AskAsync("board");
                await scene.PassAsync(Duration.FromHours(3));
            }
        ),
        ["by hand"] = new(
            new RuleTrigger { On = "manual" },
            "an agent starts it by hand",
            scene => scene.SendAsync(new CallRule("other")),
            scene => scene.SendAsync(new CallRule(Asked))
        ),
        ["hours after"] = new(
            new RuleTrigger { On = "commented", After = Duration.FromHours(4) },
            "4h have passed since: somebody comments",
            scene => scene.PassAsync(Duration.FromHours(5)),
            async scene =>
            {
                await scene.SendAsync(new AddInternalNote("x", []));
                await ReactAsync(scene.Host);
                Assert.StartsWith("It waits until", await scene.WhyAsync(), StringComparison.Ordinal);
                await scene.PassAsync(Duration.FromHours(5));
            }
        ),
    };

    public static TheoryData<string> Triggers => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task Nothing_set_it_off(string name)
    {
        var asked = Cases[name];
        await using var scene = await SceneAsync(asked.Trigger, condition: "");

        await asked.Near(scene);
        await ReactAsync(scene.Host);

        Assert.Equal($"Nothing set it off here. It waits for: {asked.Words}.", await scene.WhyAsync());
    }

    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task It_was_set_off_and_its_condition_did_not_hold(string name)
    {
        var asked = Cases[name];
        await using var scene = await SceneAsync(asked.Trigger, "priority = critical");

        await asked.Happens(scene);
        await ReactAsync(scene.Host);

        var why = await scene.WhyAsync();
        Assert.StartsWith("It was set off last", why, StringComparison.Ordinal);
        Assert.EndsWith(asked.Reason ?? Unmet, why, StringComparison.Ordinal);
    }

    // So that the two above cannot pass for a reason of their own.
    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task It_acts_where_it_is_set_off_and_its_condition_holds(string name)
    {
        var asked = Cases[name];
        await using var scene = await SceneAsync(asked.Trigger, "priority < critical");

        await asked.Happens(scene);
        await ReactAsync(scene.Host);

        Assert.StartsWith("It acted last", await scene.WhyAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "the clock says 0 9 * * * (Asia/Seoul)", "does not now: priority = critical (was Medium)")]
    [InlineData("ko", "0 9 * * *", "지금 맞지 않습니다: priority = critical (실제 값: 보통)")]
    public async Task The_clock_came_and_the_ticket_was_none_of_its_query(string language, string words, string reason)
    {
        await using var scene = await SceneAsync(Daily, "priority = critical");
        await scene.ClockAsync(Duration.FromDays(1));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var why = await scene.WhyAsync();

        Assert.Contains(words, why, StringComparison.Ordinal);
        Assert.EndsWith(reason, why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_did_not_come_yet()
    {
        await using var scene = await SceneAsync(Daily, "priority = medium");
        await scene.ClockAsync(Duration.Zero);

        Assert.Contains(
            "It matches the query now; the clock comes next",
            await scene.WhyAsync(),
            StringComparison.Ordinal
        );

        await scene.ClockAsync(Duration.FromDays(1));
        Assert.StartsWith("It acted last", await scene.WhyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_goes_over_what_its_person_sees()
    {
        await using var scene = await SceneAsync(Daily, "priority = medium", "nobody@example.test");
        await scene.ClockAsync(Duration.FromDays(1));

        Assert.EndsWith(
            "The clock goes only over tickets that nobody@example.test sees, and this is none of them.",
            await scene.WhyAsync(),
            StringComparison.Ordinal
        );
    }

    private static RuleTrigger Daily { get; } =
        new()
        {
            On = "schedule",
            Cron = "0 9 * * *",
            Zone = "Asia/Seoul",
        };

    private static async Task<Scene> SceneAsync(RuleTrigger trigger, string condition, string? actor = null)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var host = await HostUnderTest.CreateAsync();
        var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
        var approver = await host.CustomerAsync("Ada Approver");
        var board = new ApprovalDocument
        {
            Id = "board",
            Name = LocalizedText.Of("Board"),
            Steps = [new ApproversRule { People = [approver.Email] }],
            ExpiresAfter = Duration.FromHours(2),
            CommentOnDecline = false,
        };
        Assert.True(configuration.Snapshot.TryGet<SlaPolicyDocument>("standard", out var policy));
        var metric = policy.Metrics[0];
        var reminded = metric with { Goals = [metric.Goals[0] with { Reminders = ["50%", "75%"] }] };
        configuration.Snapshot = ((Core.Configuration.ConfigurationSnapshot)configuration.Snapshot)
            .With(board)
            .With(policy with { Metrics = [reminded] });
        var team = await host.Get<IPeopleStore>().CreateTeamAsync("Second line");
        // Opened before there was a rule.
        var ticket = (await host.OpenAsync()).State;
        await ReactAsync(host);
        Write(
            host,
            Rule(Asked, trigger.On, Label("x")) with
            {
                When = [trigger],
                Condition = condition,
                Actor = actor,
            },
            Rule("other", "manual", Label("y"))
        );
        var scene = new Scene(host, ticket.Requester, approver.Id, team.Id) { Ticket = ticket.Id };
        await scene.ClockAsync(Duration.Zero);
        return scene;
    }

    /// <param name="Words">What the rule waits for.</param>
    /// <param name="Near">Something that is not it.</param>
    /// <param name="Happens">What sets it off.</param>
    /// <param name="Reason">How the answer ends when the condition was false.</param>
    private sealed record Case(
        RuleTrigger Trigger,
        string Words,
        Func<Scene, Task> Near,
        Func<Scene, Task> Happens,
        string? Reason = null
    );

    private sealed class Scene(HostUnderTest host, PersonId requester, PersonId approver, TeamId team)
        : IAsyncDisposable
    {
        public HostUnderTest Host => host;

        public PersonId Requester => requester;

        public TeamId Team => team;

        public TicketId Ticket { get; set; }

        public async Task SendAsync(TicketCommand command, PersonId? by = null)
        {
            var envelope = by is { } person
                ? new CommandEnvelope(command, new Actor(ActorKind.Person, person))
                {
                    Viewer = await host.Get<IViewers>().OfAsync(person, CancellationToken.None),
                }
                : new CommandEnvelope(command, Actor.System);
            var answer = await host.Grains.SendAsync(Ticket, envelope);
            Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        }

        public Task MoveAsync(string to) => SendAsync(new TransitionTicket(to, null, ValueMap<FieldValue?>.Empty));

        public Task AskAsync(string? policy) =>
            SendAsync(
                policy is null
                    ? new RequestApproval { Title = "By hand", Steps = [new ApproversAsked([approver], [], [])] }
                    : new RequestApproval { Policy = policy }
            );

        public async Task AnswerAsync(bool approves)
        {
            await AskAsync("board");
            var asked = (await NowAsync(host, Ticket)).Approvals[0];
            await SendAsync(new AnswerApproval(asked.Id, approves), approver);
        }

        /// <summary>Time goes by, and what is due comes.</summary>
        public async Task PassAsync(Duration time)
        {
            Pass(host, time);
            await host.Get<TimerSweeper>().SweepAsync(CancellationToken.None);
            await host.Get<RuleWaits>().RunDueAsync(CancellationToken.None);
        }

        public Task ClockAsync(Duration time)
        {
            Pass(host, time);
            return host.Get<RuleSchedules>().RunDueAsync(CancellationToken.None);
        }

        public async Task<string> WhyAsync()
        {
            await using var scope = host.Services.CreateAsyncScope();
            var view = await scope
                .ServiceProvider.GetRequiredService<TicketAutomation>()
                .ReadAsync(await NowAsync(host, Ticket), CancellationToken.None);
            return view.Answers.Single(answer => answer.Rule.Id == Asked).Answer;
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }
}
