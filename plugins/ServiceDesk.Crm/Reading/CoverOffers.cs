using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Reading;

/// <summary>Which contracts may cover the tickets of an account.</summary>
public static class CoverOffers
{
    /// <summary>The deepest tree.</summary>
    public const int Deepest = 20;

    /// <summary>The account's own contracts and those of the accounts above it, in whatever state.</summary>
    public static async Task<IReadOnlyList<CoverOffer>> OfAsync(
        CrmTables db,
        AccountRow account,
        CancellationToken cancellation
    )
    {
        var line = new List<long> { account.Id };
        var parent = account.ParentId;
        while (parent is { } next && line.Count < Deepest && !line.Contains(next))
        {
            line.Add(next);
            parent = await db
                .Accounts.Where(row => row.Id == next)
                .Select(row => row.ParentId)
                .FirstOrDefaultAsync(cancellation);
        }

        var contracts = await db.Contracts.Where(row => line.Contains(row.AccountId)).ToListAsync(cancellation);
        var ids = contracts.Select(row => row.Id).ToList();
        var promises = await db
            .Entitlements.Where(row => ids.Contains(row.ContractId))
            .OrderBy(row => row.Ordinal)
            .ToListAsync(cancellation);
        return
        [
            .. contracts.Select(row => new CoverOffer(
                row.Id,
                row.Number,
                line.IndexOf(row.AccountId),
                row.CoversChildren,
                row.State,
                ContractLife.ReadDay(row.StartsOn) ?? default,
                ContractLife.ReadDay(row.EndsOn) ?? default,
                promises.Where(one => one.ContractId == row.Id).Select(Read).ToValueList(),
                row.BooksOpenings
            )),
        ];
    }

    /// <summary>A promise as it is stored.</summary>
    public static Entitlement Read(EntitlementRow row) =>
        new(row.Plan, row.Policy, Keys(row.Desks), Keys(row.Products));

    /// <summary>Keys that are parted by commas.</summary>
    public static ValueList<string> Keys(string? text) =>
        [
            .. (text ?? "")
                .Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct(StringComparer.Ordinal),
        ];
}
