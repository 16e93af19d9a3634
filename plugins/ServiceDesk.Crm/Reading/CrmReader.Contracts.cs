using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Reading;

/// <summary>Which contracts are wanted.</summary>
/// <param name="EndsBy">Only those that end until this day, <c>yyyy-MM-dd</c>; null for all.</param>
public sealed record ContractFilter(string Text = "", ContractState? State = null, string? EndsBy = null);

/// <summary>Contracts, their ledgers and documents.</summary>
public sealed partial class CrmReader
{
    private const int MostEntries = 500;

    /// <summary>Contracts by their end, the soonest first.</summary>
    public Task<Listing<ContractItem>> ContractsAsync(
        Viewer viewer,
        ContractFilter filter,
        int page,
        CancellationToken cancellation,
        int pageSize = PageSize
    ) =>
        ReadAsync(
            viewer,
            async (db, scope, token) =>
            {
                var rows = Words(filter.Text)
                    .Aggregate(
                        db.Contracts.VisibleTo(db, scope),
                        (found, word) =>
                            found.Where(row =>
                                row.Search.Contains(word)
                                || db.Accounts.Any(account =>
                                    account.Id == row.AccountId && account.Search.Contains(word)
                                )
                            )
                    );
                rows = filter.State is { } state ? rows.Where(row => row.State == state) : rows;
                rows = filter.EndsBy is { } day ? rows.Where(row => string.Compare(row.EndsOn, day) <= 0) : rows;
                var total = await rows.CountAsync(token);
                var at = Math.Clamp(page, 1, 1_000_000);
                var items = await ContractsOfAsync(db, rows, scope, token, (at - 1) * pageSize, pageSize);
                return new Listing<ContractItem>(items, total, at, pageSize);
            },
            cancellation
        );

    /// <summary>A contract; null when there is none that the viewer may see.</summary>
    public async Task<ContractDetail?> ContractAsync(Viewer viewer, long id, CancellationToken cancellation)
    {
        var found = await ReadAsync(
            viewer,
            async (db, scope, token) =>
            {
                var rows = db.Contracts.VisibleTo(db, scope).Where(row => row.Id == id);
                if (await rows.FirstOrDefaultAsync(token) is not { } row)
                {
                    return null;
                }

                return new ContractParts(
                    row,
                    (await ContractsOfAsync(db, rows, scope, token))[0],
                    await db
                        .Entitlements.Where(one => one.ContractId == id)
                        .OrderBy(one => one.Ordinal)
                        .ToListAsync(token),
                    await Balances.OfAsync(db, row, token),
                    await db
                        .Ledger.Where(one => one.ContractId == id)
                        .OrderByDescending(one => one.Id)
                        .Take(MostEntries)
                        .ToListAsync(token),
                    await db
                        .Documents.Where(one => one.ContractId == id)
                        .OrderBy(one => one.Name)
                        .ThenBy(one => one.Id)
                        .ToListAsync(token),
                    await db
                        .Changes.Where(one => one.Kind == "contract" && one.RecordId == id)
                        .OrderByDescending(one => one.Id)
                        .Take(100)
                        .ToListAsync(token)
                );
            },
            cancellation
        );
        return found is null ? null : await DetailAsync(found, cancellation);
    }

    /// <summary>The contract with a number; null when there is none that the viewer may see.</summary>
    public Task<long?> FindContractAsync(Viewer viewer, string number, CancellationToken cancellation) =>
        ReadAsync(
            viewer,
            (db, scope, token) =>
                db
                    .Contracts.VisibleTo(db, scope)
                    .Where(row => row.Number == number)
                    .Select(row => (long?)row.Id)
                    .FirstOrDefaultAsync(token),
            cancellation
        );

    /// <summary>A file of a contract with its content; null when there is none that the viewer may see.</summary>
    public Task<(string Name, byte[] Content)?> DocumentAsync(
        Viewer viewer,
        long contract,
        long document,
        CancellationToken cancellation
    ) =>
        ReadAsync<(string, byte[])?>(
            viewer,
            async (db, scope, token) =>
            {
                var row = await db
                    .Documents.Where(one => one.Id == document && one.ContractId == contract)
                    .FirstOrDefaultAsync(
                        one => db.Contracts.VisibleTo(db, scope).Any(seen => seen.Id == one.ContractId),
                        token
                    );
                return row is null
                    ? null
                    : (row.Name, await DocumentWriting.ReadAsync(db, DocumentWriting.OwnerOf(document), token));
            },
            cancellation
        );

    /// <summary>Contracts as lists show them.</summary>
    internal static async Task<IReadOnlyList<ContractItem>> ContractsOfAsync(
        CrmTables db,
        IQueryable<ContractRow> rows,
        AccountScope scope,
        CancellationToken cancellation,
        int skip = 0,
        int take = MostEntries
    )
    {
        var found = await rows.Join(
                db.Accounts.VisibleTo(scope),
                row => row.AccountId,
                account => account.Id,
                (row, account) => new { Row = row, Account = account }
            )
            .OrderBy(one => one.Row.State)
            .ThenBy(one => one.Row.EndsOn)
            .ThenBy(one => one.Row.Id)
            .Skip(skip)
            .Take(take)
            .ToListAsync(cancellation);
        return
        [
            .. found.Select(one => new ContractItem(
                one.Row.Id,
                one.Row.Number,
                one.Row.Name,
                new AccountName(one.Account.Id, one.Account.Key, one.Account.Name),
                one.Row.State,
                one.Row.StartsOn,
                one.Row.EndsOn,
                one.Row.Amount,
                one.Row.Currency,
                one.Row.AmountPer
            )),
        ];
    }

    private async Task<ContractDetail> DetailAsync(ContractParts parts, CancellationToken cancellation)
    {
        var row = parts.Row;
        var named = parts
            .Ledger.Select(one => one.PersonId)
            .Concat(parts.Documents.Select(one => (long?)one.PersonId))
            .Concat(parts.Changes.Select(one => one.PersonId))
            .Append(row.OwnerId)
            .Append(row.LegalId)
            .OfType<long>()
            .Distinct()
            .Select(id => new PersonId(id))
            .ToList();
        var found = await people.FindAsync(named, cancellation);
        string? Name(long? id) => id is { } known ? found.GetValueOrDefault(new PersonId(known))?.Name : null;
        return new ContractDetail(
            parts.Item,
            row.OwnerId,
            Name(row.OwnerId),
            row.OwnerId is { } owner ? found.GetValueOrDefault(new PersonId(owner))?.Email : null,
            row.RemindDays,
            row.CoversChildren,
            row.PenaltyTerms,
            row.PenaltyRate,
            row.Notes,
            row.ExternalId,
            row.Version,
            [.. parts.Entitlements.Select(CoverOffers.Read)],
            row.BudgetUnit == BudgetUnit.None
                ? null
                : new BudgetDetail(parts.Balance, row.WhenSpent, row.BooksOpenings),
            [
                .. parts.Ledger.Select(one => new LedgerItem(
                    one.Id,
                    one.Kind,
                    one.Unit,
                    one.Amount,
                    one.Note,
                    one.TicketKey,
                    one.Corrects,
                    Name(one.PersonId),
                    one.At
                )),
            ],
            [
                .. parts.Documents.Select(one => new DocumentItem(
                    one.Id,
                    one.Name,
                    one.Size,
                    Name(one.PersonId),
                    one.At
                )),
            ],
            [.. parts.Changes.Select(one => new ChangeItem(one.What, one.Detail, Name(one.PersonId), one.At))]
        )
        {
            LegalName = Name(row.LegalId),
            LegalEmail = row.LegalId is { } legal ? found.GetValueOrDefault(new PersonId(legal))?.Email : null,
        };
    }

    private sealed record ContractParts(
        ContractRow Row,
        ContractItem Item,
        IReadOnlyList<EntitlementRow> Entitlements,
        Balance Balance,
        IReadOnlyList<LedgerRow> Ledger,
        IReadOnlyList<DocumentRow> Documents,
        IReadOnlyList<ChangeRow> Changes
    );
}
