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

/// <summary>What a contract is checked against.</summary>
/// <param name="Owner">The person with the typed address; null when there is none.</param>
/// <param name="Products">Keys of all products.</param>
internal sealed record ContractSurroundings(
    AccountTree Tree,
    Person? Owner,
    IReadOnlySet<string> Products,
    IConfiguration Configuration,
    CrmSettings Settings,
    CrmDays Days
);

/// <summary>Makes and changes contracts, and moves them from state to state.</summary>
public sealed class ContractWriting(
    CrmWriter writer,
    IPeople people,
    IConfigurationReader configuration,
    IPluginSettings<CrmSettings> settings,
    CrmDays days
)
{
    /// <summary>The most promises of a contract.</summary>
    public const int MostEntitlements = 20;

    /// <summary>Makes a contract, or changes one.</summary>
    public async Task<Written> SaveAsync(
        Viewer viewer,
        long? id,
        ContractInput input,
        long? version,
        CancellationToken cancellation,
        Once? once = null
    )
    {
        var owner = await OwnerAsync(input.Owner, cancellation);
        return await writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                var row = id is { } known ? await FindAsync(change, known, token) : new ContractRow();
                if (row is null)
                {
                    return Written.No(Refusal.NotFound("crm.refusal.no-contract", $"{id}"));
                }

                var around = await AroundAsync(change, owner, token);
                return await ApplyAsync(change, around, row, input, version, token);
            },
            cancellation,
            once
        );
    }

    /// <summary>Moves a contract to another state.</summary>
    public Task<Written> MoveAsync(Viewer viewer, long id, ContractState to, CancellationToken cancellation) =>
        writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                if (await FindAsync(change, id, token) is not { } row)
                {
                    return Written.No(Refusal.NotFound("crm.refusal.no-contract", $"{id}"));
                }

                if (row.State == to)
                {
                    return Written.Done(id);
                }

                var ends = ContractLife.ReadDay(row.EndsOn) ?? default;
                return ContractLife.WhyNot(row.State, to, ends, days.Today) is { } refusal
                    ? Written.No(refusal)
                    : Move(change, row, to);
            },
            cancellation
        );

    /// <summary>Moves what time itself moves: an active contract behind its last day has expired.</summary>
    public Task<Written> ExpireAsync(long id, CancellationToken cancellation) =>
        writer.WriteAsync(
            async (change, token) =>
            {
                var row = await change.Db.Contracts.FirstOrDefaultAsync(one => one.Id == id, token);
                return row is { ExpireAt: { } due } && due <= change.Now.ToUnixTimeTicks()
                    ? Move(change, row, ContractState.Expired)
                    : Written.Done(id);
            },
            cancellation
        );

    /// <summary>Writes down that the owner was told of the end.</summary>
    public Task<Written> RemindedAsync(long id, string endsOn, CancellationToken cancellation) =>
        writer.WriteAsync(
            async (change, token) =>
            {
                if (await change.Db.Contracts.FirstOrDefaultAsync(one => one.Id == id, token) is { } row)
                {
                    row.RemindedFor = endsOn;
                    Derive(row, days.Zone);
                    change.Note("contract", row.Id, "reminded", endsOn);
                }

                return Written.Done(id);
            },
            cancellation
        );

    /// <summary>Brings an imported contract to a state; a new one may come in in any.</summary>
    /// <returns>Why not, or null when it was done.</returns>
    internal Written? Bring(Change change, ContractRow row, ContractState? to)
    {
        if (to is not { } state || row.State == state)
        {
            Derive(row, days.Zone);
            return null;
        }

        var isNew = row is { Version: 1, State: ContractState.Draft };
        var ends = ContractLife.ReadDay(row.EndsOn) ?? default;
        var refusal =
            isNew && state != ContractState.Active ? null : ContractLife.WhyNot(row.State, state, ends, days.Today);
        if (refusal is not null)
        {
            return Written.No(refusal);
        }

        Move(change, row, state);
        return null;
    }

    /// <summary>The contract, where it may be seen.</summary>
    internal static Task<ContractRow?> FindAsync(Change change, long id, CancellationToken cancellation) =>
        change.Db.Contracts.VisibleTo(change.Db, change.Scope).FirstOrDefaultAsync(row => row.Id == id, cancellation);

    /// <summary>The person with an address; null for an empty one or an unknown one.</summary>
    internal async Task<Person?> OwnerAsync(string? address, CancellationToken cancellation) =>
        string.IsNullOrWhiteSpace(address) ? null : await people.FindByEmailAsync(address.Trim(), cancellation);

    /// <summary>What contracts are checked against.</summary>
    internal async Task<ContractSurroundings> AroundAsync(Change change, Person? owner, CancellationToken cancellation)
    {
        var products = await change.Db.Products.Select(row => row.Key).ToListAsync(cancellation);
        return new ContractSurroundings(
            await AccountTree.LoadAsync(change.Db, cancellation),
            owner,
            products.ToHashSet(StringComparer.Ordinal),
            configuration.Current,
            settings.Current,
            days
        );
    }

    /// <summary>Writes into a row what was typed, or says every reason against it.</summary>
    internal static async Task<Written> ApplyAsync(
        Change change,
        ContractSurroundings around,
        ContractRow row,
        ContractInput input,
        long? version,
        CancellationToken cancellation
    )
    {
        var check = new InputCheck();
        var isNew = row.Id == 0;
        await IdentityAsync(check, change, row, input, cancellation);
        var account = AccountOf(check, change, around, row, input.Account);
        Period(check, around, row, input);
        Worth(check, around, row, input);
        Budget(check, row, input);
        var promises = Promises(check, around, input.Entitlements);
        row.OwnerId = around.Owner?.Id.Value;
        check.Require(
            string.IsNullOrWhiteSpace(input.Owner) || around.Owner is { Role: not "customer" },
            "crm.refusal.no-owner",
            "owner",
            input.Owner
        );
        row.Notes = check.Prose(input.Notes, "notes");
        row.CoversChildren = input.CoversChildren;
        if (version is { } seen && !isNew && seen != row.Version)
        {
            check.Add(new Refusal(RefusalKind.Stale, "crm.refusal.changed-meanwhile", []));
        }

        if (!check.IsFine)
        {
            return new Written(0, check.Refusals);
        }

        row.AccountId = account!.Id;
        row.UpdatedAt = change.Now.ToUnixTimeTicks();
        Derive(row, around.Days.Zone);
        if (isNew)
        {
            change.Db.Contracts.Add(row);
            await change.Db.SaveChangesAsync(cancellation);
        }
        else
        {
            row.Version++;
        }

        await PromiseAsync(change, row, promises, cancellation);
        LedgerWriting.Level(row, await Balances.OfAsync(change.Db, row, cancellation), row.BudgetLevelEntry);
        change.Note("contract", row.Id, isNew ? "created" : "changed");
        return Written.Done(row.Id);
    }

    private Written Move(Change change, ContractRow row, ContractState to)
    {
        row.State = to;
        row.Version++;
        row.UpdatedAt = change.Now.ToUnixTimeTicks();
        Derive(row, days.Zone);
        change.Note("contract", row.Id, $"moved-{to.ToString().ToLowerInvariant()}");
        return Written.Done(row.Id);
    }

    // What is due follows from the row alone, so that nothing that is due can be lost or left behind.
    private static void Derive(ContractRow row, DateTimeZone zone)
    {
        var ends = ContractLife.ReadDay(row.EndsOn) ?? default;
        row.ExpireAt = ContractLife.ExpiresAt(row.State, ends, zone)?.ToUnixTimeTicks();
        row.RemindAt = row.OwnerId is null
            ? null
            : ContractLife.RemindsAt(row.State, ends, row.RemindDays, row.RemindedFor, zone)?.ToUnixTimeTicks();
    }

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

    private static async Task PromiseAsync(
        Change change,
        ContractRow row,
        List<EntitlementRow> promises,
        CancellationToken cancellation
    )
    {
        var before = await change
            .Db.Entitlements.Where(one => one.ContractId == row.Id)
            .OrderBy(one => one.Ordinal)
            .ToListAsync(cancellation);
        if (before.Select(Said).SequenceEqual(promises.Select(Said)))
        {
            return;
        }

        change.Db.Entitlements.RemoveRange(before);
        foreach (var promise in promises)
        {
            promise.ContractId = row.Id;
            change.Db.Entitlements.Add(promise);
        }
    }

    private static (string Plan, string Policy, string Desks, string Products) Said(EntitlementRow row) =>
        (row.Plan, row.Policy, row.Desks, row.Products);
}
