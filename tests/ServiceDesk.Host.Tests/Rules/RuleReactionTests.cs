using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Reactions;
using static ServiceDesk.Host.Tests.Rules.RuleBench;

namespace ServiceDesk.Host.Tests.Rules;

public sealed class RuleReactionTests
{
    [Theory]
    [OnBothDatabases]
    public async Task A_rule_acts_as_itself_and_tells_why(DatabaseProvider provider)
    {
        var rule = Rule("fire", "opened", Prioritize(Priority.Critical), Label("fire")) with
        {
            Condition = "summary ~ fire AND priority < critical",
        };
        await using var host = await HostAsync(provider, null, rule);
        var ticket = (await host.OpenAsync()).State.Id;

        await ReactAsync(host);

        var after = await NowAsync(host, ticket);
        Assert.Equal(Priority.Critical, after.Priority);
        Assert.Equal(["fire"], after.Labels);
        var events = await host.EventsAsync(ticket);
        Assert.Equal(new Actor(ActorKind.Rule, Name: "fire"), events[1].Actor);
        Assert.Equal((events[0].Position, 1), (events[1].Cause, events[1].Depth));
        var run = Assert.Single(await RunsAsync(host, "fire"));
        Assert.Equal((RuleOutcome.Then, 1L, 1), (run.Outcome, run.Detail.TicketVersion, run.RuleVersion));
        Assert.Equal([ActionStatus.Done, ActionStatus.Done], run.Detail.Actions.Select(action => action.Status));
        Assert.True(run.Detail.Truth!.Holds);
        Assert.Equal(["medium"], run.Detail.Truth.Parts[1].Actual);
    }

    [Fact]
    public async Task The_condition_is_decided_on_the_ticket_as_it_was_and_what_follows_else_is_done()
    {
        var rule = Rule("late", "opened", Label("low")) with { Condition = "priority = low", Else = [Label("other")] };
        await using var host = await HostAsync(DatabaseProvider.Sqlite, null, rule);
        var ticket = (await host.OpenAsync()).State.Id;
        // It has moved on before the rule came to it.
        Pass(host, Duration.FromSeconds(1));
        await SendAsync(host, ticket, new SetPriority(Priority.Low));

        await ReactAsync(host);

        Assert.Equal(["other"], (await NowAsync(host, ticket)).Labels);
        var run = Assert.Single(await RunsAsync(host, "late"));
        Assert.Equal((RuleOutcome.Else, 1L), (run.Outcome, run.Detail.TicketVersion));
        Assert.Equal(["medium"], run.Detail.Truth!.Actual);
    }

    [Fact]
    public async Task Rules_work_in_their_order()
    {
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            Rule("b", "opened", Note("second")) with
            {
                Order = 2,
            },
            Rule("c", "opened", Note("first")) with
            {
                Order = 1,
            },
            Rule("a", "opened", Note("third")) with
            {
                Order = 2,
                Id = "z",
            }
        );
        var ticket = (await host.OpenAsync()).State.Id;

        await ReactAsync(host);

        Assert.Equal(
            ["first", "second", "third"],
            (await host.EventsAsync(ticket)).Select(e => e.Event).OfType<InternalNoteAdded>().Select(n => n.Body)
        );
    }

    [Theory]
    [OnBothDatabases]
    public async Task One_that_was_cut_off_between_acting_and_its_record_takes_effect_once(DatabaseProvider provider)
    {
        await using var host = await HostAsync(provider, null, Rule("once", "opened", Note("one"), Note("two")));
        var ticket = (await host.OpenAsync()).State.Id;
        var opened = await LastAsync(host, ticket);
        var cut = 0;
        var runs = new CutOff(host.Get<Storage.Automation.IRuleRuns>(), () => cut++ == 0);
        var reaction = ActivatorUtilities.CreateInstance<RuleReaction>(
            host.Services,
            (Storage.Automation.IRuleRuns)runs
        );

        await Assert.ThrowsAsync<StorageUnavailableException>(() => reaction.ReactAsync(opened, default));
        Assert.Empty(await RunsAsync(host, "once"));
        await reaction.ReactAsync(opened, default);
        await reaction.ReactAsync(opened, default);

        Assert.Equal(
            ["one", "two"],
            (await host.EventsAsync(ticket)).Select(e => e.Event).OfType<InternalNoteAdded>().Select(n => n.Body)
        );
        Assert.Single(await RunsAsync(host, "once"));
    }

    [Fact]
    public async Task What_is_refused_is_recorded_and_not_tried_again()
    {
        var impossible = new RuleAction { Do = "transition", To = "closed" };
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            Rule("stuck", "opened", impossible, Label("after"))
        );
        var ticket = (await host.OpenAsync()).State.Id;

        await ReactAsync(host);

        var run = Assert.Single(await RunsAsync(host, "stuck"));
        Assert.True(run.HasRefusals);
        Assert.Equal([ActionStatus.Refused, ActionStatus.Done], run.Detail.Actions.Select(action => action.Status));
        Assert.Equal(RefusalCodes.TransitionNotPossible, Assert.Single(run.Detail.Actions[0].Refusals).Code);
        Assert.Equal(["after"], (await NowAsync(host, ticket)).Labels);
        Assert.Equal((0, 0), await host.Get<IDeadLetters>().CountAsync(default));
    }

    [Fact]
    public async Task A_rule_that_acts_as_a_person_may_what_the_person_may()
    {
        var rule = Rule("polite", "opened", Note("secret"), Label("x"));
        await using var host = await HostAsync(DatabaseProvider.Sqlite);
        var customer = await host.CustomerAsync("Someone else");
        Write(
            host,
            rule with
            {
                Actor = customer.Email.ToUpperInvariant(),
            },
            rule with
            {
                Id = "ghost",
                Actor = "ghost@example.test",
            }
        );
        var ticket = (await host.OpenAsync()).State.Id;

        await ReactAsync(host);

        var run = Assert.Single(await RunsAsync(host, "polite"));
        Assert.All(run.Detail.Actions, action => Assert.Equal(ActionStatus.Refused, action.Status));
        Assert.Single(await host.EventsAsync(ticket));
        Assert.Equal(RuleOutcome.ActorGone, Assert.Single(await RunsAsync(host, "ghost")).Outcome);

        await host.Get<IPeopleStore>().UpdateAsync(customer.Id, new PersonChange { IsActive = false });
        host.Time.Advance(Duration.FromMinutes(1));
        await host.OpenAsync();
        await ReactAsync(host);
        Assert.Equal(RuleOutcome.ActorGone, (await RunsAsync(host, "polite"))[0].Outcome);
    }

    [Fact]
    public async Task A_rule_that_answers_itself_is_stopped_and_the_loop_is_named()
    {
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            Rule("ping", "commented", Note("ping")),
            Rule("pong", "assigned")
        );
        var ticket = (await host.OpenAsync()).State.Id;
        await SendAsync(host, ticket, new AddInternalNote("go", []));

        await ReactAsync(host);

        var runs = await RunsAsync(host, "ping");
        Assert.Equal([RuleOutcome.Loop, RuleOutcome.Then], runs.Select(run => run.Outcome));
        Assert.Equal(["ping", null], runs[0].Detail.Chain.Select(link => link.Rule));
        Assert.All(runs[0].Detail.Chain, link => Assert.Equal("ticket.internal-note-added/1", link.Event));
        Assert.Equal((0, 0), await host.Get<IDeadLetters>().CountAsync(default));
        Assert.Equal(3, (await host.EventsAsync(ticket)).Count);
    }

    [Fact]
    public async Task Rules_that_answer_each_other_are_stopped_at_the_first_that_returns()
    {
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            Rule("up", "priority", new RuleAction { Do = "edit", Summary = "{{ticket.summary}}!" }),
            Rule("again", "changed", Prioritize(Priority.High), Prioritize(Priority.Low))
        );
        var ticket = (await host.OpenAsync()).State.Id;
        await SendAsync(host, ticket, new SetPriority(Priority.Critical));

        await ReactAsync(host);

        var loop = (await RunsAsync(host, "up")).First(run => run.Outcome == RuleOutcome.Loop);
        Assert.Equal(["again", "up", null], loop.Detail.Chain.Select(link => link.Rule));
        Assert.EndsWith("!", (await NowAsync(host, ticket)).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_was_switched_off_meanwhile_and_one_of_another_desk_do_nothing()
    {
        var rule = Rule("off", "opened", Label("x"));
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            rule,
            rule with
            {
                Id = "elsewhere",
                Desks = ["HR"],
            }
        );
        var ticket = (await host.OpenAsync()).State.Id;
        Write(host, rule with { Enabled = false });

        await ReactAsync(host);

        Assert.Empty((await NowAsync(host, ticket)).Labels);
        Assert.Empty(await RunsAsync(host, "off"));
        Assert.Empty(await RunsAsync(host, "elsewhere"));
    }

    [Fact]
    public async Task History_that_is_brought_in_sets_off_nothing()
    {
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            Rule("quiet", "opened", Label("x")),
            Rule("quiet-too", "priority", Label("x"))
        );
        var requester = (await host.CustomerAsync()).Id;
        var importer = new Actor(ActorKind.Import, Name: "servicenow");
        var opened = await host.Grains.OpenAsync(
            new CommandEnvelope(TestConfiguration.Open("Old", requester), importer)
        );
        await host.Grains.SendAsync(
            opened.Ticket!.State.Id,
            new CommandEnvelope(new SetPriority(Priority.Low), importer)
        );

        await ReactAsync(host);

        Assert.Empty((await NowAsync(host, opened.Ticket.State.Id)).Labels);
    }

    [Fact]
    public async Task An_agent_starts_a_rule_by_hand_and_only_one_that_may_be_started()
    {
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            Rule("by-hand", "manual", Label("started")),
            Rule("by-itself", "opened")
        );
        var ticket = (await host.OpenAsync()).State.Id;

        var no = await SendAsync(host, ticket, new CallRule("by-itself"));
        var yes = await SendAsync(host, ticket, new CallRule("by-hand"));
        await ReactAsync(host);

        Assert.Equal(RefusalCodes.RuleNotCallable, Assert.Single(no.Refusals).Code);
        Assert.True(yes.IsAccepted);
        Assert.Equal(["started"], (await NowAsync(host, ticket)).Labels);
    }

    private sealed class CutOff(Storage.Automation.IRuleRuns inner, Func<bool> isNow) : Storage.Automation.IRuleRuns
    {
        public Task<IReadOnlySet<string>> RecordedAsync(TicketId ticket, string occasion, CancellationToken token) =>
            inner.RecordedAsync(ticket, occasion, token);

        public Task SaveAsync(
            IReadOnlyCollection<RuleRun> runs,
            IReadOnlyCollection<Storage.Automation.RuleWait> begin,
            IReadOnlyCollection<Storage.Automation.RuleWait> end,
            CancellationToken token
        ) =>
            isNow()
                ? throw new StorageUnavailableException("The process ends here.")
                : inner.SaveAsync(runs, begin, end, token);

        public Task<IReadOnlyList<RuleRun>> FindAsync(
            Storage.Automation.RuleRunQuestion question,
            int limit,
            CancellationToken token
        ) => inner.FindAsync(question, limit, token);

        public Task<int> CountAsync(TicketId ticket, int atMost, CancellationToken token) =>
            inner.CountAsync(ticket, atMost, token);

        public Task<IReadOnlyDictionary<string, Storage.Automation.RuleCounts>> CountAsync(
            Instant since,
            CancellationToken token
        ) => inner.CountAsync(since, token);

        public Task<IReadOnlyList<Storage.Automation.RuleWait>> DueAsync(
            Instant now,
            int limit,
            CancellationToken token
        ) => inner.DueAsync(now, limit, token);

        public Task<IReadOnlyList<Storage.Automation.RuleWait>> WaitsAsync(TicketId ticket, CancellationToken token) =>
            inner.WaitsAsync(ticket, token);

        public Task<int> ForgetAsync(Instant before, CancellationToken token) => inner.ForgetAsync(before, token);
    }
}
