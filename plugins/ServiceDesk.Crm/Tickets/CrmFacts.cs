using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>An account with a contract, as a ticket may get them.</summary>
/// <param name="Asked">What was named: the account's key and the contract's number; empty for a ticket that is being opened.</param>
/// <param name="WhyNot">Why it may not be chosen.</param>
public sealed record CoverTarget(
    (string Account, string Contract) Asked,
    long? Account,
    string AccountKey,
    string AccountName,
    long? Contract,
    string Number,
    Entitlement? Entitlement,
    bool BooksOpenings,
    Refusal? WhyNot = null
);

/// <summary>A contract's budget as it is now.</summary>
public sealed record BudgetFact(long Contract, Balance Balance, WhenSpent WhenSpent);

/// <summary>What a decision must know of accounts and contracts.</summary>
/// <param name="Opening">What a new ticket gets; null when nothing is known of its requester.</param>
/// <param name="Named">What a command names.</param>
/// <param name="Budgets">Budgets that may be booked to.</param>
public sealed record CrmFacts(CoverTarget? Opening, ValueList<CoverTarget> Named, ValueList<BudgetFact> Budgets)
{
    /// <summary>What a command names; null when it does not exist, or must look so.</summary>
    public CoverTarget? Find(string account, string contract) =>
        Named.FirstOrDefault(one => one.Asked == (account, contract));

    /// <summary>The budget of a contract.</summary>
    public BudgetFact? Budget(long contract) => Budgets.FirstOrDefault(one => one.Contract == contract);
}

/// <summary>Looks up accounts and contracts before decisions, with the rights of the sender.</summary>
public sealed class CrmFactSource(
    IPluginTables<CrmTables> tables,
    IPeople people,
    AccountScopes scopes,
    CrmDays days,
    IClock clock
) : IFactSource<CrmFacts>
{
    /// <inheritdoc/>
    public async ValueTask<CrmFacts?> FindAsync(
        TicketState? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var commands = Parts(envelope.Command).ToList();
        var open = commands.OfType<OpenTicket>().FirstOrDefault();
        var named = commands.OfType<ChooseCover>().ToList();
        var books = commands.Exists(command => command is BookBudget);
        if (open is null && named.Count == 0 && !books)
        {
            return null;
        }

        var day = days.On(envelope.At ?? clock.GetCurrentInstant());
        var organization = open is null ? null : await OrganizationAsync(open, cancellation);
        var scope = envelope.Viewer is { } viewer
            ? await scopes.OfAsync(viewer, cancellation)
            : AccountScope.Everything;
        return await tables.ReadAsync(
            async (db, token) =>
            {
                var opening = open is null ? null : await OpeningAsync(db, open, organization, day, token);
                var targets = new List<CoverTarget>();
                foreach (var command in named)
                {
                    if (await NamedAsync(db, command, before?.Desk ?? open?.Desk ?? "", scope, day, token) is { } found)
                    {
                        targets.Add(found);
                    }
                }

                var contracts = targets
                    .Append(opening)
                    .Select(target => target?.Contract)
                    .Append(before?.Cover().Contract)
                    .OfType<long>()
                    .Distinct()
                    .ToList();
                return new CrmFacts(opening, targets.ToValueList(), await BudgetsAsync(db, contracts, token));
            },
            cancellation
        );
    }

    private static IEnumerable<TicketCommand> Parts(TicketCommand command) =>
        command switch
        {
            ChangeTicket change => change.Parts.SelectMany(Parts),
            OpenTicket open => open.Then.SelectMany(Parts).Prepend(open),
            _ => [command],
        };

    // As the ticket itself takes it: the named one, or the requester's only one.
    private async Task<long?> OrganizationAsync(OpenTicket open, CancellationToken cancellation)
    {
        if (open.Organization is { } named)
        {
            return named.Value;
        }

        var requester = await people.FindAsync(open.Requester, cancellation);
        return requester?.Organizations is [var only] ? only.Value : null;
    }

    private static async Task<CoverTarget?> OpeningAsync(
        CrmTables db,
        OpenTicket open,
        long? organization,
        LocalDate day,
        CancellationToken cancellation
    )
    {
        var account = await AccountOfAsync(db, open.Requester, organization, cancellation);
        if (account is null)
        {
            return null;
        }

        var offers = await CoverOffers.OfAsync(db, account, cancellation);
        var best = Cover.Choose(offers, open.Desk, day);
        var books =
            best is { } chosen
            && await db.Contracts.AnyAsync(row => row.Id == chosen.Offer.Contract && row.BooksOpenings, cancellation);
        return new CoverTarget(
            ("", ""),
            account.Id,
            account.Key,
            account.Name,
            best?.Offer.Contract,
            best?.Offer.Number ?? "",
            best?.Entitlement,
            books
        );
    }

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

    private static async Task<CoverTarget?> NamedAsync(
        CrmTables db,
        ChooseCover command,
        string desk,
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
        return contract is null ? target : await WithAsync(db, target, account, contract, desk, day, cancellation);
    }

    private static async Task<CoverTarget?> WithAsync(
        CrmTables db,
        CoverTarget target,
        AccountRow account,
        ContractRow contract,
        string desk,
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

        var entitlement = Cover.On(offer.Entitlements, desk);
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

    private static async Task<ValueList<BudgetFact>> BudgetsAsync(
        CrmTables db,
        IReadOnlyCollection<long> contracts,
        CancellationToken cancellation
    )
    {
        var budgets = new List<BudgetFact>();
        foreach (var contract in await db.Contracts.Where(row => contracts.Contains(row.Id)).ToListAsync(cancellation))
        {
            budgets.Add(
                new BudgetFact(contract.Id, await Balances.OfAsync(db, contract, cancellation), contract.WhenSpent)
            );
        }

        return budgets.ToValueList();
    }
}
