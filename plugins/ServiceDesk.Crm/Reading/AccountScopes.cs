using NodaTime;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Crm.Reading;

/// <summary>Which accounts somebody may see.</summary>
/// <param name="Organizations">Those of these organizations, with everything below them; null for all.</param>
public sealed record AccountScope(IReadOnlyList<long>? Organizations)
{
    /// <summary>All accounts.</summary>
    public static AccountScope Everything { get; } = new((IReadOnlyList<long>?)null);
}

/// <summary>
/// Says which accounts an agent may see: all, when one of the agent's desks serves every customer; else those of the
/// organizations that the desks serve. Customers see no accounts by it.
/// </summary>
public sealed class AccountScopes(IPeople people, IConfigurationReader configuration)
{
    /// <summary>The accounts that the viewer may see.</summary>
    public async Task<AccountScope> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        if (viewer.May(Permissions.SeeEverything))
        {
            return AccountScope.Everything;
        }

        var desks = configuration
            .Current.All<DeskDocument>()
            .Where(desk => viewer.WorksOn(desk.Id))
            .Select(desk => desk.Customers)
            .ToList();
        if (desks.Exists(customers => customers.Everyone))
        {
            return AccountScope.Everything;
        }

        var keys = desks.SelectMany(customers => customers.Organizations).ToHashSet(StringComparer.Ordinal);
        var organizations = await people.OrganizationsAsync(cancellation);
        return new AccountScope([.. organizations.Where(one => keys.Contains(one.Key)).Select(one => one.Id.Value)]);
    }
}

/// <summary>The access rule in SQL: the one place where rows are kept back.</summary>
public static class VisibleRows
{
    /// <summary>The accounts that may be seen.</summary>
    public static IQueryable<AccountRow> VisibleTo(this IQueryable<AccountRow> rows, AccountScope scope) =>
        scope.Organizations is { } organizations
            ? rows.Where(row => row.ScopeId != null && organizations.Contains(row.ScopeId.Value))
            : rows;

    /// <summary>The contracts of accounts that may be seen.</summary>
    public static IQueryable<ContractRow> VisibleTo(
        this IQueryable<ContractRow> rows,
        CrmTables db,
        AccountScope scope
    ) =>
        scope.Organizations is null
            ? rows
            : rows.Where(row => db.Accounts.VisibleTo(scope).Any(account => account.Id == row.AccountId));

    /// <summary>The contacts of accounts that may be seen.</summary>
    public static IQueryable<ContactRow> VisibleTo(
        this IQueryable<ContactRow> rows,
        CrmTables db,
        AccountScope scope
    ) =>
        scope.Organizations is null
            ? rows
            : rows.Where(row =>
                db.Memberships.Any(one =>
                    one.ContactId == row.Id && db.Accounts.VisibleTo(scope).Any(account => account.Id == one.AccountId)
                )
            );
}

/// <summary>Days of contracts, in the zone of the settings.</summary>
public sealed class CrmDays(IPluginSettings<CrmSettings> settings, IClock clock)
{
    /// <summary>The zone; that of the clock on the wall in Greenwich when the settings name none that exists.</summary>
    public DateTimeZone Zone =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.Current.Zone.Trim()) ?? DateTimeZone.Utc;

    /// <summary>Today.</summary>
    public LocalDate Today => On(clock.GetCurrentInstant());

    /// <summary>The day of an instant.</summary>
    public LocalDate On(Instant instant) => instant.InZone(Zone).Date;
}
