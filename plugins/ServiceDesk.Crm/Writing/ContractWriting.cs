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
)
{
    /// <summary>The person with the typed address for legal matters; null when there is none.</summary>
    public Person? Legal { get; init; }
}

/// <summary>Makes and changes contracts, and moves them from state to state.</summary>
public sealed partial class ContractWriting(
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
        var legal = await OwnerAsync(input.Legal, cancellation);
        return await writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                var row = id is { } known ? await FindAsync(change, known, token) : new ContractRow();
                if (row is null)
                {
                    return Written.No(Refusal.NotFound("crm.refusal.no-contract", $"{id}"));
                }

                var around = await AroundAsync(change, owner, token) with { Legal = legal };
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
        Legal(check, around, row, input);
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

    private static void Legal(InputCheck check, ContractSurroundings around, ContractRow row, ContractInput input)
    {
        if (input.Legal is not { } typed)
        {
            return;
        }

        row.LegalId = around.Legal?.Id.Value;
        check.Require(
            typed.Trim().Length == 0 || around.Legal is { Role: not "customer" },
            "crm.refusal.no-owner",
            "legal",
            typed
        );
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
