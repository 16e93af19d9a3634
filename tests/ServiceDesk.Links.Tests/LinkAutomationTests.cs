using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Links.Tests;

/// <summary>Links in rules.</summary>
public sealed class LinkAutomationTests : LinkWorld
{
    [Fact]
    public async Task A_rule_answers_that_a_linked_ticket_is_done_only_where_it_is_linked_so()
    {
        await SaveAsync(
            Rule(
                "unblocked",
                new RuleTrigger
                {
                    On = "links.linked-ticket-changed",
                    With = ValueMap<string>.Empty.SetItem("as", "blocks:in").SetItem("status", "done"),
                },
                Note("Nothing blocks it any more")
            )
        );
        var (blocker, blocked, related) = (
            await OpenAsync("Network"),
            await OpenAsync("Printer"),
            await OpenAsync("Other")
        );
        await LinkedAsync(Agent, blocker, "blocks", blocked);
        await LinkedAsync(Agent, blocker, "relates", related);

        await ResolveAsync(blocker);

        await Server.UntilAsync(async () => (await RunsAsync("unblocked")).Count > 0);
        await UntilAsync(related, links => links.Links[0].Category == StatusCategory.Done);
        Assert.Equal([blocked.Id], (await RunsAsync("unblocked")).Select(run => run.Ticket));
        Assert.Equal(1, (await Server.Tickets.GetAsync(blocked.Id))!.State.InternalNotes);
    }

    [Fact]
    public async Task A_linked_ticket_that_only_moves_to_another_desk_did_not_change_its_status()
    {
        await SaveAsync(
            Rule(
                "unblocked",
                new RuleTrigger
                {
                    On = "links.linked-ticket-changed",
                    With = ValueMap<string>.Empty.SetItem("as", "blocks:in").SetItem("status", "done"),
                },
                Note("Nothing blocks it any more")
            )
        );
        var (blocker, blocked) = (await OpenAsync("Network"), await OpenAsync("Printer"));
        await LinkedAsync(Agent, blocker, "blocks", blocked);
        await ResolveAsync(blocker);
        await Server.UntilAsync(async () => (await RunsAsync("unblocked")).Count == 1);

        var moved = await Server.Tickets.SendAsync(
            blocker.Id,
            new CommandEnvelope(new MoveTicket("HR", null), Actor.System)
        );
        Assert.Equal("resolved", moved.Ticket!.State.Status);
        var opened = await Server.SendAsync(Both, blocker.Id, new ReopenTicket(null));
        Assert.True(opened.IsAccepted, opened.Refusals.ToString());
        // What comes behind the move was told, so the move was heard of before.
        await UntilAsync(blocked, links => links.Links[0].Category != StatusCategory.Done);

        var told = (await HistoryAsync(blocked)).Select(recorded => recorded.Event).OfType<LinkedTicketChanged>();
        Assert.Equal([StatusCategory.Done, StatusCategory.Active], told.Select(change => change.Category));
        Assert.Single(await RunsAsync("unblocked"));
    }

    [Fact]
    public async Task A_transition_waits_for_linked_tickets_that_it_wants_done()
    {
        var configuration = Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        configuration.TryGet<WorkflowDocument>("incident", out var workflow);
        await SaveAsync(
            workflow! with
            {
                Transitions = workflow
                    .Transitions.Select(way =>
                        way.Id == "resolve" ? way with { LinkedDone = [new RuleTarget("links.children")] } : way
                    )
                    .ToValueList(),
            }
        );
        var (parent, child) = (await OpenAsync("Move the office"), await OpenAsync("Order boxes"));
        await LinkedAsync(Agent, parent, "parent", child);

        var early = await ResolveAsync(parent);
        Assert.True((await ResolveAsync(child)).IsAccepted);
        var late = await ResolveAsync(parent);

        var refusal = Assert.Single(early.Refusals);
        Assert.Equal("refusal.linked-open", refusal.Code);
        Assert.Equal(["1", child.Key.ToString()], refusal.Arguments);
        Assert.True(late.IsAccepted);
    }

    [Fact]
    public async Task It_is_told_why_a_rule_did_not_answer_a_linked_ticket()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var (blocker, blocked) = (await OpenAsync("Network"), await OpenAsync("Printer"));
        await LinkedAsync(Agent, blocker, "blocks", blocked);
        await SaveAsync(Unblocked("never", "causes:in", "priority < critical"));
        await SaveAsync(Unblocked("unmet", "blocks:in", "priority = critical"));

        await ResolveAsync(blocker);
        await Server.UntilAsync(async () => (await RunsAsync("unmet")).Count > 0);

        Assert.StartsWith("Nothing set it off here. It waits for: ", await WhyAsync("never"), StringComparison.Ordinal);
        Assert.Contains("is caused by", await WhyAsync("never"), StringComparison.Ordinal);
        Assert.EndsWith(
            "but its condition did not hold: priority = critical (was Medium)",
            await WhyAsync("unmet"),
            StringComparison.Ordinal
        );

        async Task<string> WhyAsync(string rule)
        {
            await using var scope = Server.Services.CreateAsyncScope();
            var view = await scope
                .ServiceProvider.GetRequiredService<TicketAutomation>()
                .ReadAsync((await Server.Tickets.GetAsync(blocked.Id))!.State, CancellationToken.None);
            return view.Answers.Single(answer => answer.Rule.Id == rule).Answer;
        }
    }

    [Fact]
    public async Task Parent_and_children_are_told_apart()
    {
        var (parent, one, two) = (await OpenAsync("Parent"), await OpenAsync("One"), await OpenAsync("Two"));
        await LinkedAsync(Agent, parent, "parent", one);
        await LinkedAsync(Agent, parent, "parent", two);
        await SaveAsync(
            Rule(
                "down",
                new RuleTrigger { On = "priority" },
                Note("from above") with
                {
                    For = new RuleTarget("links.children"),
                },
                Note("from below") with
                {
                    For = new RuleTarget("links.parent"),
                }
            )
        );

        await Server.SendAsync(Agent, parent.Id, new SetPriority(Priority.Critical));
        await Server.UntilAsync(async () => (await RunsAsync("down")).Count == 1);

        Assert.Equal([one.Id, two.Id, null], (await RunsAsync("down"))[0].Detail.Actions.Select(action => action.On));
        Assert.Equal(1, (await Server.Tickets.GetAsync(two.Id))!.State.InternalNotes);
        Assert.Equal(0, (await Server.Tickets.GetAsync(parent.Id))!.State.InternalNotes);
    }

    [Fact]
    public async Task A_ticket_that_a_rule_opens_is_linked_with_the_one_that_set_it_off()
    {
        await SaveAsync(
            Rule(
                "follow-up",
                new RuleTrigger { On = "transition", To = "resolved" },
                new RuleAction
                {
                    Do = "create",
                    Type = "incident",
                    Summary = "Follow {{ticket.key}}",
                    Join = "causes:in",
                }
            )
        );
        var ticket = await OpenAsync("Printer");

        await ResolveAsync(ticket);

        await UntilAsync(ticket, links => links.Links.Count == 1);
        var link = (await LinksOfAsync(ticket)).Links[0];
        Assert.Equal(("causes", LinkDirection.Outward), (link.Type, link.Direction));
        Assert.Equal($"Follow {ticket.Key}", (await Server.Tickets.GetAsync(link.Other))!.State.Summary);
    }

    [Fact]
    public async Task A_rule_links_with_a_ticket_that_a_text_names_and_only_where_its_actor_may()
    {
        var (known, secret) = (await OpenAsync("Known error"), await OpenAsync("Salaries", "HR"));
        await SaveAsync(
            Rule("here", new RuleTrigger { On = "priority" }, Link(known)) with
            {
                Actor = Agent.Email,
            },
            Rule("there", new RuleTrigger { On = "priority" }, Link(secret)) with
            {
                Actor = Agent.Email,
            }
        );
        var ticket = await OpenAsync("Printer");

        await Server.SendAsync(Agent, ticket.Id, new SetPriority(Priority.Critical));

        await Server.UntilAsync(async () => (await RunsAsync("there")).Count == 1);
        await UntilAsync(known, links => links.Links.Count == 1);
        Assert.Equal([known.Id], (await LinksOfAsync(ticket)).Others);
        var refusal = Assert.Single((await RunsAsync("there"))[0].Detail.Actions[0].Refusals);
        Assert.Equal("links.refusal.no-ticket", refusal.Code);
    }

    private static RuleAction Link(TicketState other) =>
        new()
        {
            Do = "links.link",
            With = ValueMap<string>.Empty.SetItem("as", "relates:both").SetItem("other", other.Key.ToString()),
        };

    private static RuleAction Note(string text) => new() { Do = "comment", Text = LocalizedText.Of(text) };

    private static RuleDocument Unblocked(string id, string way, string condition) =>
        Rule(
            id,
            new RuleTrigger
            {
                On = "links.linked-ticket-changed",
                With = ValueMap<string>.Empty.SetItem("as", way).SetItem("status", "done"),
            },
            Note("Nothing blocks it any more")
        ) with
        {
            Condition = condition,
        };

    private static RuleDocument Rule(string id, RuleTrigger when, params ReadOnlySpan<RuleAction> then) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            When = [when],
            Then = ValueList.Create(then),
        };

    private async Task SaveAsync(params RuleDocument[] rules)
    {
        foreach (var rule in rules)
        {
            await base.SaveAsync(rule);
        }
    }

    private Task<IReadOnlyList<RuleRun>> RunsAsync(string rule) =>
        Server
            .Services.GetRequiredService<IRuleRuns>()
            .FindAsync(new RuleRunQuestion { Rule = rule }, 10, CancellationToken.None);
}
