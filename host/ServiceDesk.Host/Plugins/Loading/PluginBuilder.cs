using System.Reflection;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Pages.Slots;
using ServiceDesk.Host.Plugins.Background;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>
/// Collects what a plugin registers, into a collection of its own: a plugin that throws half-way leaves nothing behind. Names
/// that do not begin with the plugin's id are refused here, handlers are guarded here.
/// </summary>
public sealed class PluginBuilder(PluginManifest manifest, PluginContents contents, PluginHealth health)
    : IPluginBuilder
{
    private static readonly Duration ShortestJob = Duration.FromMinutes(1);

    public PluginManifest Manifest { get; } = manifest;

    public IServiceCollection Services => contents.Services;

    public IPluginBuilder AddFacet<TFacet>(Facet<TFacet> facet)
        where TFacet : class
    {
        Require(facet.Id == Manifest.Id || HasPrefix(facet.Id), "plugins.reason.bad-prefix", facet.Id);
        Require(contents.Facets.TrueForAll(other => other.Id != facet.Id), "plugins.reason.double", facet.Id);
        contents.Facets.Add(GuardedFacet.Around(FacetModel.Of(facet), health));
        return this;
    }

    public IPluginBuilder AddEvent<TEvent>()
        where TEvent : TicketEvent
    {
        var name = typeof(TEvent).GetCustomAttribute<StoredNameAttribute>(inherit: false);
        Require(name is not null, "plugins.reason.event-without-name", typeof(TEvent).Name);
        Require(HasPrefix(name!.Name), "plugins.reason.bad-prefix", name.Name);
        Require(contents.Events.TryAdd(name.ToString(), typeof(TEvent)), "plugins.reason.double", name.ToString());
        return this;
    }

    public IPluginBuilder AddCommand<TCommand>(ICommandDecider<TCommand> decider)
        where TCommand : TicketCommand
    {
        Require(
            typeof(TCommand).Assembly != typeof(TicketCommand).Assembly,
            "plugins.reason.product-command",
            typeof(TCommand).Name
        );
        var added = contents.Deciders.TryAdd(typeof(TCommand), GuardedDecider.Around(decider, health));
        Require(added, "plugins.reason.double", typeof(TCommand).Name);
        return this;
    }

    public IPluginBuilder AddTicketPolicy(ITicketPolicy policy)
    {
        contents.Policies.Add(new GuardedPolicy(policy, health));
        return this;
    }

    public IPluginBuilder AddFacts<TFact, TSource>()
        where TFact : class
        where TSource : class, IFactSource<TFact>
    {
        var handler = $"facts {typeof(TFact).Name}";
        Require(contents.Facts.TrueForAll(other => other.Handler != handler), "plugins.reason.double", handler);
        contents.Services.AddScoped<TSource>();
        contents.Facts.Add(
            new FactRegistration(
                Manifest.Id,
                handler,
                async (services, before, envelope, cancellation) =>
                    await services.GetRequiredService<TSource>().FindAsync(before, envelope, cancellation)
            )
        );
        return this;
    }

    public IPluginBuilder AddReaction<TReaction>(string name)
        where TReaction : class, IReaction
    {
        Require(IsWord(name), "plugins.reason.bad-name", name);
        var guarded = typeof(GuardedReaction<TReaction>);
        Require(
            contents.Reactions.TrueForAll(other => other.Name != name && other.Type != guarded),
            "plugins.reason.double",
            name
        );
        contents.Services.AddScoped<TReaction>();
        contents.Reactions.Add(new ReactionRegistration(Manifest.Id, name, guarded));
        return this;
    }

    public IPluginBuilder AddJob<TJob>(string name, Duration every)
        where TJob : class, IJob
    {
        Require(IsWord(name), "plugins.reason.bad-name", name);
        Require(every >= ShortestJob, "plugins.reason.job-too-often", name);
        Require(contents.Jobs.TrueForAll(other => other.Name != name), "plugins.reason.double", name);
        contents.Services.AddScoped<TJob>();
        contents.Jobs.Add(new JobRegistration(Manifest.Id, name, typeof(TJob), every));
        return this;
    }

    public IPluginBuilder AddDemoData<TDemoData>()
        where TDemoData : class, IDemoData
    {
        Require(contents.DemoData is null, "plugins.reason.double", typeof(TDemoData).Name);
        contents.Services.AddScoped<TDemoData>();
        contents.DemoData = typeof(TDemoData);
        return this;
    }

    public IPluginBuilder AddProjection<TProjection>(string name)
        where TProjection : class, IProjection
    {
        Require(IsWord(name), "plugins.reason.bad-name", name);
        Require(contents.Projections.TrueForAll(other => other.Name != name), "plugins.reason.double", name);
        contents.Services.AddScoped<TProjection>();
        contents.Projections.Add(new ProjectionRegistration(Manifest.Id, name, typeof(TProjection)));
        return this;
    }

    public IPluginBuilder AddReportSeries(ReportSeriesDefinition series)
    {
        Require(HasPrefix(series.Id) && series.Id.Length <= 60, "plugins.reason.bad-prefix", series.Id);
        Require(contents.ReportSeries.TrueForAll(other => other.Id != series.Id), "plugins.reason.double", series.Id);
        contents.ReportSeries.Add(GuardedReportSeries.Around(series, health));
        return this;
    }

    public IPluginBuilder AddNavigation(NavigationItem item)
    {
        var prefix = $"/plugins/{Manifest.Id}/";
        Require(item.Path.StartsWith(prefix, StringComparison.Ordinal), "plugins.reason.bad-prefix", item.Path);
        contents.Navigation.Add(item);
        return this;
    }

    public IPluginBuilder AddQueryField(QueryFieldDefinition field)
    {
        Require(IsWord(field.Name), "plugins.reason.bad-name", field.Name);
        contents.QueryFields.Add(GuardedQueryField.Around(field, health));
        return this;
    }

    public IPluginBuilder AddQueryFunction(QueryFunctionDefinition function)
    {
        var isName =
            function.Name.Length is > 0 and <= 40
            && char.IsAsciiLetterLower(function.Name[0])
            && function.Name.All(char.IsAsciiLetter);
        Require(isName, "plugins.reason.bad-name", function.Name);
        contents.QueryFunctions.Add(GuardedQueryFunction.Around(function, health));
        return this;
    }

    public IPluginBuilder AddDocumentUse(DocumentUseDefinition use)
    {
        Require(DocumentKinds.All.Contains(use.Kind), "plugins.reason.no-kind", use.Kind);
        Require(
            contents.QueryFunctions.Exists(function => function.Name == use.Function),
            "plugins.reason.no-function",
            use.Function
        );
        contents.DocumentUses.Add(use);
        return this;
    }

    public IPluginBuilder AddRuleTrigger(RuleTriggerDefinition trigger)
    {
        Require(HasPrefix(trigger.Id), "plugins.reason.bad-prefix", trigger.Id);
        Require(contents.RuleTriggers.TrueForAll(o => o.Id != trigger.Id), "plugins.reason.double", trigger.Id);
        contents.RuleTriggers.Add(GuardedRuleParts.Around(trigger, health));
        return this;
    }

    public IPluginBuilder AddRuleAction(RuleActionDefinition action)
    {
        Require(HasPrefix(action.Id), "plugins.reason.bad-prefix", action.Id);
        Require(contents.RuleActions.TrueForAll(o => o.Id != action.Id), "plugins.reason.double", action.Id);
        contents.RuleActions.Add(GuardedRuleParts.Around(action, health));
        return this;
    }

    public IPluginBuilder AddRelation(RelationDefinition relation)
    {
        Require(HasPrefix(relation.Id), "plugins.reason.bad-prefix", relation.Id);
        Require(contents.Relations.TrueForAll(o => o.Id != relation.Id), "plugins.reason.double", relation.Id);
        contents.Relations.Add(GuardedRuleParts.Around(relation, health));
        return this;
    }

    public IPluginBuilder AddRecipient<TSource>(RecipientDefinition recipient)
        where TSource : class, IRecipientSource
    {
        Require(HasPrefix(recipient.Id), "plugins.reason.bad-prefix", recipient.Id);
        Require(
            contents.Recipients.TrueForAll(other => other.Definition.Id != recipient.Id),
            "plugins.reason.double",
            recipient.Id
        );
        contents.Services.AddScoped<TSource>();
        contents.Recipients.Add(new RecipientRegistration(Manifest.Id, recipient, typeof(TSource)));
        return this;
    }

    public IPluginBuilder AddSearchSource<TSource>(SearchSourceDefinition source)
        where TSource : class, ISearchSource
    {
        Require(HasPrefix(source.Id), "plugins.reason.bad-prefix", source.Id);
        Require(
            contents.SearchSources.TrueForAll(other => other.Definition.Id != source.Id),
            "plugins.reason.double",
            source.Id
        );
        contents.Services.AddScoped<TSource>();
        contents.SearchSources.Add(new SearchSourceRegistration(Manifest.Id, source, typeof(TSource)));
        return this;
    }

    public IPluginBuilder AddPermission(PermissionDefinition permission)
    {
        Require(HasPrefix(permission.Id), "plugins.reason.bad-prefix", permission.Id);
        Require(
            contents.Permissions.TrueForAll(other => other.Id != permission.Id),
            "plugins.reason.double",
            permission.Id
        );
        contents.Permissions.Add(permission);
        return this;
    }

    public IPluginBuilder AddSettings<TSettings>()
        where TSettings : class, new()
    {
        Require(contents.Settings is null, "plugins.reason.double", typeof(TSettings).Name);
        var odd = SettingsText
            .PropertiesOf(typeof(TSettings))
            .FirstOrDefault(p => !SettingsText.CanHold(p.PropertyType));
        Require(odd is null, "plugins.reason.bad-setting", odd?.Name ?? string.Empty);
        contents.Settings = typeof(TSettings);
        return this;
    }

    public IPluginBuilder AddSlotView(string slot, string view, int order = 100)
    {
        var prefix = $"/plugins/{Manifest.Id}/";
        Require(view.StartsWith(prefix, StringComparison.Ordinal), "plugins.reason.bad-prefix", view);
        Require(Slots.All.Contains(slot, StringComparer.Ordinal), "plugins.reason.no-slot", slot);
        contents.SlotViews.Add(new SlotView(slot, "/Pages" + view, order, Manifest.Id));
        return this;
    }

    public IPluginBuilder AddScriptModule(ScriptModule module)
    {
        Require(module.Name == ScriptNames.OfPlugin(Manifest.Id), "plugins.reason.bad-prefix", module.Name);
        Require(contents.ScriptModule is null, "plugins.reason.double", module.Name);
        var odd = module.Functions.FirstOrDefault(function => !ScriptNames.IsIdentifier(function.Name));
        Require(odd is null, "plugins.reason.bad-name", odd?.Name ?? string.Empty);
        contents.ScriptModule = module;
        return this;
    }

    public IPluginBuilder AddApi(Action<IEndpointRouteBuilder> map)
    {
        contents.Apis.Add(map);
        return this;
    }

    public IPluginBuilder AddTexts<TTexts>()
        where TTexts : class
    {
        var baseName = typeof(TTexts).FullName!;
        var found = typeof(TTexts).Assembly.GetManifestResourceInfo(baseName + ".resources") is not null;
        Require(found, "plugins.reason.no-texts", baseName);
        contents.Texts.Add(new TextSource(typeof(TTexts).Assembly, baseName, Manifest.Id));
        return this;
    }

    private bool HasPrefix(string name) => name.StartsWith(Manifest.Id + ".", StringComparison.Ordinal);

    private static bool IsWord(string name) =>
        name.Length is > 0 and <= 60
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static void Require(bool condition, string code, string argument)
    {
        if (!condition)
        {
            throw new PluginRefusedException(PluginReason.Of(code, argument));
        }
    }
}
