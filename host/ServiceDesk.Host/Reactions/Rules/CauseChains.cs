using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>From an event back to the act of a person, or of time, that began it: by which events, of which rules.</summary>
public sealed class CauseChains(IEventLog log, EventCatalog catalog)
{
    // The grain refuses deeper ones.
    private const int Longest = 12;

    /// <summary>The chain, the event itself first.</summary>
    public async Task<ValueList<CauseLink>> OfAsync(RecordedEvent recorded, CancellationToken cancellation)
    {
        var chain = new List<CauseLink>();
        var current = recorded;
        while (true)
        {
            chain.Add(Link(current));
            if (current.Cause is not { } cause || chain.Count == Longest)
            {
                return chain.ToValueList();
            }

            var found = await log.ReadAsync(cause - 1, 1, cancellation);
            if (found is not [var before] || before.Position != cause)
            {
                return chain.ToValueList();
            }

            current = before;
        }
    }

    private CauseLink Link(RecordedEvent recorded) =>
        new(
            recorded.Position,
            recorded.Ticket,
            catalog.NameOf(recorded.Event),
            recorded.Actor.Kind == ActorKind.Rule ? recorded.Actor.Name : null,
            recorded.Actor.Kind is ActorKind.Script or ActorKind.Plugin ? recorded.Actor.Name : null
        );
}
