using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>Contracts in rules: book to the budget, choose for whom a ticket is worked, find it anew.</summary>
internal static class CrmAutomation
{
    private const string Unit = "unit";
    private const string Amount = "amount";
    private const string Note = "note";
    private const string Account = "account";
    private const string Contract = "contract";

    /// <summary>Books hours or tickets to the budget of the ticket's contract.</summary>
    public static RuleActionDefinition Book { get; } =
        new(
            "crm.book",
            "crm.rule.book",
            [
                new RuleParameter(Unit, "crm.rule.unit", IsRequired: true) { Choices = Units },
                new RuleParameter(Amount, "crm.rule.amount", IsRequired: true),
                new RuleParameter(Note, "crm.rule.note"),
            ],
            (_, with) =>
            {
                var unit = with[Unit] == Word(BudgetUnit.Tickets) ? BudgetUnit.Tickets : BudgetUnit.Hours;
                // What is no amount is refused by the ticket, in its words.
                return [new BookBudget(Amounts.Read(unit, with[Amount]) ?? 0, with.Find(Note) ?? "") { Unit = unit }];
            }
        );

    /// <summary>Chooses account and contract, as an agent does by hand.</summary>
    public static RuleActionDefinition Choose { get; } =
        new(
            "crm.choose",
            "crm.rule.choose",
            [new RuleParameter(Account, "crm.rule.account"), new RuleParameter(Contract, "crm.rule.contract")],
            (_, with) =>
            {
                var account = (with.Find(Account) ?? "").Trim().ToLowerInvariant();
                var contract = (with.Find(Contract) ?? "").Trim();
                return account.Length + contract.Length > 0 ? [new ChooseCover(account, contract)] : [];
            }
        );

    /// <summary>Finds account and contract anew, as for a new ticket.</summary>
    public static RuleActionDefinition Find { get; } =
        new("crm.find", "crm.rule.find", [], (_, _) => [new FindCover()]);

    private static ValueList<RuleChoice> Units(IConfiguration configuration) =>
        new[] { BudgetUnit.Hours, BudgetUnit.Tickets }
            .Select(unit => new RuleChoice(Word(unit), NameKey: $"crm.unit.{Word(unit)}"))
            .ToValueList();

    private static string Word(BudgetUnit unit) => unit.ToString().ToLowerInvariant();
}
