using System.Globalization;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace TestPlugins.RunsInCircles;

public sealed class RunsInCirclesPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder) => builder.AddReaction<CirclingReaction>("circling");
}

/// <summary>Answers its own notes. The limit of depth ends that with a dead letter at once, where a failure would be retried for an hour.</summary>
public sealed class CirclingReaction(ITicketGrains grains) : IReaction
{
    public const string Word = "in circles";

    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if (@event.Event is InternalNoteAdded note && note.Body == Word)
        {
            await grains.SendAsync(
                @event.Ticket,
                new CommandEnvelope(new AddInternalNote(Word, []), Actor.System)
                {
                    Cause = @event.Position,
                    Depth = @event.Depth + 1,
                    IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"circling:{@event.Position}"),
                },
                cancellation
            );
        }
    }
}
