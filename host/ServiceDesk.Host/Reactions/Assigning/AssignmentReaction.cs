using ServiceDesk.Core.Duty;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Reactions.Assigning;

/// <summary>
/// Gives tickets to agents that are opened, or come to another team or desk, without one. An agent who gives a ticket back to
/// the own team is not asked again: somebody decided that. Imported history is left alone.
/// </summary>
public sealed class AssignmentReaction(Assigner assigner, IEventLog log, ICurrentConfiguration configuration)
    : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.assignment";

    /// <inheritdoc/>
    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if (
            @event.Actor.Kind == ActorKind.Import
            || !Assignments.InOrder(configuration.Snapshot).Any(policy => policy.Enabled)
        )
        {
            return;
        }

        var isCalled = @event.Event switch
        {
            TicketOpened { Assignee: null } => true,
            TicketMoved => true,
            // What a policy decided is no reason to decide again.
            TicketAssigned { Assignee: null, Team: not null } => @event.Actor.Kind != ActorKind.System
                && await IsOtherTeamAsync(@event, cancellation),
            _ => false,
        };
        if (isCalled)
        {
            await assigner.AssignAsync(@event.Ticket, @event.Position, @event.Depth, cancellation);
        }
    }

    private async Task<bool> IsOtherTeamAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        TeamId? team = null;
        foreach (var before in await log.ReadTicketAsync(@event.Ticket, cancellation))
        {
            if (before.Version >= @event.Version)
            {
                break;
            }

            team = before.Event switch
            {
                TicketOpened opened => opened.Team,
                TicketAssigned assigned => assigned.Team,
                _ => team,
            };
        }

        return team != ((TicketAssigned)@event.Event).Team;
    }
}
