using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Uses;

/// <summary>
/// Runs the script that follows a transition, after the commit. What the script does wrong is noted with its run and not tried
/// again; the ticket stays where it went. Imported history sets off nothing.
/// </summary>
public sealed class TransitionFollowers(
    IScriptRunner scripts,
    ITicketGrains grains,
    ICurrentConfiguration configuration
) : IReaction
{
    /// <summary>The name of the reaction's cursor.</summary>
    public const string Name = "scripts.transitions";

    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if (@event is not { Event: StatusChanged changed, Actor.Kind: not ActorKind.Import })
        {
            return;
        }

        if (
            await grains.GetAsync(@event.Ticket, cancellation) is { } ticket
            && configuration.Snapshot.WorkflowOf(ticket.State.Type) is { } workflow
            && workflow.Transitions.FirstOrDefault(way => way.Id == changed.Transition)?.Scripts?.After is { } script
        )
        {
            await scripts.RunAsync(script, Occasion(script, @event, changed), cancellation);
        }
    }

    private static ScriptOccasion Occasion(string script, RecordedEvent @event, StatusChanged changed) =>
        new("transition-after")
        {
            Ticket = @event.Ticket,
            Event = @event,
            Argument = JsonSerializer.SerializeToElement(
                new
                {
                    transition = changed.Transition,
                    from = changed.From,
                    to = changed.To,
                    resolution = changed.Resolution,
                }
            ),
            KeyPrefix = string.Create(CultureInfo.InvariantCulture, $"script:{script}:{@event.Position}:after"),
        };
}
