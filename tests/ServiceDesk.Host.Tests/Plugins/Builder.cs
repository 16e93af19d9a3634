using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>A builder of the plugin <c>good</c> that takes services and nothing else.</summary>
internal sealed class Builder(IServiceCollection services) : IPluginBuilder
{
    public PluginManifest Manifest { get; } =
        new("good", "1.0", ">=0.1", "x.dll", "Good", "", new Dictionary<string, string>());

    public IServiceCollection Services { get; } = services;

    public IPluginBuilder AddFacet<TFacet>(Facet<TFacet> facet)
        where TFacet : class => throw new NotSupportedException();

    public IPluginBuilder AddEvent<TEvent>()
        where TEvent : TicketEvent => throw new NotSupportedException();

    public IPluginBuilder AddCommand<TCommand>(ICommandDecider<TCommand> decider)
        where TCommand : TicketCommand => throw new NotSupportedException();

    public IPluginBuilder AddTicketPolicy(ITicketPolicy policy) => throw new NotSupportedException();

    public IPluginBuilder AddFacts<TFact, TSource>()
        where TFact : class
        where TSource : class, IFactSource<TFact> => throw new NotSupportedException();

    public IPluginBuilder AddJob<TJob>(string name, Duration every)
        where TJob : class, IJob => throw new NotSupportedException();

    public IPluginBuilder AddNavigation(NavigationItem item) => throw new NotSupportedException();

    public IPluginBuilder AddReaction<TReaction>(string name)
        where TReaction : class, IReaction => throw new NotSupportedException();

    public IPluginBuilder AddQueryField(QueryFieldDefinition field) => throw new NotSupportedException();

    public IPluginBuilder AddPermission(PermissionDefinition permission) => throw new NotSupportedException();

    public IPluginBuilder AddSettings<TSettings>()
        where TSettings : class, new() => throw new NotSupportedException();

    public IPluginBuilder AddSlotView(string slot, string view, int order = 100) => throw new NotSupportedException();

    public IPluginBuilder AddApi(Action<IEndpointRouteBuilder> map) => throw new NotSupportedException();

    public IPluginBuilder AddTexts<TTexts>()
        where TTexts : class => throw new NotSupportedException();
}
