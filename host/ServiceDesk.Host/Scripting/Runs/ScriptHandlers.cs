using System.Globalization;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>
/// Runs the scripts that handle an event. What a script does wrong is noted with its run and not tried again, since it would
/// do the same again; a worker or database that went away is, and the keys of the commands see to it that nothing happens twice.
/// </summary>
public sealed class ScriptHandlers(
    IScriptRunner scripts,
    IScriptStore store,
    ICurrentConfiguration configuration,
    EventCatalog events
) : IReaction
{
    /// <summary>The name of the reaction's cursor.</summary>
    public const string Name = "scripts.handlers";

    /// <summary>What its runs are noted as; of these, each event has one of each script.</summary>
    public const string Use = "handler";

    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        var current = configuration.Snapshot;
        var name = EventNames.Without(events.NameOf(@event.Event));
        foreach (var script in current.All<ScriptDocument>().Where(script => Handles(script, name)))
        {
            if (!await store.HasRunAsync(script.Id, @event.Position, cancellation))
            {
                var version = current.VersionOf<ScriptDocument>(script.Id);
                await scripts.RunAsync(script, version, Occasion(script, @event), cancellation);
            }
        }
    }

    private static bool Handles(ScriptDocument script, string @event) =>
        script is { Enabled: true, Use: ScriptUse.Handler } && script.Events.Contains(@event, StringComparer.Ordinal);

    private static ScriptOccasion Occasion(ScriptDocument script, RecordedEvent @event) =>
        new(Use)
        {
            Ticket = @event.Ticket,
            Event = @event,
            KeyPrefix = string.Create(CultureInfo.InvariantCulture, $"script:{script.Id}:{@event.Position}"),
        };
}
