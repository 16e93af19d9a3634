using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Log;
using static ServiceDesk.Host.Tests.Rules.RuleBench;

namespace ServiceDesk.Host.Tests.Rules;

/// <summary>What rules do beyond the ticket itself: tickets that they open, and tickets that are related.</summary>
public sealed class RuleEffectTests
{
    private static readonly RuleAction Open = new()
    {
        Do = "create",
        Type = "incident",
        Summary = "Check {{ticket.key}}",
        Text = LocalizedText.Of("Because of *{{ticket.summary}}*"),
        Priority = Priority.High,
        AddLabels = ["Check"],
    };

    [Theory]
    [OnBothDatabases]
    public async Task A_rule_opens_one_ticket_for_the_same_requester(DatabaseProvider provider)
    {
        await using var host = await HostAsync(provider, null, Rule("check", "priority", Open));
        var ticket = (await host.OpenAsync("A [link](x)")).State;
        await SendAsync(host, ticket.Id, new SetPriority(Priority.Critical));

        await ReactAsync(host);

        var result = Assert.Single(Assert.Single(await RunsAsync(host, "check")).Detail.Actions);
        var made = await NowAsync(host, result.Made!.Value);
        Assert.Equal($"Check {ticket.Key}", made.Summary);
        Assert.Equal(@"Because of *A \[link\](x)*", made.Description);
        Assert.Equal(
            (Priority.High, ticket.Requester, Channel.Automation),
            (made.Priority, made.Requester, made.Channel)
        );
        Assert.Equal(["check"], made.Labels);
        var opened = (await host.EventsAsync(made.Id))[0];
        Assert.Equal(((long?)(await LastAsync(host, ticket.Id)).Position, 1), (opened.Cause, opened.Depth));
    }

    [Fact]
    public async Task A_rule_that_opens_a_ticket_because_of_one_that_it_opened_is_stopped()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite, null, Rule("more", "opened", Open));
        await host.OpenAsync();

        await ReactAsync(host);

        var runs = await RunsAsync(host, "more");
        Assert.Equal([RuleOutcome.Loop, RuleOutcome.Then], runs.Select(run => run.Outcome));
        Assert.Equal(2, await host.Get<IEventLog>().HeadAsync(default));
    }

    [Theory]
    [OnBothDatabases]
    public async Task An_action_for_others_acts_on_each_of_them_that_matches(DatabaseProvider provider)
    {
        var family = new List<TicketId>();
        var rule = Rule(
            "family",
            "priority",
            Note("{{trigger.key}} → {{ticket.key}}") with
            {
                For = new RuleTarget("test.family") { Condition = "priority = medium" },
            }
        );
        await using var host = await HostAsync(provider, Vocabulary(family), rule);
        var origin = (await host.OpenAsync()).State;
        var (one, two, low) = (await host.OpenAsync(), await host.OpenAsync(), await host.OpenAsync());
        await SendAsync(host, low.State.Id, new SetPriority(Priority.Low));
        await ReactAsync(host);
        family.AddRange([one.State.Id, two.State.Id, low.State.Id, one.State.Id]);

        await SendAsync(host, origin.Id, new SetPriority(Priority.Critical));
        await ReactAsync(host);

        foreach (var other in new[] { one, two })
        {
            var last = await LastAsync(host, other.State.Id);
            Assert.Equal($"{origin.Key} → {other.State.Key}", Assert.IsType<InternalNoteAdded>(last.Event).Body);
            Assert.Equal(((long?)(await LastAsync(host, origin.Id)).Position, 1), (last.Cause, last.Depth));
        }

        Assert.Equal(0, (await NowAsync(host, low.State.Id)).InternalNotes);
        Assert.Equal(0, (await NowAsync(host, origin.Id)).InternalNotes);
        var actions = (await RunsAsync(host, "family"))[0].Detail.Actions;
        Assert.Equal([one.State.Id, two.State.Id], actions.Select(action => action.On!.Value));
        Assert.All(actions, action => Assert.Equal(0, action.Place));
    }

    [Fact]
    public async Task On_others_the_actor_may_no_more_than_anywhere()
    {
        var family = new List<TicketId>();
        var rule = Rule("family", "priority", Label("x") with { For = new RuleTarget("test.family") });
        await using var host = await HostAsync(DatabaseProvider.Sqlite, Vocabulary(family));
        var stranger = await host.CustomerAsync("Someone else");
        Write(host, rule with { Actor = stranger.Email });
        var (origin, other) = (await host.OpenAsync(), await host.OpenAsync());
        family.Add(other.State.Id);

        await SendAsync(host, origin.State.Id, new SetPriority(Priority.Critical));
        await ReactAsync(host);

        Assert.Equal(ActionStatus.Refused, (await RunsAsync(host, "family"))[0].Detail.Actions[0].Status);
        Assert.Empty((await NowAsync(host, other.State.Id)).Labels);
    }

    [Fact]
    public async Task A_relation_of_a_plugin_that_is_gone_is_refused()
    {
        var rule = Rule("gone", "opened", Label("x") with { For = new RuleTarget("test.family") });
        await using var host = await HostAsync(DatabaseProvider.Sqlite, null, rule);
        await host.OpenAsync();

        await ReactAsync(host);

        var result = Assert.Single(Assert.Single(await RunsAsync(host, "gone")).Detail.Actions);
        Assert.Equal(RuleRefusals.RelationUnknown, Assert.Single(result.Refusals).Code);
    }

    [Theory]
    [OnBothDatabases]
    public async Task A_rule_by_the_clock_acts_on_each_of_its_tickets(DatabaseProvider provider)
    {
        var rule = Rule("hourly", "schedule", Note("still open")) with
        {
            When = [new RuleTrigger { On = "schedule", Cron = "0 * * * *" }],
            Condition = "priority = medium",
        };
        await using var host = await HostAsync(provider, null, rule);
        await host.Get<RuleSchedules>().RunDueAsync(default);
        var (one, two) = ((await host.OpenAsync()).State.Id, (await host.OpenAsync()).State.Id);
        Pass(host, Duration.FromHours(1));

        await host.Get<RuleSchedules>().RunDueAsync(default);

        Assert.Equal((1, 1), ((await NowAsync(host, one)).InternalNotes, (await NowAsync(host, two)).InternalNotes));
    }

    /// <summary>The process ends after each of the commits in turn; somebody else changes the ticket; the next process goes on.</summary>
    [Theory]
    [OnBothDatabases]
    public async Task Cut_off_between_any_two_steps_each_effect_comes_once(DatabaseProvider provider)
    {
        var family = new List<TicketId>();
        RuleAction[] actions =
        [
            Prioritize(Priority.High),
            Note("noted"),
            Label("seen"),
            Open,
            Note("for the others") with
            {
                For = new RuleTarget("test.family"),
            },
            new() { Do = "edit", Summary = "{{ticket.summary}}!" },
            new()
            {
                Do = "webhook",
                Url = "https://hooks.example.test/",
                Secret = "sixteen-characters",
            },
        ];
        for (var step = 0; step <= 7; step++)
        {
            family.Clear();
            await using var host = await HostAsync(provider, Vocabulary(family), Rule("all", "commented", actions));
            var (ticket, one, two) = (await host.OpenAsync(), await host.OpenAsync(), await host.OpenAsync());
            family.AddRange([one.State.Id, two.State.Id]);
            await SendAsync(host, ticket.State.Id, new AddInternalNote("go", []));
            var began = await LastAsync(host, ticket.State.Id);

            await Assert.ThrowsAsync<StorageUnavailableException>(() => Cut(host, step).ReactAsync(began, default));
            await SendAsync(host, ticket.State.Id, new SetPriority(Priority.Low));
            await Cut(host, int.MaxValue).ReactAsync(began, default);
            await Cut(host, int.MaxValue).ReactAsync(began, default);

            var events = (await host.EventsAsync(ticket.State.Id)).Where(e => e.Actor.Kind == ActorKind.Rule).ToList();
            Assert.Single(events, e => e.Event is PriorityChanged);
            Assert.Single(events, e => e.Event is InternalNoteAdded);
            Assert.Single(events, e => e.Event is LabelsChanged);
            Assert.Single(events, e => e.Event is TextEdited);
            Assert.Single(events, e => e.Event is WebhookCalled);
            Assert.Equal("The printer is on fire!", (await NowAsync(host, ticket.State.Id)).Summary);
            Assert.Equal((1, 1), await NotesAsync(host, one, two));
            var log = await host.Get<IEventLog>().ReadAsync(0, 1000, default);
            Assert.Single(log, e => e.Event is TicketOpened && e.Actor.Kind == ActorKind.Rule);
        }
    }

    private static async Task<(int, int)> NotesAsync(HostUnderTest host, TicketSnapshot one, TicketSnapshot two) =>
        ((await NowAsync(host, one.State.Id)).InternalNotes, (await NowAsync(host, two.State.Id)).InternalNotes);

    private static Action<IServiceCollection> Vocabulary(List<TicketId> family) =>
        services =>
            services.AddSingleton(
                new RuleVocabulary([], [], [new RelationDefinition("test.family", "x", (_, _) => family.ToValueList())])
            );

    private static RuleReaction Cut(HostUnderTest host, int after)
    {
        var grains = new CutGrains(host.Grains, after);
        var actions = ActivatorUtilities.CreateInstance<RuleActions>(host.Services, (ITicketGrains)grains);
        var runner = ActivatorUtilities.CreateInstance<RuleRunner>(host.Services, actions);
        return ActivatorUtilities.CreateInstance<RuleReaction>(host.Services, runner);
    }

    // Lets so many commits through, and ends with the one after: it is committed, and nobody hears of it.
    private sealed class CutGrains(ITicketGrains inner, int after) : ITicketGrains
    {
        private int commits;

        public async Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation = default) =>
            Heard(await inner.OpenAsync(envelope, cancellation));

        public async Task<GrainAnswer> SendAsync(
            TicketId ticket,
            CommandEnvelope envelope,
            CancellationToken cancellation = default
        ) => Heard(await inner.SendAsync(ticket, envelope, cancellation));

        public Task<TicketSnapshot?> GetAsync(TicketId ticket, CancellationToken cancellation = default) =>
            inner.GetAsync(ticket, cancellation);

        private GrainAnswer Heard(GrainAnswer answer) =>
            commits++ == after ? throw new StorageUnavailableException("The process ends here.") : answer;
    }
}
