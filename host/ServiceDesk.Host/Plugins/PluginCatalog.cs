using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins;

/// <summary>The plugins of this process, as they were loaded at start. Immutable but for health and switching off.</summary>
public sealed class PluginCatalog
{
    internal PluginCatalog(IReadOnlyList<InstalledPlugin> all, IReadOnlyList<InstalledPlugin> loaded)
    {
        All = all;
        Loaded = loaded;
        Facts = [.. loaded.SelectMany(plugin => plugin.Contents!.Facts)];
        Extensions = Combine([.. loaded.Select(plugin => plugin.Contents!)]);
    }

    /// <summary>Every plugin that was found, by id.</summary>
    public IReadOnlyList<InstalledPlugin> All { get; }

    /// <summary>Those that work, each behind its dependencies.</summary>
    public IReadOnlyList<InstalledPlugin> Loaded { get; }

    /// <summary>What they add to the model of a ticket, with the product's own events.</summary>
    public TicketExtensions Extensions { get; }

    /// <summary>Their permissions.</summary>
    public IEnumerable<PermissionDefinition> Permissions => Contents.SelectMany(contents => contents.Permissions);

    /// <summary>Which documents their tickets use.</summary>
    public IEnumerable<DocumentUseDefinition> DocumentUses => Contents.SelectMany(contents => contents.DocumentUses);

    /// <summary>What sets rules off.</summary>
    public IEnumerable<RuleTriggerDefinition> RuleTriggers => Contents.SelectMany(contents => contents.RuleTriggers);

    /// <summary>What rules can do.</summary>
    public IEnumerable<RuleActionDefinition> RuleActions => Contents.SelectMany(contents => contents.RuleActions);

    /// <summary>How they relate tickets, for rules.</summary>
    public IEnumerable<RelationDefinition> Relations => Contents.SelectMany(contents => contents.Relations);

    /// <summary>Whom rules can tell by their words.</summary>
    public IEnumerable<RecipientRegistration> Recipients => Contents.SelectMany(contents => contents.Recipients);

    /// <summary>What the search box finds beside tickets.</summary>
    public IEnumerable<SearchSourceRegistration> SearchSources =>
        Contents.SelectMany(contents => contents.SearchSources);

    /// <summary>Their reactions.</summary>
    public IEnumerable<ReactionRegistration> Reactions => Contents.SelectMany(contents => contents.Reactions);

    /// <summary>Their sources of facts.</summary>
    public IReadOnlyList<FactRegistration> Facts { get; }

    /// <summary>Their jobs.</summary>
    public IEnumerable<JobRegistration> Jobs => Contents.SelectMany(contents => contents.Jobs);

    /// <summary>Their projections.</summary>
    public IEnumerable<ProjectionRegistration> Projections => Contents.SelectMany(contents => contents.Projections);

    /// <summary>Their links of an area that are shown now, in order.</summary>
    public IEnumerable<NavigationItem> Navigation(NavigationArea area) =>
        Loaded
            .Where(plugin => plugin.IsActive)
            .SelectMany(plugin => plugin.Contents!.Navigation)
            .Where(item => item.Area == area)
            .OrderBy(item => item.Order);

    /// <summary>The folders of documents that they bring, with the plugin's id.</summary>
    public IEnumerable<(string Plugin, string Folder)> ConfigurationFolders =>
        Loaded
            .Select(plugin => (plugin.Id, Folder: Path.Combine(plugin.Folder, "configuration")))
            .Where(found => Directory.Exists(found.Folder));

    /// <summary>Whether a plugin's handlers are called now.</summary>
    public bool IsActive(string plugin) => Find(plugin) is { IsActive: true };

    /// <summary>Whether a reaction is to be left alone now: it failed too often in a row, or its plugin is switched off. Its cursor waits.</summary>
    public bool IsResting(ReactionRegistration reaction) =>
        Find(reaction.Plugin) is not { IsActive: true } plugin || plugin.Health.IsPaused(reaction.Handler);

    /// <summary>The plugin with this id, whatever became of it; null when none was found at start.</summary>
    public InstalledPlugin? Find(string plugin) => All.FirstOrDefault(other => other.Id == plugin);

    private IEnumerable<PluginContents> Contents => Loaded.Select(plugin => plugin.Contents!);

    private static TicketExtensions Combine(IReadOnlyList<PluginContents> contents)
    {
        var product = TicketExtensions.None;
        return new TicketExtensions
        {
            Facets = contents.SelectMany(c => c.Facets).ToDictionary(facet => facet.Id, StringComparer.Ordinal),
            Events = product
                .Events.Concat(contents.SelectMany(c => c.Events))
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            Deciders = new Dictionary<Type, Func<TicketState, TicketCommand, DecisionContext, Decision>>(
                contents.SelectMany(c => c.Deciders)
            ),
            Policies = [.. contents.SelectMany(c => c.Policies)],
            QueryFields = [.. product.QueryFields, .. contents.SelectMany(c => c.QueryFields)],
            QueryFunctions = [.. product.QueryFunctions, .. contents.SelectMany(c => c.QueryFunctions)],
        };
    }
}
