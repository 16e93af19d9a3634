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

/// <summary>Reads accounts, contacts, products and contracts: only those that the viewer may see, decided in the database.</summary>
public sealed class CrmReader(IPluginTables<CrmTables> tables, AccountScopes scopes, IPeople people)
{
    /// <summary>How many stand on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The most accounts that are drawn as a tree.</summary>
    public const int MostOfTree = 1000;

    private const int MostEntries = 500;

    /// <summary>Accounts by name.</summary>
    /// <param name="text">Words that key or name must contain, each; empty takes all.</param>
    public async Task<Listing<AccountItem>> AccountsAsync(
        Viewer viewer,
        string? text,
        int page,
        CancellationToken cancellation,
        int pageSize = PageSize
    )
    {
        var organizations = (await people.OrganizationsAsync(cancellation)).ToDictionary(one => one.Id.Value);
        return await ReadAsync(
            viewer,
            async (db, scope, token) =>
            {
                var rows = Words(text)
                    .Aggregate(
                        db.Accounts.VisibleTo(scope),
                        (found, word) => found.Where(row => row.Search.Contains(word))
                    );
                var listed = await ListAsync(
                    rows.OrderBy(row => row.Name)
                        .ThenBy(row => row.Id)
                        .Select(row => new
                        {
                            Row = row,
                            Parent = db.Accounts.VisibleTo(scope).Any(one => one.Id == row.ParentId),
                            Contracts = db.Contracts.Count(one =>
                                one.AccountId == row.Id && one.State == ContractState.Active
                            ),
                            Contacts = db.Memberships.Count(one => one.AccountId == row.Id),
                        }),
                    page,
                    pageSize,
                    token
                );
                return new Listing<AccountItem>(
                    [
                        .. listed.Items.Select(one => new AccountItem(
                            one.Row.Id,
                            one.Row.Key,
                            one.Row.Name,
                            one.Parent ? one.Row.ParentId : null,
                            one.Row.OrganizationId is { } id ? organizations.GetValueOrDefault(id)?.Name : null,
                            one.Row.IsActive,
                            one.Contracts,
                            one.Contacts
                        )),
                    ],
                    listed.Total,
                    listed.Page,
                    pageSize
                );
            },
            cancellation
        );
    }

    /// <summary>An account; null when there is none that the viewer may see.</summary>
    public async Task<AccountDetail?> AccountAsync(Viewer viewer, long id, CancellationToken cancellation)
    {
        var organizations = (await people.OrganizationsAsync(cancellation)).ToDictionary(one => one.Id.Value);
        return await ReadAsync(
            viewer,
            async (db, scope, token) =>
            {
                var seen = db.Accounts.VisibleTo(scope);
                if (await seen.FirstOrDefaultAsync(row => row.Id == id, token) is not { } row)
                {
                    return null;
                }

                var organization = row.OrganizationId is { } key ? organizations.GetValueOrDefault(key) : null;
                return new AccountDetail(
                    row.Id,
                    row.Key,
                    row.Name,
                    await Named(seen.Where(one => one.Id == row.ParentId)).FirstOrDefaultAsync(token),
                    organization?.Key,
                    organization?.Name,
                    row.ExternalId,
                    row.Website,
                    row.Phone,
                    row.Notes,
                    row.IsActive,
                    row.Version,
                    await Named(seen.Where(one => one.ParentId == id).OrderBy(one => one.Name)).ToListAsync(token),
                    await ContactsAt(db, id).ToListAsync(token),
                    await ContractsOfAsync(db, db.Contracts.Where(one => one.AccountId == id), scope, token)
                );
            },
            cancellation
        );
    }

    /// <summary>The account with a key; null when there is none that the viewer may see.</summary>
    public Task<long?> FindAccountAsync(Viewer viewer, string key, CancellationToken cancellation) =>
        ReadAsync(
            viewer,
            (db, scope, token) =>
                db
                    .Accounts.VisibleTo(scope)
                    .Where(row => row.Key == key)
                    .Select(row => (long?)row.Id)
                    .FirstOrDefaultAsync(token),
            cancellation
        );

    /// <summary>Contacts by name.</summary>
    public Task<Listing<ContactDetail>> ContactsAsync(
        Viewer viewer,
        string? text,
        int page,
        CancellationToken cancellation,
        int pageSize = PageSize
    ) =>
        ReadAsync(
            viewer,
            async (db, scope, token) =>
            {
                var rows = Words(text)
                    .Aggregate(
                        db.Contacts.VisibleTo(db, scope),
                        (found, word) => found.Where(row => row.Search.Contains(word))
                    );
                var listed = await ListAsync(
                    rows.OrderBy(row => row.Name).ThenBy(row => row.Id),
                    page,
                    pageSize,
                    token
                );
                var details = await ContactsOfAsync(db, listed.Items, scope, token);
                return new Listing<ContactDetail>(details, listed.Total, listed.Page, pageSize);
            },
            cancellation
        );

    /// <summary>A contact; null when there is none that the viewer may see.</summary>
    public Task<ContactDetail?> ContactAsync(Viewer viewer, long id, CancellationToken cancellation) =>
        ReadAsync(
            viewer,
            async (db, scope, token) =>
            {
                var row = await db.Contacts.VisibleTo(db, scope).FirstOrDefaultAsync(one => one.Id == id, token);
                return row is null ? null : (await ContactsOfAsync(db, [row], scope, token))[0];
            },
            cancellation
        );

    /// <summary>Products by name.</summary>
    public Task<Listing<ProductDetail>> ProductsAsync(
        Viewer viewer,
        string? text,
        int page,
        CancellationToken cancellation,
        int pageSize = PageSize
    ) =>
        ReadAsync(
            viewer,
            async (db, _, token) =>
            {
                var rows = Words(text)
                    .Aggregate(
                        db.Products.AsQueryable(),
                        (found, word) => found.Where(row => row.Search.Contains(word))
                    );
                var listed = await ListAsync(
                    rows.OrderBy(row => row.Name).ThenBy(row => row.Id),
                    page,
                    pageSize,
                    token
                );
                return new Listing<ProductDetail>([.. listed.Items.Select(Shown)], listed.Total, listed.Page, pageSize);
            },
            cancellation
        );

    /// <summary>A product; null when there is none.</summary>
    public Task<ProductDetail?> ProductAsync(Viewer viewer, long id, CancellationToken cancellation) =>
        ReadAsync(
            viewer,
            async (db, _, token) =>
                await db.Products.FirstOrDefaultAsync(row => row.Id == id, token) is { } row ? Shown(row) : null,
            cancellation
        );

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

    /// <summary>Reads with the viewer's scope.</summary>
    internal async Task<T> ReadAsync<T>(
        Viewer viewer,
        Func<CrmTables, AccountScope, CancellationToken, Task<T>> read,
        CancellationToken cancellation
    )
    {
        var scope = await scopes.OfAsync(viewer, cancellation);
        return await tables.ReadAsync((db, token) => read(db, scope, token), cancellation);
    }

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

    /// <summary>The contacts of an account, the first one to turn to in front.</summary>
    internal static IQueryable<ContactAt> ContactsAt(CrmTables db, long account, long? person = null) =>
        db
            .Memberships.Where(one => one.AccountId == account)
            .Join(
                db.Contacts,
                one => one.ContactId,
                contact => contact.Id,
                (one, contact) => new { Membership = one, Contact = contact }
            )
            .Where(one => person == null || one.Contact.PersonId == person)
            .OrderByDescending(one => one.Membership.IsPrimary)
            .ThenBy(one => one.Contact.Name)
            .Select(one => new ContactAt(
                one.Contact.Id,
                one.Contact.Name,
                one.Membership.Title,
                one.Contact.Email,
                one.Contact.Phone,
                one.Membership.IsPrimary
            ));

    private static IQueryable<AccountName> Named(IQueryable<AccountRow> rows) =>
        rows.Select(row => new AccountName(row.Id, row.Key, row.Name));

    private static ProductDetail Shown(ProductRow row) =>
        new(row.Id, row.Key, row.Name, row.Description, row.ExternalId, row.IsActive, row.Version);

    private static async Task<IReadOnlyList<ContactDetail>> ContactsOfAsync(
        CrmTables db,
        IReadOnlyList<ContactRow> rows,
        AccountScope scope,
        CancellationToken cancellation
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        var memberships = await db
            .Memberships.Where(one => ids.Contains(one.ContactId))
            .Join(
                db.Accounts.VisibleTo(scope),
                one => one.AccountId,
                account => account.Id,
                (one, account) => new { Membership = one, Account = account }
            )
            .OrderByDescending(one => one.Membership.IsPrimary)
            .ThenBy(one => one.Account.Name)
            .ToListAsync(cancellation);
        return
        [
            .. rows.Select(row => new ContactDetail(
                row.Id,
                row.Name,
                row.Email,
                row.Phone,
                row.ExternalId,
                row.Notes,
                row.PersonId is not null,
                row.Version,
                [
                    .. memberships
                        .Where(one => one.Membership.ContactId == row.Id)
                        .Select(one => new MembershipAt(
                            new AccountName(one.Account.Id, one.Account.Key, one.Account.Name),
                            one.Membership.Title,
                            one.Membership.IsPrimary
                        )),
                ]
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
        );
    }

    private static IEnumerable<string> Words(string? text) =>
        SearchText.Of(text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(10);

    private static async Task<Listing<T>> ListAsync<T>(
        IQueryable<T> rows,
        int page,
        int pageSize,
        CancellationToken cancellation
    )
    {
        var at = Math.Clamp(page, 1, 1_000_000);
        var total = await rows.CountAsync(cancellation);
        var items = await rows.Skip((at - 1) * pageSize).Take(pageSize).ToListAsync(cancellation);
        return new Listing<T>(items, total, at, pageSize);
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
