using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Queries.Searching;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Host.Queries;

/// <summary>The query language, conditions of configuration, and reads of tickets.</summary>
public static class QueriesStage
{
    public static WebApplicationBuilder AddQueries(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IQueryNames, ConditionNames>();
        services.AddSingleton<QueryLanguage>();
        services.AddSingleton<TicketCondition>(provider => provider.GetRequiredService<QueryLanguage>().Holds);
        services.AddSingleton(provider => new TicketQueries(
            provider.GetRequiredService<IDatabase>(),
            provider.GetRequiredService<QueryLanguage>(),
            provider.GetRequiredService<SnapshotJson>(),
            () => provider.GetRequiredService<ICurrentConfiguration>().Snapshot,
            provider.GetRequiredService<IClock>()
        ));
        services.AddSingleton(provider => new TicketSets(
            provider.GetRequiredService<IDatabase>(),
            provider.GetRequiredService<QueryLanguage>(),
            () => provider.GetRequiredService<ICurrentConfiguration>().Snapshot,
            provider.GetRequiredService<IClock>()
        ));
        services.AddSingleton(provider => new QuerySuggestions(
            provider.GetRequiredService<IDatabase>(),
            provider.GetRequiredService<QueryLanguage>(),
            () => provider.GetRequiredService<ICurrentConfiguration>().Snapshot
        ));
        services.AddSingleton<ITicketQueries>(provider => provider.GetRequiredService<TicketQueries>());
        services.AddSingleton<ITicketLists>(provider => provider.GetRequiredService<TicketQueries>());
        services.AddSingleton<ITicketSearch>(provider => new TicketSearch(
            provider.GetRequiredService<IDatabase>(),
            provider.GetRequiredService<QueryLanguage>(),
            provider.GetRequiredService<ITicketLists>(),
            provider.GetRequiredService<SnapshotJson>(),
            () => provider.GetRequiredService<ICurrentConfiguration>().Snapshot,
            provider.GetRequiredService<IClock>()
        ));
        services.AddScoped<PeopleSource>();
        services.AddScoped<OrganizationSource>();
        services.AddSingleton<SearchGroups>();
        services.AddSingleton<RecentSearches>();
        services.AddSingleton<ApprovalInbox>();
        services.AddSingleton<OwnQueueDoor>();
        return builder;
    }
}
