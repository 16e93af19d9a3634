using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Reactions.Transitions;

/// <summary>
/// Does what follows a transition, each effect once, by the same machinery as rules and under the workflow by which the ticket
/// took it; records the run beside theirs. Imported history sets off nothing.
/// </summary>
public sealed class TransitionReaction(
    PastConfigurations past,
    TicketsAsTheyWere tickets,
    RuleRunner runner,
    IRuleRuns runs
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.transitions";

    /// <inheritdoc/>
    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if (@event is not { Event: StatusChanged changed, Actor.Kind: not ActorKind.Import })
        {
            return;
        }

        var configuration = await past.AtAsync(@event.ConfigurationRevision, cancellation);
        // No ticket is read for the many transitions after which nothing follows.
        if (
            !configuration.IsFollowed(changed.Transition)
            || await tickets.AfterAsync(@event, cancellation) is not { } seen
            || seen.State.ImportedUntil >= @event.At
            || configuration.WorkflowOf(seen.State.Type) is not { } workflow
            || TransitionRules.Of(workflow, changed.Transition) is not { } rule
        )
        {
            return;
        }

        // What was done before a crash is done once: every action has a key of its own.
        var occasion = new RuleOccasion(
            rule,
            rule.When[0],
            $"event:{@event.Position}",
            @event,
            seen,
            @event.At,
            configuration
        );
        var run = await runner.RunAsync(occasion, cancellation);
        await runs.SaveAsync([run], [], [], cancellation);
    }
}
