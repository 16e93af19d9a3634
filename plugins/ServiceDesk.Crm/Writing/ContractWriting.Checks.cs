using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Writing;

/// <summary>What a contract may say: each part is checked and written into the row.</summary>
public sealed partial class ContractWriting
{
    private static async Task IdentityAsync(
        InputCheck check,
        Change change,
        ContractRow row,
        ContractInput input,
        CancellationToken cancellation
    )
    {
        var number = row.Id == 0 ? check.Line(input.Number, "number", 60, isRequired: true) : row.Number;
        var external = check.Line(input.ExternalId, "externalId", 100);
        var id = row.Id;
        var rivals = await change
            .Db.Contracts.Where(one => one.Id != id)
            .Where(one => one.Number == number || (external != "" && one.ExternalId == external))
            .ToListAsync(cancellation);
        check.Require(
            id != 0 || rivals.TrueForAll(one => one.Number != number),
            "crm.refusal.number-taken",
            "number",
            number
        );
        check.Require(
            external.Length == 0 || rivals.TrueForAll(one => one.ExternalId != external),
            "crm.refusal.external-id-taken",
            "externalId",
            external
        );
        (row.Number, row.Name) = (number, check.Line(input.Name, "name", 200, isRequired: true));
        row.ExternalId = external.Length > 0 ? external : null;
        row.Search = SearchText.Of(row.Number, row.Name);
    }

    private static AccountRow? AccountOf(
        InputCheck check,
        Change change,
        ContractSurroundings around,
        ContractRow row,
        string? key
    )
    {
        var plain = (key ?? "").Trim().ToLowerInvariant();
        var account = around.Tree.Find(plain);
        var isKnown = account is not null && AccountTree.IsVisible(account, change.Scope);
        check.Require(isKnown, "crm.refusal.no-account", "account", plain);
        check.Require(
            row.Id == 0 || !isKnown || account!.Id == row.AccountId || row.State == ContractState.Draft,
            "crm.refusal.account-fixed",
            "account"
        );
        return isKnown ? account : null;
    }

    private static void Period(InputCheck check, ContractSurroundings around, ContractRow row, ContractInput input)
    {
        var (starts, ends) = (ContractLife.ReadDay(input.StartsOn), ContractLife.ReadDay(input.EndsOn));
        check.Require(starts is not null, "crm.refusal.bad-day", "startsOn");
        check.Require(ends is not null, "crm.refusal.bad-day", "endsOn");
        check.Require(starts is null || ends is null || starts <= ends, "crm.refusal.ends-before", "endsOn");
        row.StartsOn = starts is { } first ? ContractLife.Write(first) : "";
        row.EndsOn = ends is { } last ? ContractLife.Write(last) : "";
        row.RemindDays = check.Number(
            input.RemindDays,
            "remindDays",
            365,
            row.Id == 0 ? around.Settings.RemindDays : row.RemindDays
        );
    }

    private static void Worth(InputCheck check, ContractSurroundings around, ContractRow row, ContractInput input)
    {
        var currency = (input.Currency ?? "").Trim().ToUpperInvariant();
        currency = currency.Length == 0 ? around.Settings.Currency.Trim().ToUpperInvariant() : currency;
        check.Require(Money.IsCurrency(currency), "crm.refusal.bad-currency", "currency", currency);
        var amount = string.IsNullOrWhiteSpace(input.Amount) ? 0 : Money.Read(input.Amount);
        check.Require(amount is { } some && Money.Fits(some, currency), "crm.refusal.bad-money", "amount", currency);
        (row.Amount, row.Currency, row.AmountPer) = (
            amount ?? 0,
            Money.IsCurrency(currency) ? currency : "",
            input.AmountPer
        );
        check.Require(Enum.IsDefined(input.AmountPer), "crm.refusal.bad-choice", "amountPer");
        row.PenaltyTerms = check.Prose(input.PenaltyTerms, "penaltyTerms");
        var rate = string.IsNullOrWhiteSpace(input.PenaltyRate) ? null : Money.Read(input.PenaltyRate);
        check.Require(
            string.IsNullOrWhiteSpace(input.PenaltyRate)
                || rate is >= 0 and <= 100 && decimal.Round(rate.Value, 4) == rate,
            "crm.refusal.bad-rate",
            "penaltyRate"
        );
        row.PenaltyRate = rate;
    }

    private static void Budget(InputCheck check, ContractRow row, ContractInput input)
    {
        check.Require(Enum.IsDefined(input.BudgetUnit), "crm.refusal.bad-choice", "budgetUnit");
        check.Require(Enum.IsDefined(input.WhenSpent), "crm.refusal.bad-choice", "whenSpent");
        var amount = input.BudgetUnit == BudgetUnit.None ? 0 : Amounts.Read(input.BudgetUnit, input.BudgetAmount);
        check.Require(
            input.BudgetUnit == BudgetUnit.None || amount is >= 1 and <= Ledger.Most,
            "crm.refusal.bad-amount",
            "budgetAmount"
        );
        (row.BudgetUnit, row.BudgetAmount, row.WhenSpent) = (input.BudgetUnit, amount ?? 0, input.WhenSpent);
        row.BudgetWarnAt = check.Number(input.BudgetWarnAt, "budgetWarnAt", 100, 80);
        row.BooksOpenings = input.BooksOpenings && input.BudgetUnit == BudgetUnit.Tickets;
    }

    private static List<EntitlementRow> Promises(
        InputCheck check,
        ContractSurroundings around,
        ValueList<Entitlement> entitlements
    )
    {
        var rows = new List<EntitlementRow>();
        check.Require(
            entitlements.Count <= MostEntitlements,
            "crm.refusal.too-many",
            "entitlements",
            $"{MostEntitlements}"
        );
        foreach (var one in entitlements.Take(MostEntitlements))
        {
            var plan = check.Line(one.Plan, "entitlements", 60, isRequired: true);
            var policy = (one.Policy ?? "").Trim();
            check.Require(
                policy.Length == 0 || around.Configuration.TryGet<SlaPolicyDocument>(policy, out _),
                "crm.refusal.no-policy",
                "entitlements",
                policy
            );
            foreach (var desk in one.Desks)
            {
                check.Require(
                    around.Configuration.TryGet<DeskDocument>(desk, out _),
                    "crm.refusal.no-desk",
                    "entitlements",
                    desk
                );
            }

            foreach (var product in one.Products)
            {
                check.Require(around.Products.Contains(product), "crm.refusal.no-product", "entitlements", product);
            }

            rows.Add(
                new EntitlementRow
                {
                    Ordinal = rows.Count,
                    Plan = plan,
                    Policy = policy,
                    Desks = string.Join(",", one.Desks),
                    Products = string.Join(",", one.Products),
                }
            );
        }

        return rows;
    }
}
