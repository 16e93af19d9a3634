using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Makes for each run what answers its calls and takes its commands.</summary>
public sealed class ScriptDoors(
    TicketDecisions decisions,
    ITicketGrains grains,
    ITicketStore store,
    ScriptApi api,
    ITicketQueries queries,
    PluginCatalog plugins,
    TextCatalogue texts,
    IServiceScopeFactory scopes
)
{
    /// <summary>Commands are committed.</summary>
    public ICommandDoor Committing() => new CommittingDoor(grains);

    /// <summary>Commands are decided only.</summary>
    public TrialDoor Trial() => new(decisions, grains, store);

    /// <summary>What answers the calls of a run.</summary>
    public ScriptCalls Calls(ScriptActor actor, ICommandDoor door) =>
        new(actor, door, api, queries, plugins, texts, scopes);
}
