using System.Reflection;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Pages.Slots;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>Everything that a plugin registered, with its handlers guarded. Filled while it loads, read-only afterwards.</summary>
public sealed class PluginContents(Assembly assembly)
{
    /// <summary>The entry assembly.</summary>
    public Assembly Assembly { get; } = assembly;

    /// <summary>Its services, merged into the product's when it has loaded.</summary>
    public ServiceCollection Services { get; } = [];

    public List<FacetModel> Facets { get; } = [];
    public Dictionary<string, Type> Events { get; } = new(StringComparer.Ordinal);
    public Dictionary<Type, Func<TicketState, TicketCommand, DecisionContext, Decision>> Deciders { get; } = [];
    public List<ITicketPolicy> Policies { get; } = [];
    public List<FactRegistration> Facts { get; } = [];
    public List<ReactionRegistration> Reactions { get; } = [];
    public List<JobRegistration> Jobs { get; } = [];
    public List<ProjectionRegistration> Projections { get; } = [];
    public List<ReportSeriesDefinition> ReportSeries { get; } = [];
    public List<NavigationItem> Navigation { get; } = [];
    public List<QueryFieldDefinition> QueryFields { get; } = [];
    public List<QueryFunctionDefinition> QueryFunctions { get; } = [];
    public List<DocumentUseDefinition> DocumentUses { get; } = [];
    public List<RuleTriggerDefinition> RuleTriggers { get; } = [];
    public List<RuleActionDefinition> RuleActions { get; } = [];
    public List<RelationDefinition> Relations { get; } = [];
    public List<RecipientRegistration> Recipients { get; } = [];
    public List<SearchSourceRegistration> SearchSources { get; } = [];
    public List<PermissionDefinition> Permissions { get; } = [];
    public List<SlotView> SlotViews { get; } = [];
    public List<Action<IEndpointRouteBuilder>> Apis { get; } = [];
    public List<TextSource> Texts { get; } = [];
    public ScriptModule? ScriptModule { get; set; }
    public Type? Settings { get; set; }
    public Type? DemoData { get; set; }
}

/// <summary>A source of facts of a plugin.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Handler">Its name in the plugin's health.</param>
/// <param name="FindAsync">Asks it, resolved from a scope of its own for each command.</param>
public sealed record FactRegistration(
    string Plugin,
    string Handler,
    Func<IServiceProvider, TicketState?, CommandEnvelope, CancellationToken, ValueTask<object?>> FindAsync
);

/// <summary>People whom a plugin lets rules tell by a word.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Definition">The word.</param>
/// <param name="Source">Who looks them up, resolved from a scope of its own for each question.</param>
public sealed record RecipientRegistration(string Plugin, RecipientDefinition Definition, Type Source)
{
    /// <summary>Its name in the plugin's health.</summary>
    public string Handler => $"recipient {Definition.Id}";
}

/// <summary>Things that the search box finds beside tickets.</summary>
/// <param name="Plugin">The plugin's id; null for the product's own.</param>
/// <param name="Definition">What they are.</param>
/// <param name="Source">Who finds them, resolved from a scope of its own for each question.</param>
public sealed record SearchSourceRegistration(string? Plugin, SearchSourceDefinition Definition, Type Source)
{
    /// <summary>Its name in the plugin's health.</summary>
    public string Handler => $"search {Definition.Id}";
}

/// <summary>A job of a plugin.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Name">Unique in the plugin.</param>
/// <param name="Type">Resolved from a scope of its own for each run.</param>
/// <param name="Every">From the end of a run to the next.</param>
public sealed record JobRegistration(string Plugin, string Name, Type Type, Duration Every)
{
    /// <summary>Its name in the plugin's health.</summary>
    public string Handler => $"job {Name}";

    /// <summary>The name of the cursor that remembers its last run.</summary>
    public string Cursor => $"{Plugin}.{Name}.job";
}

/// <summary>A projection of a plugin.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Name">Unique in the plugin.</param>
/// <param name="Type">Resolved from a scope of its own for each batch.</param>
public sealed record ProjectionRegistration(string Plugin, string Name, Type Type)
{
    /// <summary>Its name in the plugin's health.</summary>
    public string Handler => $"projection {Name}";

    /// <summary>The name of the cursor whose lease says which node feeds it.</summary>
    public string Cursor => $"{Plugin}.{Name}.projection";
}

/// <summary>A reaction of a plugin.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Name">Unique in the plugin; with the id it names the reaction's durable cursor: <c>incidents.notify</c>.</param>
/// <param name="Type">Resolved from a scope of its own for each call.</param>
public sealed record ReactionRegistration(string Plugin, string Name, Type Type)
{
    /// <summary>Its name in the plugin's health.</summary>
    public string Handler => $"reaction {Name}";

    /// <summary>The name of its cursor.</summary>
    public string Cursor => $"{Plugin}.{Name}";
}
