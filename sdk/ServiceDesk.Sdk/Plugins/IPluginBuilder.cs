using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// Registers what a plugin brings. Besides this, by convention of its folder: <c>configuration/*.yaml</c> are documents that
/// are written at first start and never overwritten after an administrator changed them; <c>wwwroot/</c> is served under
/// <c>/plugins/ID/</c>; compiled Razor Pages live under <c>/plugins/ID/</c>, each with a policy.
/// Every method gives the builder back. What breaks a rule told here stops the plugin from loading, with the reason shown in
/// the administration; nothing of it then counts.
/// </summary>
public interface IPluginBuilder
{
    /// <summary>The plugin's manifest.</summary>
    PluginManifest Manifest { get; }

    /// <summary>The product's services: register own ones, take the ports of the SDK in constructors. A registration that would replace a port or service of the product is refused.</summary>
    IServiceCollection Services { get; }

    /// <summary>A part of the state of tickets that this plugin owns.</summary>
    /// <param name="facet">One object for all tickets and threads; its id is the plugin's, or that with a dot and a word.</param>
    IPluginBuilder AddFacet<TFacet>(Facet<TFacet> facet)
        where TFacet : class;

    /// <summary>An event of this plugin, so that it can be stored and read. Needs <see cref="StoredNameAttribute"/> with a name that begins with the plugin's id and a dot.</summary>
    IPluginBuilder AddEvent<TEvent>()
        where TEvent : TicketEvent;

    /// <summary>A command of this plugin, with the one that decides it. Not for commands of the product.</summary>
    /// <param name="decider">One object for all tickets and threads; the only one for its command.</param>
    IPluginBuilder AddCommand<TCommand>(ICommandDecider<TCommand> decider)
        where TCommand : TicketCommand;

    /// <summary>A part in every decision: may refuse, and may add events that follow from those decided.</summary>
    /// <param name="policy">One object for all tickets and threads. Policies are asked in the order of plugins and registration.</param>
    IPluginBuilder AddTicketPolicy(ITicketPolicy policy);

    /// <summary>What is looked up before decisions; deciders and policies read it by <see cref="DecisionContext.Fact{TFact}"/>.</summary>
    IPluginBuilder AddFacts<TFact, TSource>()
        where TFact : class
        where TSource : class, IFactSource<TFact>;

    /// <summary>Something that happens after a commit.</summary>
    /// <param name="name">Lower-case words with dashes, at most 60 characters, unique in the plugin. Names the reaction's place in the log: under a new name it begins anew with the events to come.</param>
    IPluginBuilder AddReaction<TReaction>(string name)
        where TReaction : class, IReaction;

    /// <summary>Work that is done again and again.</summary>
    /// <param name="name">Lower-case words with dashes, unique in the plugin.</param>
    /// <param name="every">From the end of one run to the next, at least a minute. The first run comes within a minute after the first start.</param>
    IPluginBuilder AddJob<TJob>(string name, Duration every)
        where TJob : class, IJob;

    /// <summary>What the plugin brings to the demo.</summary>
    IPluginBuilder AddDemoData<TDemoData>()
        where TDemoData : class, IDemoData;

    /// <summary>Tables that are kept from the log.</summary>
    /// <param name="name">Lower-case words with dashes, unique in the plugin.</param>
    IPluginBuilder AddProjection<TProjection>(string name)
        where TProjection : class, IProjection;

    /// <summary>Something that reports can count. Its id begins with the plugin's id and a dot.</summary>
    IPluginBuilder AddReportSeries(ReportSeriesDefinition series);

    /// <summary>A link in the main navigation of an area, for people with its permission.</summary>
    IPluginBuilder AddNavigation(NavigationItem item);

    /// <summary>A name for the query language.</summary>
    /// <param name="field">Its name must be free: not the product's and no other plugin's.</param>
    IPluginBuilder AddQueryField(QueryFieldDefinition field);

    /// <summary>A condition of the shape <c>name(argument)</c> for the query language.</summary>
    /// <param name="function">Its name must be free, in either case. What its functions throw is counted and has no words.</param>
    IPluginBuilder AddQueryFunction(QueryFunctionDefinition function);

    /// <summary>Which tickets use the documents of a kind.</summary>
    /// <param name="use">Its query function is one of this plugin, registered before.</param>
    IPluginBuilder AddDocumentUse(DocumentUseDefinition use);

    /// <summary>Something that sets rules off. Its id begins with the plugin's id and a dot.</summary>
    IPluginBuilder AddRuleTrigger(RuleTriggerDefinition trigger);

    /// <summary>Something that rules can do. Its id begins with the plugin's id and a dot.</summary>
    IPluginBuilder AddRuleAction(RuleActionDefinition action);

    /// <summary>A kind of relation between tickets, for rules. Its id begins with the plugin's id and a dot.</summary>
    IPluginBuilder AddRelation(RelationDefinition relation);

    /// <summary>People whom rules and escalation levels can tell by a word. Its id begins with the plugin's id and a dot.</summary>
    /// <typeparam name="TSource">Who looks them up.</typeparam>
    IPluginBuilder AddRecipient<TSource>(RecipientDefinition recipient)
        where TSource : class, IRecipientSource;

    /// <summary>Things that the search box finds beside tickets. The definition's id begins with the plugin's id and a dot.</summary>
    /// <typeparam name="TSource">Who finds them.</typeparam>
    IPluginBuilder AddSearchSource<TSource>(SearchSourceDefinition source)
        where TSource : class, ISearchSource;

    /// <summary>A permission, with the roles that have it at first. It is also an authorization policy of the same name, for pages and routes.</summary>
    /// <param name="permission">Its id begins with the plugin's id and a dot.</param>
    IPluginBuilder AddPermission(PermissionDefinition permission);

    /// <summary>Settings that an administrator may change: a class with a parameterless constructor whose public properties are drawn, validated (data annotations) and saved as one document. Once a plugin; types of properties as <see cref="SettingsText.CanHold"/> tells. Read them with <see cref="IPluginSettings{TSettings}"/>, in decisions with <see cref="Configuration.PluginSettingsReading"/>.</summary>
    /// <typeparam name="TSettings">Labels are the text keys of <c>[Display(Name, Description)]</c>.</typeparam>
    IPluginBuilder AddSettings<TSettings>()
        where TSettings : class, new();

    /// <summary>A partial view, compiled in the plugin, shown at a named place of a host page. One that throws or takes longer than 5 seconds shows nothing and is counted; the page stands.</summary>
    /// <param name="slot">One of <see cref="Slots"/>.</param>
    /// <param name="view">Path of the view, such as <c>/plugins/incidents/_MajorBanner.cshtml</c>; its model is the slot's.</param>
    /// <param name="order">Place among the views of the slot, smaller first.</param>
    IPluginBuilder AddSlotView(string slot, string view, int order = 100);

    /// <summary>Functions that scripts may call under the plugin's id.</summary>
    /// <param name="module">The description with the code behind it; its name is the plugin's id in camelCase.</param>
    IPluginBuilder AddScriptModule(ScriptModule module);

    /// <summary>API routes under <c>/api/v1/plugins/ID/</c>. Each must name a policy or permission; one that does not stops the plugin from loading. A request may take 30 seconds; what throws is a problem (500) that names the plugin.</summary>
    /// <param name="map">Maps the routes, relative to that path.</param>
    IPluginBuilder AddApi(Action<IEndpointRouteBuilder> map);

    /// <summary>Sentences of this plugin: a class whose full name is the base name of <c>.resx</c> files in the plugin's assembly, with at least English and Korean. Every key begins with the plugin's id and a dot.</summary>
    /// <typeparam name="TTexts">An empty class beside <c>TTexts.resx</c> and <c>TTexts.ko.resx</c>.</typeparam>
    IPluginBuilder AddTexts<TTexts>()
        where TTexts : class;
}
