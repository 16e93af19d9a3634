using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>Looks up accounts and contracts before decisions, with the rights of the sender, and claims what is to be booked.</summary>
public sealed class CrmFactSource(
    IPluginTables<CrmTables> tables,
    IPeople people,
    AccountScopes scopes,
    BudgetClaims claims,
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
        if (open is null && named.Count == 0 && !commands.Exists(command => command is BookBudget))
        {
            return null;
        }

        var day = days.On(envelope.At ?? clock.GetCurrentInstant());
        var organization = open is null ? null : await OrganizationAsync(open, cancellation);
        var scope = envelope.Viewer is { } viewer
            ? await scopes.OfAsync(viewer, cancellation)
            : AccountScope.Everything;
        var desk = before?.Desk ?? open?.Desk ?? "";
        var (opening, targets) = await tables.ReadAsync(
            async (db, token) =>
            {
                var found = new List<CoverTarget>();
                foreach (var command in named)
                {
                    if (await CoverSearch.NamedAsync(db, command, desk, scope, day, token) is { } target)
                    {
                        found.Add(target);
                    }
                }

                return (
                    open is null ? null : await CoverSearch.OpeningAsync(db, open, organization, day, token),
                    found.ToValueList()
                );
            },
            cancellation
        );
        var facts = new CrmFacts(opening, targets, []);
        var wanted = Wanted(before, commands, facts);
        return facts with
        {
            Budgets = await BudgetsAsync(before, wanted, CrmRights.May(desk, envelope.Viewer), cancellation),
        };
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

    // How much is to be booked to which contract, as the commands follow each other.
    private static Dictionary<long, long> Wanted(
        TicketState? before,
        IEnumerable<TicketCommand> commands,
        CrmFacts facts
    )
    {
        var contract = before is null ? facts.Opening?.Contract : before.Cover().Contract;
        var wanted = new Dictionary<long, long>();
        foreach (var command in commands)
        {
            if (command is ChooseCover choose)
            {
                contract = facts.Find(choose.Account ?? "", choose.Contract ?? "")?.Contract;
            }

            if (contract is { } id)
            {
                var amount = command is BookBudget book ? Math.Clamp(book.Amount, 0, Ledger.Most + 1) : 0;
                wanted[id] = wanted.GetValueOrDefault(id) + amount;
            }
        }

        return wanted;
    }

    private async Task<ValueList<BudgetFact>> BudgetsAsync(
        TicketState? before,
        Dictionary<long, long> wanted,
        bool mayBook,
        CancellationToken cancellation
    )
    {
        var contracts = wanted.Keys.ToList();
        var budgets = await tables.ReadAsync(
            async (db, token) =>
            {
                var found = new List<BudgetFact>();
                foreach (var row in await db.Contracts.Where(one => contracts.Contains(one.Id)).ToListAsync(token))
                {
                    var others = await Balances.OfOthersAsync(db, row, before?.Id.Value, token);
                    found.Add(new BudgetFact(row.Id, others, row.WhenSpent));
                }

                return found;
            },
            cancellation
        );
        for (var i = 0; i < budgets.Count; i++)
        {
            var (budget, amount) = (budgets[i], wanted[budgets[i].Contract]);
            if (
                mayBook
                && amount > 0
                && budget is { WhenSpent: WhenSpent.Refuse, Others.Unit: not BudgetUnit.None }
                && await claims.ClaimAsync(before, budget.Contract, amount, cancellation) is { } others
            )
            {
                budgets[i] = budget with { Others = others };
            }
        }

        return budgets.ToValueList();
    }
}
