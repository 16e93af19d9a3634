using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Reading;

/// <summary>For whom a ticket is worked, what was promised and what is left: for agents everything, for customers a few words.</summary>
public sealed class CoverReader(
    CrmReader reader,
    IPluginTables<CrmTables> tables,
    IConfigurationReader configuration,
    IPluginSettings<CrmSettings> settings,
    CrmDays days
)
{
    private const int MostChoices = 50;

    /// <summary>What an agent sees of a ticket.</summary>
    public Task<CoverView> ForAgentAsync(Viewer viewer, TicketSnapshot ticket, CancellationToken cancellation) =>
        reader.ReadAsync(
            viewer,
            async (db, scope, token) =>
            {
                var cover = ticket.State.Cover();
                var account = await db
                    .Accounts.VisibleTo(scope)
                    .FirstOrDefaultAsync(row => row.Id == cover.Account, token);
                var contract = await db
                    .Contracts.VisibleTo(db, scope)
                    .FirstOrDefaultAsync(row => row.Id == cover.Contract, token);
                return new CoverView(
                    account is null ? null : new AccountName(account.Id, account.Key, account.Name),
                    account is null ? null : await ContactAsync(db, account.Id, ticket.State.Requester, token),
                    contract is null
                        ? null
                        : (
                            await CrmReader.ContractsOfAsync(
                                db,
                                db.Contracts.Where(row => row.Id == contract.Id),
                                scope,
                                token
                            )
                        )[0],
                    contract is null ? "" : cover.Plan,
                    contract is null ? "" : cover.Policy,
                    contract is null ? "" : NameOf(cover.Policy),
                    contract is not null && RunsOtherwise(ticket, cover.Policy),
                    contract?.PenaltyTerms ?? "",
                    contract?.PenaltyRate,
                    contract is null or { BudgetUnit: BudgetUnit.None }
                        ? null
                        : new BudgetDetail(
                            await BalanceAsync(db, contract, ticket.State, token),
                            contract.WhenSpent,
                            contract.BooksOpenings
                        ),
                    contract is null ? 0 : cover.BookedTo(contract.Id, contract.BudgetUnit),
                    cover.ByHand,
                    (cover.Account is not null && account is null) || (cover.Contract is not null && contract is null),
                    await ChoicesAsync(db, scope, account, ticket.State, token)
                )
                {
                    Product = ticket.State.Product(configuration.Current),
                    Products =
                    [
                        .. TicketProduct
                            .OfferedOn(ticket.State.Type, configuration.Current)
                            .Select(choice => (choice.Id, choice.Name.ToString())),
                    ],
                };
            },
            cancellation
        );

    /// <summary>What a customer sees of an own organization's request; null for nothing.</summary>
    public Task<CustomerView?> ForCustomerAsync(Viewer viewer, TicketState ticket, CancellationToken cancellation)
    {
        var cover = ticket.Cover();
        var organizations = viewer.Person.Organizations.Select(one => one.Value).ToList();
        if (!settings.Current.CustomersSee || cover.Contract is not { } id || ticket.Organization is not { } asked)
        {
            return Task.FromResult<CustomerView?>(null);
        }

        return tables.ReadAsync(
            async (db, token) =>
            {
                // Only to people of the organization whose contract it is: the account's own, or one above it that covers it.
                var isOwn =
                    organizations.Contains(asked.Value)
                    && await db.Accounts.AnyAsync(row => row.Id == cover.Account && row.ScopeId == asked.Value, token);
                var contract = isOwn ? await db.Contracts.FirstOrDefaultAsync(row => row.Id == id, token) : null;
                return contract is null
                    ? null
                    : new CustomerView(
                        cover.Plan,
                        contract.EndsOn,
                        contract.BudgetUnit == BudgetUnit.None || !await IsOfAsync(db, contract, asked, token)
                            ? null
                            : await BalanceAsync(db, contract, ticket, token)
                    );
            },
            cancellation
        );
    }

    // A budget that sister companies share would tell what they asked for.
    private static Task<bool> IsOfAsync(
        CrmTables db,
        ContractRow contract,
        OrganizationId organization,
        CancellationToken cancellation
    ) => db.Accounts.AnyAsync(row => row.Id == contract.AccountId && row.ScopeId == organization.Value, cancellation);

    // What the ticket booked a moment ago and the ledger does not have yet already counts.
    private static async Task<Balance> BalanceAsync(
        CrmTables db,
        ContractRow contract,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var own = ticket.Id.Value;
        var (balance, entered) = await Balances.WithTicketsAsync(db, contract, [own], cancellation);
        var pending = ticket.Cover().BookedTo(contract.Id, contract.BudgetUnit) - entered.GetValueOrDefault(own);
        return balance with { Used = balance.Used + Math.Max(0, pending) };
    }

    private static Task<ContactAt?> ContactAsync(
        CrmTables db,
        long account,
        PersonId requester,
        CancellationToken cancellation
    ) => CrmReader.ContactsAt(db, account, requester.Value).FirstOrDefaultAsync(cancellation);

    private async Task<IReadOnlyList<CoverChoice>> ChoicesAsync(
        CrmTables db,
        AccountScope scope,
        AccountRow? account,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var accounts = account is not null
            ? db.Accounts.Where(row => row.Id == account.Id)
            : db.Accounts.VisibleTo(scope).Where(row => row.IsActive).OrderBy(row => row.Name).Take(MostChoices);
        var product = ticket.Product(configuration.Current);
        var choices = new List<CoverChoice>();
        foreach (var one in await accounts.ToListAsync(cancellation))
        {
            choices.Add(new CoverChoice(one.Key, "", one.Name));
            if (account is null)
            {
                continue;
            }

            var offers = await CoverOffers.OfAsync(db, one, cancellation);
            choices.AddRange(
                offers
                    .Where(offer => offer.Distance == 0 || offer.CoversChildren)
                    .Where(offer => ContractLife.Holds(offer.State, offer.Starts, offer.Ends, days.Today))
                    .Where(offer =>
                        offer.Entitlements.Count == 0 || Cover.On(offer.Entitlements, ticket.Desk, product) is not null
                    )
                    .Select(offer => new CoverChoice(one.Key, offer.Number, $"{one.Name} · {offer.Number}"))
            );
        }

        return choices;
    }

    private string NameOf(string policy) =>
        configuration.Current.TryGet<SlaPolicyDocument>(policy, out var document) ? document.Name.ToString() : policy;

    // The promised policy measures something, and another one runs instead: its query does not ask for the plan.
    private bool RunsOtherwise(TicketSnapshot ticket, string policy) =>
        configuration.Current.TryGet<SlaPolicyDocument>(policy, out var promised)
        && ticket.Clocks.Any(clock =>
            clock.Status != Sdk.Sla.ClockStatus.Stopped
            && clock.Policy.Id != policy
            && promised.Metrics.Any(metric => metric.Id == clock.Metric)
        );
}
