using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>What a move would be decided to, without being made.</summary>
/// <param name="Refusals">Why it would be refused.</param>
/// <param name="After">The ticket as it would be, clocks included, with a key that it will not get; what is still to be filled in does not hinder this. Null when it cannot be moved there at all.</param>
public sealed record MoveTrial(IReadOnlyList<Refusal> Refusals, TicketSnapshot? After);

/// <summary>Tries moves: the decision is that of the ticket, and nothing is kept of it.</summary>
public sealed class MoveTrials(TicketDecisions decisions, ITicketStore store)
{
    /// <summary>Tries a move of somebody.</summary>
    public async Task<MoveTrial> TryAsync(
        TicketSnapshot ticket,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        using var reserved = new Reserved(store);
        var asked = await decisions.StepAsync(ticket, envelope, reserved, cancellation);
        if (asked.Refusals.Count == 0)
        {
            return new MoveTrial([], asked.After);
        }

        // Only where nothing but the form stands in the way: of desks that are none of one's business nothing is told.
        if (asked.Refusals.Any(refusal => refusal.Code != RefusalCodes.FieldRequired))
        {
            return new MoveTrial(asked.Refusals, null);
        }

        // The product fills no forms: so it is known what clocks will do before the form is filled.
        var product = new CommandEnvelope(envelope.Command, Actor.System);
        var bare = await decisions.StepAsync(ticket, product, reserved, cancellation);
        return new MoveTrial(asked.Refusals, bare.Refusals.Count == 0 ? bare.After : null);
    }
}
