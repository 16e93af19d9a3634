using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Writing;

/// <summary>Makes and changes contacts. A contact whose address is that of a person of the product is that person.</summary>
public sealed class ContactWriting(CrmWriter writer, IPeople people)
{
    /// <summary>The most accounts of a contact.</summary>
    public const int MostAccounts = 50;

    /// <summary>Makes a contact, or changes one.</summary>
    public async Task<Written> SaveAsync(
        Viewer viewer,
        long? id,
        ContactInput input,
        long? version,
        CancellationToken cancellation,
        Once? once = null
    )
    {
        var email = (input.Email ?? "").Trim();
        var person = email.Length > 0 ? await people.FindByEmailAsync(email, cancellation) : null;
        return await writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                var row = id is { } known
                    ? await change
                        .Db.Contacts.VisibleTo(change.Db, change.Scope)
                        .FirstOrDefaultAsync(one => one.Id == known, token)
                    : new ContactRow();
                if (row is null)
                {
                    return Written.No(Refusal.NotFound("crm.refusal.no-contact", $"{id}"));
                }

                var tree = await AccountTree.LoadAsync(change.Db, token);
                return await ApplyAsync(change, tree, row, input, person?.Id.Value, version, token);
            },
            cancellation,
            once
        );
    }

    /// <summary>Writes into a row what was typed, or says every reason against it.</summary>
    internal static async Task<Written> ApplyAsync(
        Change change,
        AccountTree tree,
        ContactRow row,
        ContactInput input,
        long? person,
        long? version,
        CancellationToken cancellation
    )
    {
        var check = new InputCheck();
        var isNew = row.Id == 0;
        var name = check.Line(input.Name, "name", 200, isRequired: true);
        var email = check.Line(input.Email, "email", 254);
        check.Require(email.Length == 0 || IsAddress(email), "crm.refusal.bad-email", "email");
        var phone = check.Line(input.Phone, "phone", 60);
        var external = check.Line(input.ExternalId, "externalId", 100);
        var notes = check.Prose(input.Notes, "notes");
        var rivals = await change
            .Db.Contacts.Where(one => one.Id != row.Id)
            .Where(one => (external != "" && one.ExternalId == external) || (person != null && one.PersonId == person))
            .ToListAsync(cancellation);
        check.Require(
            external.Length == 0 || rivals.TrueForAll(one => one.ExternalId != external),
            "crm.refusal.external-id-taken",
            "externalId",
            external
        );
        check.Require(
            person is null || rivals.TrueForAll(one => one.PersonId != person),
            "crm.refusal.email-taken",
            "email",
            email
        );
        var memberships = Memberships(check, change, tree, input);
        if (version is { } seen && !isNew && seen != row.Version)
        {
            check.Add(new Refusal(RefusalKind.Stale, "crm.refusal.changed-meanwhile", []));
        }

        if (!check.IsFine)
        {
            return new Written(0, check.Refusals);
        }

        (row.Name, row.Email, row.Phone, row.Notes) = (name, email, phone, notes);
        (row.ExternalId, row.PersonId) = (external.Length > 0 ? external : null, person);
        row.Search = SearchText.Of(name, email, phone);
        row.UpdatedAt = change.Now.ToUnixTimeTicks();
        if (isNew)
        {
            change.Db.Contacts.Add(row);
            await change.Db.SaveChangesAsync(cancellation);
        }
        else
        {
            row.Version++;
        }

        await ReplaceAsync(change, tree, row, memberships, cancellation);
        change.Note("contact", row.Id, isNew ? "created" : "changed");
        return Written.Done(row.Id);
    }

    private static List<MembershipRow> Memberships(
        InputCheck check,
        Change change,
        AccountTree tree,
        ContactInput input
    )
    {
        var rows = new List<MembershipRow>();
        check.Require(input.Accounts.Count > 0, "crm.refusal.no-account-given", "accounts");
        check.Require(input.Accounts.Count <= MostAccounts, "crm.refusal.too-many", "accounts", $"{MostAccounts}");
        foreach (var one in input.Accounts.Take(MostAccounts))
        {
            var key = (one.Account ?? "").Trim().ToLowerInvariant();
            var account = tree.Find(key);
            var isKnown = account is not null && AccountTree.IsVisible(account, change.Scope);
            check.Require(isKnown, "crm.refusal.no-account", "accounts", key);
            check.Require(
                !isKnown || rows.TrueForAll(row => row.AccountId != account!.Id),
                "crm.refusal.account-twice",
                "accounts",
                key
            );
            var title = check.Line(one.Title, "accounts", 100);
            if (isKnown)
            {
                rows.Add(
                    new MembershipRow
                    {
                        AccountId = account!.Id,
                        Title = title,
                        IsPrimary = one.IsPrimary,
                    }
                );
            }
        }

        return rows;
    }

    // What the contact is at accounts that the editor may not see stays.
    private static async Task ReplaceAsync(
        Change change,
        AccountTree tree,
        ContactRow row,
        List<MembershipRow> wanted,
        CancellationToken cancellation
    )
    {
        var before = await change.Db.Memberships.Where(one => one.ContactId == row.Id).ToListAsync(cancellation);
        foreach (var old in before)
        {
            var isSeen = tree.Find(old.AccountId) is { } account && AccountTree.IsVisible(account, change.Scope);
            if (wanted.Find(one => one.AccountId == old.AccountId) is { } same)
            {
                (old.Title, old.IsPrimary) = (same.Title, same.IsPrimary);
                wanted.Remove(same);
            }
            else if (isSeen)
            {
                change.Db.Memberships.Remove(old);
            }
        }

        foreach (var one in wanted)
        {
            one.ContactId = row.Id;
            change.Db.Memberships.Add(one);
        }
    }

    private static bool IsAddress(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at < text.Length - 1
        && text.LastIndexOf('@') == at
        && !text.Contains(' ', StringComparison.Ordinal);
}
