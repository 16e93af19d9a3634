using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tables;

namespace ServiceDesk.Crm.Writing;

/// <summary>All accounts by key and identity, read once for a change: few thousand rows of a few words.</summary>
public sealed class AccountTree
{
    private readonly Dictionary<long, AccountRow> byId;
    private readonly Dictionary<string, AccountRow> byKey;
    private readonly Dictionary<string, AccountRow> byExternalId;

    private AccountTree(List<AccountRow> rows)
    {
        byId = rows.ToDictionary(row => row.Id);
        byKey = rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        byExternalId = rows.Where(row => row.ExternalId is not null)
            .ToDictionary(row => row.ExternalId!, StringComparer.Ordinal);
    }

    /// <summary>Reads it; the rows are those that the change saves.</summary>
    public static async Task<AccountTree> LoadAsync(CrmTables db, CancellationToken cancellation) =>
        new(await db.Accounts.ToListAsync(cancellation));

    /// <summary>The account with this key; null when there is none.</summary>
    public AccountRow? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The account with this identity; null when there is none.</summary>
    public AccountRow? Find(long id) => byId.GetValueOrDefault(id);

    /// <summary>The account with this external id; null when there is none.</summary>
    public AccountRow? FindExternal(string externalId) => byExternalId.GetValueOrDefault(externalId);

    /// <summary>The only account of this name; null when there is none or there are several.</summary>
    public AccountRow? FindNamed(string name)
    {
        var found = byId
            .Values.Where(row => string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase))
            .Take(2)
            .ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Takes in a row that was saved or changed.</summary>
    public void Keep(AccountRow row)
    {
        byId[row.Id] = row;
        byKey[row.Key] = row;
        foreach (var (old, _) in byExternalId.Where(pair => pair.Value == row).ToList())
        {
            byExternalId.Remove(old);
        }

        if (row.ExternalId is { } external)
        {
            byExternalId[external] = row;
        }
    }

    /// <summary>Whether an account may lie below another: not below itself, and not too deep.</summary>
    public bool MayLieBelow(AccountRow row, AccountRow parent)
    {
        var depth = 1;
        for (AccountRow? above = parent; above is not null; above = above.ParentId is { } next ? Find(next) : null)
        {
            if (above == row || ++depth > CoverOffers.Deepest)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Says anew who may see each account: its organization, or that of the nearest account above.</summary>
    public void Scope()
    {
        foreach (var row in byId.Values)
        {
            var (above, steps) = (row, 0);
            while (
                above.OrganizationId is null && above.ParentId is { } next && Find(next) is { } parent && steps++ < 100
            )
            {
                above = parent;
            }

            row.ScopeId = above.OrganizationId;
        }
    }

    /// <summary>Whether somebody may see the account.</summary>
    public static bool IsVisible(AccountRow row, AccountScope scope) =>
        scope.Organizations is not { } organizations
        || (row.ScopeId is { } organization && organizations.Contains(organization));
}
