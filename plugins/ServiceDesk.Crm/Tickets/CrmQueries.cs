using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Tickets;

/// <summary>What queries can ask: <c>account = hanbit</c>, <c>contract = "HB-2026-01"</c>, <c>plan = gold</c>.</summary>
public static class CrmQueries
{
    private const int Most = 25;

    /// <summary>The account's key.</summary>
    public static QueryFieldDefinition Account { get; } =
        new("account", QueryFieldKind.Choice, ticket => Choice(ticket.Cover().AccountKey)) { Suggest = AccountsAsync };

    /// <summary>The contract's number.</summary>
    public static QueryFieldDefinition Contract { get; } =
        new("contract", QueryFieldKind.Choice, ticket => Choice(ticket.Cover().Number)) { Suggest = ContractsAsync };

    /// <summary>The plan's name.</summary>
    public static QueryFieldDefinition Plan { get; } =
        new("plan", QueryFieldKind.Choice, ticket => Choice(ticket.Cover().Plan)) { Suggest = PlansAsync };

    private static ChoiceValue? Choice(string text) => text.Length > 0 ? new ChoiceValue(text) : null;

    private static Task<IReadOnlyList<SuggestedValue>> AccountsAsync(
        IServiceProvider services,
        Viewer viewer,
        string prefix,
        CancellationToken cancellation
    )
    {
        var words = SearchText.Of(prefix);
        return ReadAsync(
            services,
            viewer,
            async (db, scope, token) =>
                await db
                    .Accounts.VisibleTo(scope)
                    .Where(row => row.Search.Contains(words))
                    .OrderBy(row => row.Name)
                    .Take(Most)
                    .Select(row => new SuggestedValue(row.Key, row.Name))
                    .ToListAsync(token),
            cancellation
        );
    }

    private static Task<IReadOnlyList<SuggestedValue>> ContractsAsync(
        IServiceProvider services,
        Viewer viewer,
        string prefix,
        CancellationToken cancellation
    )
    {
        var words = SearchText.Of(prefix);
        return ReadAsync(
            services,
            viewer,
            async (db, scope, token) =>
                await db
                    .Contracts.VisibleTo(db, scope)
                    .Where(row => row.Search.Contains(words))
                    .OrderBy(row => row.Number)
                    .Take(Most)
                    .Select(row => new SuggestedValue(row.Number, row.Name))
                    .ToListAsync(token),
            cancellation
        );
    }

    private static Task<IReadOnlyList<SuggestedValue>> PlansAsync(
        IServiceProvider services,
        Viewer viewer,
        string prefix,
        CancellationToken cancellation
    )
    {
        var words = SearchText.Of(prefix);
        return ReadAsync(
            services,
            viewer,
            async (db, scope, token) =>
            {
                var plans = await db
                    .Entitlements.Where(row => db.Contracts.VisibleTo(db, scope).Any(one => one.Id == row.ContractId))
                    .Select(row => row.Plan)
                    .Distinct()
                    .OrderBy(plan => plan)
                    .ToListAsync(token);
                return
                [
                    .. plans
                        .Where(plan => SearchText.Of(plan).Contains(words, StringComparison.Ordinal))
                        .Take(Most)
                        .Select(plan => new SuggestedValue(plan)),
                ];
            },
            cancellation
        );
    }

    private static async Task<IReadOnlyList<SuggestedValue>> ReadAsync(
        IServiceProvider services,
        Viewer viewer,
        Func<CrmTables, AccountScope, CancellationToken, Task<IReadOnlyList<SuggestedValue>>> read,
        CancellationToken cancellation
    )
    {
        if (!viewer.May(CrmPlugin.SeePermission))
        {
            return [];
        }

        var scope = await services.GetRequiredService<AccountScopes>().OfAsync(viewer, cancellation);
        return await services
            .GetRequiredService<IPluginTables<CrmTables>>()
            .ReadAsync((db, token) => read(db, scope, token), cancellation);
    }
}
