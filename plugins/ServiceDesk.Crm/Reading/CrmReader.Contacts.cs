using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Reading;

/// <summary>Contacts and products.</summary>
public sealed partial class CrmReader
{
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

    private static ProductDetail Shown(ProductRow row) =>
        new(row.Id, row.Key, row.Name, row.Description, row.ExternalId, row.IsActive, row.Version);
}
