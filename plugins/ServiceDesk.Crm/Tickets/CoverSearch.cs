using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>Finds accounts and contracts for tickets.</summary>
internal static class CoverSearch
{
    /// <summary>The account of a requester with its contracts; null when there is none.</summary>
    public static async Task<CoverGround?> GroundAsync(
        CrmTables db,
        PersonId requester,
        long? organization,
        LocalDate day,
        CancellationToken cancellation
    ) =>
        await AccountOfAsync(db, requester, organization, cancellation) is { } account
            ? await GroundAsync(db, account, day, cancellation)
            : null;

    /// <summary>An account with its contracts; null when it does not exist.</summary>
    public static async Task<CoverGround?> GroundAsync(
        CrmTables db,
        long account,
        LocalDate day,
        CancellationToken cancellation
    ) =>
        await db.Accounts.FirstOrDefaultAsync(row => row.Id == account, cancellation) is { } found
            ? await GroundAsync(db, found, day, cancellation)
            : null;

    private static async Task<CoverGround> GroundAsync(
        CrmTables db,
        AccountRow account,
        LocalDate day,
        CancellationToken cancellation
    ) =>
        new(
            account.Id,
            account.Key,
            account.Name,
            (await CoverOffers.OfAsync(db, account, cancellation)).ToValueList(),
            day
        );

    // Of the organization's accounts the one where the requester is a contact, else the topmost; without an organization the
    // account whose contact the requester is.
    private static async Task<AccountRow?> AccountOfAsync(
        CrmTables db,
        PersonId requester,
        long? organization,
        CancellationToken cancellation
    )
    {
        var memberships =
            from contact in db.Contacts
            join membership in db.Memberships on contact.Id equals membership.ContactId
            where contact.PersonId == requester.Value
            select membership;
        var candidates = organization is { } id
            ? db.Accounts.Where(row => row.IsActive && row.ScopeId == id)
            : db.Accounts.Where(row => row.IsActive && row.ScopeId == null);
        var found = await candidates
            .Select(row => new
            {
                Account = row,
                IsOwn = row.OrganizationId == organization && organization != null,
                IsContact = memberships.Any(one => one.AccountId == row.Id),
                IsPrimary = memberships.Any(one => one.AccountId == row.Id && one.IsPrimary),
            })
            .Where(one => one.IsOwn || one.IsContact)
            .OrderByDescending(one => one.IsPrimary)
            .ThenByDescending(one => one.IsContact)
            .ThenBy(one => one.Account.ParentId == null ? 0 : 1)
            .ThenBy(one => one.Account.Id)
            .Take(1)
            .ToListAsync(cancellation);
        return found.FirstOrDefault()?.Account;
    }

    /// <summary>What a command names; null when it does not exist, or must look so.</summary>
    public static async Task<CoverTarget?> NamedAsync(
        CrmTables db,
        ChooseCover command,
        (string Desk, string Product) about,
        AccountScope scope,
        LocalDate day,
        CancellationToken cancellation
    )
    {
        var asked = (command.Account ?? "", command.Contract ?? "");
        var contract =
            asked.Item2.Length == 0
                ? null
                : await db.Contracts.FirstOrDefaultAsync(row => row.Number == asked.Item2, cancellation);
        var account = await db
            .Accounts.VisibleTo(scope)
            .FirstOrDefaultAsync(
                row =>
                    asked.Item1.Length > 0 ? row.Key == asked.Item1 : contract != null && row.Id == contract.AccountId,
                cancellation
            );
        if (asked.Item2.Length > 0 ? contract is null || account is null : asked.Item1.Length > 0 && account is null)
        {
            return null;
        }

        if (account is null)
        {
            return new CoverTarget(asked, null, "", "", null, "", null, false);
        }

        var target = new CoverTarget(asked, account.Id, account.Key, account.Name, null, "", null, false);
        return contract is null ? target : await WithAsync(db, target, account, contract, about, day, cancellation);
    }

    private static async Task<CoverTarget?> WithAsync(
        CrmTables db,
        CoverTarget target,
        AccountRow account,
        ContractRow contract,
        (string Desk, string Product) about,
        LocalDate day,
        CancellationToken cancellation
    )
    {
        var offers = await CoverOffers.OfAsync(db, account, cancellation);
        if (offers.FirstOrDefault(one => one.Contract == contract.Id) is not { } offer)
        {
            // A contract of somebody else's account must look as if it did not exist.
            return null;
        }

        var entitlement = Cover.On(offer.Entitlements, about.Desk, about.Product);
        var holds = ContractLife.Holds(offer.State, offer.Starts, offer.Ends, day);
        return target with
        {
            Contract = contract.Id,
            Number = contract.Number,
            Entitlement = entitlement,
            BooksOpenings = contract.BooksOpenings,
            WhyNot =
                !holds
                    ? new Refusal(
                        RefusalKind.Conflict,
                        "crm.refusal.contract-not-active",
                        [contract.Number],
                        "contract"
                    )
                : offer.Distance > 0 && !offer.CoversChildren || (offer.Entitlements.Count > 0 && entitlement is null)
                    ? new Refusal(RefusalKind.Conflict, "crm.refusal.contract-not-here", [contract.Number], "contract")
                : null,
        };
    }
}
