using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Api;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Crm.Pages;

/// <summary>Makes a contract or changes one. What was typed stays when it is refused.</summary>
[Authorize(Policy = CrmPlugin.EditPermission)]
public sealed class EditContractModel(
    CrmReader reader,
    ContractWriting writing,
    IConfigurationReader configuration,
    IPluginSettings<CrmSettings> settings,
    CrmDays days,
    ITexts texts
) : CrmPageModel(texts)
{
    /// <summary>The contract; null for a new one.</summary>
    public ContractDetail? Existing { get; private set; }

    /// <summary>The version that is being changed.</summary>
    public long? Version { get; private set; }

    /// <summary>The form.</summary>
    public IReadOnlyList<CrmInput> Inputs { get; private set; } = [];

    /// <summary>What it promises, with empty rows for more.</summary>
    public IReadOnlyList<Entitlement> Promises { get; private set; } = [];

    /// <summary>The SLA policies.</summary>
    public IEnumerable<(string Id, string Name)> Policies =>
        configuration.Current.All<SlaPolicyDocument>().Select(policy => (policy.Id, policy.Name.ToString()));

    /// <summary>Shows the form.</summary>
    /// <param name="at">The key of an account for a new contract.</param>
    public async Task<IActionResult> OnGetAsync(long? contract, string? at, CancellationToken cancellation)
    {
        if (!await FindAsync(contract, cancellation))
        {
            return NotFound();
        }

        Version = Existing?.Version;
        Draw(Existing is { } row ? Of(row) : New(at));
        return Page();
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostAsync(long? contract, long? version, CancellationToken cancellation)
    {
        if (!await FindAsync(contract, cancellation))
        {
            return NotFound();
        }

        var input = Read();
        var saved = await writing.SaveAsync(Viewer, contract, input, version, cancellation);
        if (saved.IsDone)
        {
            return Redirect(At($"contract?contract={saved.Id}"));
        }

        Version = version;
        var answer = Refuse(saved.Refusals);
        Draw(input);
        return answer;
    }

    private ContractInput Read() =>
        new(
            Typed("number") ?? "",
            Typed("name") ?? "",
            Typed("account") ?? "",
            Typed("startsOn") ?? "",
            Typed("endsOn") ?? "",
            Typed("amount") ?? "",
            Typed("currency") ?? "",
            ContractBody.Word(Typed("amountPer"), AmountPer.Whole),
            Typed("owner") ?? "",
            Typed("remindDays") ?? "",
            Ticked("coversChildren"),
            Typed("penaltyTerms") ?? "",
            Typed("penaltyRate") ?? "",
            Typed("notes") ?? "",
            ContractBody.Word(Typed("budgetUnit"), BudgetUnit.None),
            Typed("budgetAmount") ?? "",
            Typed("budgetWarnAt") ?? "",
            ContractBody.Word(Typed("whenSpent"), WhenSpent.Allow),
            Ticked("booksOpenings"),
            Typed("externalId") ?? ""
        )
        {
            Legal = Typed("legal") ?? "",
            Entitlements = [.. Typed()],
        };

    // A row without a plan promises nothing, unless something else stands in it.
    private IEnumerable<Entitlement> Typed()
    {
        var form = Request.Form;
        string At(string name, int i) => i < form[name].Count ? form[name][i] ?? "" : "";
        for (var i = 0; i < Math.Min(form["plan"].Count, ContractWriting.MostEntitlements + 1); i++)
        {
            var row = new Entitlement(
                At("plan", i),
                At("policy", i),
                CoverOffers.Keys(At("desks", i)),
                CoverOffers.Keys(At("products", i))
            );
            if (row.Plan.Trim().Length > 0 || row.Policy.Length > 0 || row.Desks.Count > 0 || row.Products.Count > 0)
            {
                yield return row;
            }
        }
    }

    private async Task<bool> FindAsync(long? contract, CancellationToken cancellation)
    {
        Existing = contract is { } id ? await reader.ContractAsync(Viewer, id, cancellation) : null;
        return contract is null || Existing is not null;
    }

    private ContractInput New(string? account) =>
        new(
            "",
            "",
            account ?? "",
            ContractLife.Write(days.Today),
            ContractLife.Write(days.Today.PlusYears(1).PlusDays(-1)),
            "",
            settings.Current.Currency,
            AmountPer.Year,
            Viewer.Person.Email,
            settings.Current.RemindDays.ToString(CultureInfo.InvariantCulture),
            BudgetWarnAt: "80"
        );

    private static ContractInput Of(ContractDetail row) =>
        new(
            row.Item.Number,
            row.Item.Name,
            row.Item.Account.Key,
            row.Item.StartsOn,
            row.Item.EndsOn,
            Api.Words.Of(row.Item.Amount),
            row.Item.Currency,
            row.Item.AmountPer,
            row.OwnerEmail ?? "",
            row.RemindDays.ToString(CultureInfo.InvariantCulture),
            row.CoversChildren,
            row.PenaltyTerms,
            row.PenaltyRate is { } rate ? Api.Words.Of(rate) : "",
            row.Notes,
            row.Budget?.Balance.Unit ?? BudgetUnit.None,
            row.Budget is { } budget ? Amounts.Plain(budget.Balance.Unit, budget.Balance.Amount) : "",
            $"{row.Budget?.Balance.WarnAt ?? 80}",
            row.Budget?.WhenSpent ?? WhenSpent.Allow,
            row.Budget?.BooksOpenings ?? false,
            row.ExternalId ?? ""
        )
        {
            Legal = row.LegalEmail ?? "",
            Entitlements = [.. row.Entitlements],
        };

    private void Draw(ContractInput input)
    {
        var inputs = new List<CrmInput>();
        if (Existing is null)
        {
            inputs.Add(One("number", "number", input.Number) with { Required = true, Longest = 60 });
        }

        inputs.AddRange([
            One("name", "name", input.Name) with
            {
                Required = true,
            },
            One("account", "account", input.Account) with
            {
                Required = true,
                Help = "account-key",
                Longest = 60,
            },
            One("startsOn", "starts-on", input.StartsOn) with
            {
                Required = true,
                Kind = "date",
            },
            One("endsOn", "ends-on", input.EndsOn) with
            {
                Required = true,
                Kind = "date",
            },
            One("amount", "amount", input.Amount) with
            {
                Longest = 30,
            },
            One("currency", "currency", input.Currency) with
            {
                Longest = 3,
                Help = "currency",
            },
            Choice("amountPer", "amount-per", input.AmountPer, "per-choice"),
            One("owner", "owner", input.Owner) with
            {
                Kind = "email",
                Longest = 254,
                Help = "owner",
            },
            One("legal", "legal", input.Legal ?? "") with
            {
                Kind = "email",
                Longest = 254,
                Help = "legal",
            },
            One("remindDays", "remind-days", input.RemindDays) with
            {
                Kind = "number",
                Help = "remind-days",
            },
            One("coversChildren", "covers-children", input.CoversChildren ? "true" : "") with
            {
                Kind = "check",
            },
            One("penaltyTerms", "penalty-terms", input.PenaltyTerms) with
            {
                Kind = "area",
            },
            One("penaltyRate", "penalty-rate", input.PenaltyRate) with
            {
                Longest = 10,
                Help = "penalty-rate",
            },
            Choice("budgetUnit", "budget-unit", input.BudgetUnit, "unit"),
            One("budgetAmount", "budget-amount", input.BudgetAmount) with
            {
                Longest = 20,
                Help = "budget-amount",
            },
            One("budgetWarnAt", "budget-warn-at", input.BudgetWarnAt) with
            {
                Kind = "number",
                Help = "budget-warn-at",
            },
            Choice("whenSpent", "when-spent", input.WhenSpent, "when-spent"),
            One("booksOpenings", "books-openings", input.BooksOpenings ? "true" : "") with
            {
                Kind = "check",
                Help = "books-openings",
            },
            One("externalId", "external-id", input.ExternalId) with
            {
                Longest = 100,
                Help = "external-id",
            },
            One("notes", "notes", input.Notes) with
            {
                Kind = "area",
            },
        ]);
        Inputs = inputs;
        Promises = [.. input.Entitlements, new Entitlement("", "", [], [])];
    }

    private CrmInput One(string name, string label, string value) => new(name, label, value) { Error = Wrong(name) };

    private CrmInput Choice<T>(string name, string label, T value, string words)
        where T : struct, Enum =>
        One(name, label, $"{value}".ToLowerInvariant()) with
        {
            Kind = "select",
            Required = true,
            Options = [.. Enum.GetValues<T>().Select(one => ($"{one}".ToLowerInvariant(), Word(words, one)))],
        };
}
