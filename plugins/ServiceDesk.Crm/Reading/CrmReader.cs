using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Reading;

/// <summary>Reads accounts, contacts, products and contracts: only those that the viewer may see, decided in the database.</summary>
public sealed partial class CrmReader(IPluginTables<CrmTables> tables, AccountScopes scopes, IPeople people)
{
    /// <summary>How many stand on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The most accounts that are drawn as a tree.</summary>
    public const int MostOfTree = 1000;

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

    private static IQueryable<AccountName> Named(IQueryable<AccountRow> rows) =>
        rows.Select(row => new AccountName(row.Id, row.Key, row.Name));

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
}
