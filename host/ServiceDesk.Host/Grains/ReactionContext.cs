using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Grains;

/// <summary>
/// The event that a reaction is reacting to, for everything it calls. Commands sent from within carry it as their cause
/// even when the reaction forgot to say so; else it could run in a circle that nobody counts.
/// </summary>
public sealed class ReactionContext
{
    private static readonly AsyncLocal<ReactionContext?> Ambient = new();
    private readonly RecordedEvent @event;
    private volatile bool ranInCircle;

    private ReactionContext(RecordedEvent @event) => this.@event = @event;

    /// <summary>Whether a command was refused because too many reactions lay between it and a person's act.</summary>
    public bool RanInCircle => ranInCircle;

    /// <summary>Everything that is called from here on, in this flow, belongs to a reaction to the event.</summary>
    public static ReactionContext Enter(RecordedEvent @event)
    {
        var context = new ReactionContext(@event);
        Ambient.Value = context;
        return context;
    }

    /// <summary>The reaction has told of the circle itself: it is not a failure of the reaction.</summary>
    public static void CircleIsReported()
    {
        if (Ambient.Value is { } reaction)
        {
            reaction.ranInCircle = false;
        }
    }

    /// <summary>The envelope with cause and depth where it is sent from within a reaction.</summary>
    internal static CommandEnvelope Sign(CommandEnvelope envelope) =>
        Ambient.Value is { } reaction
            ? envelope with
            {
                Cause = envelope.Cause ?? reaction.@event.Position,
                Depth = Math.Max(envelope.Depth, reaction.@event.Depth + 1),
            }
            : envelope;

    /// <summary>A no; remembered when it says that reactions run in a circle.</summary>
    internal static GrainAnswer Refuse(ValueList<Refusal> refusals)
    {
        if (Ambient.Value is { } reaction && refusals.Any(refusal => refusal.Code == RefusalCodes.Loop))
        {
            reaction.ranInCircle = true;
        }

        return GrainAnswer.Refused(refusals);
    }
}
