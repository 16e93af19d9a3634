using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Configuration;
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
    IConfigurationReader configuration,
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
        var asksGround = commands.Exists(AsksGround);
        if (!asksGround && !commands.Exists(command => command is ChooseCover or BookBudget))
        {
            return null;
        }

        var open = commands.OfType<OpenTicket>().FirstOrDefault();
        var about = About(before, open);
        var scope = envelope.Viewer is { } viewer
            ? await scopes.OfAsync(viewer, cancellation)
            : AccountScope.Everything;
        var facts = new CrmFacts(
            asksGround ? await GroundAsync(before, open, commands, envelope, cancellation) : null,
            await NamedAsync(commands, about, scope, DayOf(envelope), cancellation),
            []
        );
        var wanted = Wanted(before, commands, about, facts);
        return facts with
        {
            Budgets = await BudgetsAsync(before, wanted, CrmRights.May(about.Desk, envelope.Viewer), cancellation),
        };
    }

    // What may change the account, the desk or the product, on which the contract hangs.
    private bool AsksGround(TicketCommand command) =>
        command switch
        {
            OpenTicket or MoveTicket or ChangeOrganization or FindCover => true,
            EditTicket edit => TicketProduct.IsNamed(edit.Fields, configuration.Current),
            TransitionTicket transition => TicketProduct.IsNamed(transition.Fields, configuration.Current),
            _ => false,
        };

    private (string Desk, string Product) About(TicketState? before, OpenTicket? open) =>
        before is not null
            ? (before.Desk, before.Product(configuration.Current))
            : (open?.Desk ?? "", open is null ? "" : TicketProduct.Of(open.Fields, configuration.Current));

    private LocalDate DayOf(CommandEnvelope envelope) => days.On(envelope.At ?? clock.GetCurrentInstant());

    private async Task<CoverGround?> GroundAsync(
        TicketState? before,
        OpenTicket? open,
        List<TicketCommand> commands,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var day = DayOf(envelope);
        if (before?.Cover() is { ByHand: true } cover && !commands.Exists(command => command is FindCover))
        {
            return cover.Account is { } chosen
                ? await tables.ReadAsync((db, token) => CoverSearch.GroundAsync(db, chosen, day, token), cancellation)
                : null;
        }

        var organization =
            open is not null ? await OrganizationAsync(open, cancellation)
            : commands.OfType<ChangeOrganization>().LastOrDefault() is { } change ? change.Organization?.Value
            : before?.Organization?.Value;
        return (before?.Requester ?? open?.Requester) is { } requester
            ? await tables.ReadAsync(
                (db, token) => CoverSearch.GroundAsync(db, requester, organization, day, token),
                cancellation
            )
            : null;
    }

    private Task<ValueList<CoverTarget>> NamedAsync(
        List<TicketCommand> commands,
        (string Desk, string Product) about,
        AccountScope scope,
        LocalDate day,
        CancellationToken cancellation
    ) =>
        tables.ReadAsync(
            async (db, token) =>
            {
                var found = new List<CoverTarget>();
                foreach (var command in commands.OfType<ChooseCover>())
                {
                    if (await CoverSearch.NamedAsync(db, command, about, scope, day, token) is { } target)
                    {
                        found.Add(target);
                    }
                }

                return found.ToValueList();
            },
            cancellation
        );

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
        (string Desk, string Product) about,
        CrmFacts facts
    )
    {
        var contract = before is null ? facts.Ground?.For(about.Desk, about.Product).Contract : before.Cover().Contract;
        var wanted = new Dictionary<long, long>();
        foreach (var command in commands)
        {
            contract = command switch
            {
                ChooseCover choose => facts.Find(choose.Account ?? "", choose.Contract ?? "")?.Contract,
                FindCover => facts.Ground?.For(about.Desk, about.Product).Contract,
                _ => contract,
            };

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
