using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Transitions;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using static ServiceDesk.Host.Tests.Rules.RuleBench;

namespace ServiceDesk.Host.Tests.Rules;

/// <summary>What follows the transitions of a workflow.</summary>
public sealed class TransitionReactionTests
{
    [Theory]
    [OnBothDatabases]
    public async Task What_follows_a_transition_is_done_once_with_its_cause_and_recorded(DatabaseProvider provider)
    {
        await using var host = await HostAsync(provider);
        Follow(
            host,
            "start",
            Label("Started"),
            Note("Begun by {{ticket.key}}"),
            new RuleAction
            {
                Do = "create",
                Type = "incident",
                Summary = "Check {{ticket.summary}}",
            }
        );
        var ticket = (await host.OpenAsync("Printer")).State;
        await host.Grains.SendAsync(ticket.Id, TestConfiguration.Transition("start"));
        var taken = await LastAsync(host, ticket.Id);

        // A node that dies after the effects and before its cursor moved does it all again.
        await ReactToAsync(host, taken);
        await ReactToAsync(host, taken);

        var after = (await host.EventsAsync(ticket.Id)).Where(one => one.Position > taken.Position).ToList();
        Assert.Equal(["started"], (await NowAsync(host, ticket.Id)).Labels);
        Assert.Equal(
            $"Begun by {ticket.Key}",
            Assert.Single(after.Select(one => one.Event).OfType<InternalNoteAdded>()).Body
        );
        Assert.All(after, one => Assert.Equal(((long?)taken.Position, 1), (one.Cause, one.Depth)));
        Assert.All(
            after,
            one => Assert.Equal((ActorKind.Rule, "workflow:incident:start"), (one.Actor.Kind, one.Actor.Name))
        );
        var run = Assert.Single(await RunsAsync(host, "workflow:incident:start"));
        var made = await NowAsync(host, Assert.Single(run.Detail.Actions.Select(done => done.Made).OfType<TicketId>()));
        Assert.Equal(("Check Printer", ticket.Requester), (made.Summary, made.Requester));
    }

    [Fact]
    public async Task A_workflow_that_goes_in_a_circle_by_itself_is_stopped()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);
        Follow(host, "resolve", new RuleAction { Do = "transition", To = "again" });
        Follow(host, "again", new RuleAction { Do = "transition", To = "resolve" });
        var ticket = (await host.OpenAsync()).State;
        await host.Grains.SendAsync(ticket.Id, TestConfiguration.Transition("resolve"));

        for (var read = 0L; read < (await LastAsync(host, ticket.Id)).Version; )
        {
            var next = (await host.EventsAsync(ticket.Id)).First(one => one.Version == read + 1);
            await ReactToAsync(host, next);
            read = next.Version;
        }

        var ways = (await host.EventsAsync(ticket.Id)).Select(one => one.Event).OfType<StatusChanged>().ToList();
        Assert.Equal(["resolve", "again", "resolve"], ways.Select(way => way.Transition));
    }

    [Fact]
    public async Task It_is_done_as_the_workflow_said_when_the_ticket_took_it()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);
        Follow(host, "start", Label("then"));
        var ticket = (await host.OpenAsync()).State;
        await host.Grains.SendAsync(ticket.Id, TestConfiguration.Transition("start"));
        var taken = await LastAsync(host, ticket.Id);

        await ReactToAsync(host, taken);
        Follow(host, "start", Label("now"));
        var other = (await host.OpenAsync()).State;
        await ReactToAsync(host, await LastAsync(host, other.Id));

        Assert.Equal(["then"], (await NowAsync(host, ticket.Id)).Labels);
        Assert.Empty((await NowAsync(host, other.Id)).Labels);
    }

    private static Task ReactToAsync(HostUnderTest host, RecordedEvent recorded) =>
        ActivatorUtilities
            .CreateInstance<TransitionReaction>(host.Services)
            .ReactAsync(recorded, CancellationToken.None);

    private static void Follow(HostUnderTest host, string transition, params ReadOnlySpan<RuleAction> then)
    {
        var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
        configuration.Snapshot.TryGet<WorkflowDocument>("incident", out var workflow);
        var actions = ValueList.Create(then);
        var ways = workflow!.Transitions;
        if (ways.All(way => way.Id != transition))
        {
            var way = new WorkflowTransition
            {
                Id = transition,
                Name = LocalizedText.Of(transition),
                From = ["resolved"],
                To = "in-progress",
            };
            ways = ways.Add(way);
        }

        configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot).With(
            workflow with
            {
                Transitions = ways.Select(way => way.Id == transition ? way with { Then = actions } : way)
                    .ToValueList(),
            }
        );
    }
}
