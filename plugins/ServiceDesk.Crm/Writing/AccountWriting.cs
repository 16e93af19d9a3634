using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Writing;

/// <summary>Makes and changes accounts.</summary>
public sealed class AccountWriting(CrmWriter writer, IPeople people)
{
    /// <summary>Makes an account, or changes one.</summary>
    /// <param name="id">The account; null for a new one, which alone takes a key.</param>
    /// <param name="version">The version that was seen; null takes any.</param>
    public async Task<Written> SaveAsync(
        Viewer viewer,
        long? id,
        AccountInput input,
        long? version,
        CancellationToken cancellation,
        Once? once = null
    )
    {
        var organizations = await people.OrganizationsAsync(cancellation);
        return await writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                var tree = await AccountTree.LoadAsync(change.Db, token);
                var row = id is { } known ? tree.Find(known) : new AccountRow();
                if (row is null || (id is not null && !AccountTree.IsVisible(row, change.Scope)))
                {
                    return Written.No(Refusal.NotFound("crm.refusal.no-account", $"{id}"));
                }

                return await ApplyAsync(change, tree, organizations, row, input, version, token);
            },
            cancellation,
            once
        );
    }

    /// <summary>Writes into a row what was typed, or says every reason against it.</summary>
    internal static async Task<Written> ApplyAsync(
        Change change,
        AccountTree tree,
        IReadOnlyCollection<Organization> organizations,
        AccountRow row,
        AccountInput input,
        long? version,
        CancellationToken cancellation
    )
    {
        var check = new InputCheck();
        var isNew = row.Id == 0;
        var key = isNew ? check.Key(input.Key, "key") : row.Key;
        check.Require(!isNew || tree.Find(key) is null, "crm.refusal.key-taken", "key", key);
        var name = check.Line(input.Name, "name", 200, isRequired: true);
        var external = check.Line(input.ExternalId, "externalId", 100);
        check.Require(
            external.Length == 0 || tree.FindExternal(external) is not { } taken || taken == row,
            "crm.refusal.external-id-taken",
            "externalId",
            external
        );
        var parent = Parent(check, change, tree, row, input.Parent);
        var organization = OrganizationOf(check, change, organizations, row, input.Organization);
        var (website, phone) = (check.Line(input.Website, "website", 300), check.Line(input.Phone, "phone", 60));
        check.Require(website.Length == 0 || IsAddress(website), "crm.refusal.bad-address", "website");
        var notes = check.Prose(input.Notes, "notes");
        if (version is { } seen && !isNew && seen != row.Version)
        {
            check.Add(new Refusal(RefusalKind.Stale, "crm.refusal.changed-meanwhile", []));
        }

        // A restricted agent makes accounts only where they are still seen.
        var isSeen =
            change.Scope.Organizations is not { } allowed
            || (
                organization is { } own
                    ? allowed.Contains(own)
                    : parent?.ScopeId is { } above && allowed.Contains(above)
            );
        check.Require(isSeen, "crm.refusal.outside-of-scope", "organization");
        if (!check.IsFine)
        {
            return new Written(0, check.Refusals);
        }

        (row.Key, row.Name, row.ExternalId) = (key, name, external.Length > 0 ? external : null);
        (row.ParentId, row.OrganizationId) = (parent?.Id, organization);
        (row.Website, row.Phone, row.Notes, row.IsActive) = (website, phone, notes, input.IsActive);
        row.Search = SearchText.Of(key, name);
        row.UpdatedAt = change.Now.ToUnixTimeTicks();
        if (isNew)
        {
            change.Db.Accounts.Add(row);
            await change.Db.SaveChangesAsync(cancellation);
        }
        else
        {
            row.Version++;
        }

        tree.Keep(row);
        tree.Scope();
        change.Note("account", row.Id, isNew ? "created" : "changed");
        return Written.Done(row.Id);
    }

    private static AccountRow? Parent(InputCheck check, Change change, AccountTree tree, AccountRow row, string? key)
    {
        var plain = (key ?? "").Trim().ToLowerInvariant();
        if (plain.Length == 0)
        {
            return null;
        }

        var parent = tree.Find(plain);
        // One's own place may stay where one may not look.
        var isKnown =
            parent is not null
            && (AccountTree.IsVisible(parent, change.Scope) || (row.Id != 0 && parent.Id == row.ParentId));
        check.Require(isKnown, "crm.refusal.no-account", "parent", plain);
        check.Require(!isKnown || tree.MayLieBelow(row, parent!), "crm.refusal.circle", "parent");
        return isKnown ? parent : null;
    }

    private static long? OrganizationOf(
        InputCheck check,
        Change change,
        IReadOnlyCollection<Organization> organizations,
        AccountRow row,
        string? key
    )
    {
        var plain = (key ?? "").Trim();
        if (plain.Length == 0)
        {
            return null;
        }

        var found = organizations.FirstOrDefault(one => one.Key == plain);
        var isKnown =
            found is not null
            && (change.Scope.Organizations?.Contains(found.Id.Value) != false || row.OrganizationId == found.Id.Value);
        check.Require(isKnown, "crm.refusal.no-organization", "organization", plain);
        return isKnown ? found!.Id.Value : null;
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
}
