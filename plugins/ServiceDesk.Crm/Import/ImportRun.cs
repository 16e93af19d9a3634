using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Import;

/// <summary>Takes lines, one after another, by the same rules as the forms. What a refused line touched is put back.</summary>
internal sealed class ImportRun(Change change, ImportSurroundings around, ContractWriting contracts)
{
    private static readonly string[] Yes = ["yes", "y", "true", "1", "예", "사용", "o", "○"];

    private AccountTree tree = null!;

    public async Task<IReadOnlyList<LineReport>> RunAsync(
        ImportKind kind,
        IReadOnlyList<ImportLine> lines,
        CancellationToken cancellation
    )
    {
        tree = await AccountTree.LoadAsync(change.Db, cancellation);
        var reports = new List<LineReport>();
        foreach (var line in kind == ImportKind.Accounts ? ParentsFirst(lines) : lines)
        {
            reports.Add(await TakeAsync(kind, line, cancellation));
        }

        return [.. reports.OrderBy(report => report.Line)];
    }

    private async Task<LineReport> TakeAsync(ImportKind kind, ImportLine line, CancellationToken cancellation)
    {
        var name = line[kind == ImportKind.Contracts ? "number" : "name"];
        name = name.Length > 80 ? name[..80] : name;
        if (line.IsBroken)
        {
            return new LineReport(line.Number, name, LineFate.Bad, [Refusal.Invalid("crm.refusal.broken-line", null)]);
        }

        var (isNew, written) = kind switch
        {
            ImportKind.Accounts => await AccountAsync(line, cancellation),
            ImportKind.Contacts => await ContactAsync(line, cancellation),
            ImportKind.Products => await ProductAsync(line, cancellation),
            _ => await ContractAsync(line, cancellation),
        };
        if (!written.IsDone)
        {
            PutBack();
            return new LineReport(line.Number, name, LineFate.Bad, written.Refusals);
        }

        if (!isNew && IsSame())
        {
            PutBack();
            Forget();
            return new LineReport(line.Number, name, LineFate.Same, []);
        }

        await change.Db.SaveChangesAsync(cancellation);
        Forget();
        return new LineReport(line.Number, name, isNew ? LineFate.New : LineFate.Changed, []);
    }

    // What is saved need not be looked through again at each further line; accounts stay, since the tree holds them.
    private void Forget()
    {
        foreach (var entry in change.Db.ChangeTracker.Entries().Where(entry => entry.Entity is not AccountRow).ToList())
        {
            entry.State = EntityState.Detached;
        }
    }

    // Whether a line said what the record says already: nothing but the count and the time of changes would be new.
    private bool IsSame() =>
        change
            .Db.ChangeTracker.Entries()
            .Where(entry => entry.Entity is not ChangeRow)
            .All(entry =>
                entry.State switch
                {
                    EntityState.Unchanged => true,
                    EntityState.Modified => entry
                        .Properties.Where(property => property.IsModified)
                        .All(property =>
                            property.Metadata.Name is nameof(AccountRow.Version) or nameof(AccountRow.UpdatedAt)
                        ),
                    _ => false,
                }
            );

    // Only what was saved before stays: a row that a refused line wrote into becomes again what it was.
    private void PutBack()
    {
        foreach (var entry in change.Db.ChangeTracker.Entries().ToList())
        {
            switch (entry.State)
            {
                case EntityState.Added:
                    entry.State = EntityState.Detached;
                    break;
                case EntityState.Modified:
                case EntityState.Deleted:
                    entry.CurrentValues.SetValues(entry.OriginalValues);
                    entry.State = EntityState.Unchanged;
                    break;
                default:
                    break;
            }
        }
    }

    private async Task<(bool IsNew, Written Written)> AccountAsync(ImportLine line, CancellationToken cancellation)
    {
        var external = line["external-id"];
        var key = line["key"].Length > 0 ? line["key"].ToLowerInvariant() : Slug(external);
        var row = (external.Length > 0 ? tree.FindExternal(external) : null) ?? tree.Find(key);
        if (row is not null && !AccountTree.IsVisible(row, change.Scope))
        {
            return (false, Written.No(Refusal.Invalid("crm.refusal.key-taken", "key", key)));
        }

        var (found, isNew) = (row ?? new AccountRow(), row is null);
        var parent = line.Has("parent") ? AccountKey(line["parent"]) : tree.Find(found.ParentId ?? 0)?.Key ?? "";
        var organization = line.Has("organization")
            ? OrganizationKey(line["organization"])
            : around.Organizations.FirstOrDefault(one => one.Id.Value == found.OrganizationId)?.Key ?? "";
        var input = new AccountInput(
            key,
            Or(line, "name", found.Name),
            parent,
            organization,
            Or(line, "external-id", found.ExternalId ?? ""),
            Or(line, "website", found.Website),
            Or(line, "phone", found.Phone),
            Or(line, "notes", found.Notes),
            line.Has("active") && line["active"].Length > 0 ? Flag(line["active"]) : found.IsActive
        );
        return (
            isNew,
            await AccountWriting.ApplyAsync(change, tree, around.Organizations, found, input, null, cancellation)
        );
    }

    private async Task<(bool IsNew, Written Written)> ContactAsync(ImportLine line, CancellationToken cancellation)
    {
        var (external, email, name) = (line["external-id"], line["email"], line["name"]);
        var account = tree.Find(AccountKey(line["account"]));
        var seen = change.Db.Contacts.VisibleTo(change.Db, change.Scope);
        var row =
            external.Length > 0
                ? await seen.FirstOrDefaultAsync(one => one.ExternalId == external, cancellation)
                : null;
        row ??= email.Length > 0 ? await seen.FirstOrDefaultAsync(one => one.Email == email, cancellation) : null;
        row ??=
            external.Length == 0 && email.Length == 0 && account is not null
                ? await seen.FirstOrDefaultAsync(
                    one =>
                        one.Name == name
                        && change.Db.Memberships.Any(at => at.ContactId == one.Id && at.AccountId == account.Id),
                    cancellation
                )
                : null;
        var (found, isNew) = (row ?? new ContactRow(), row is null);
        var memberships = await MembershipsAsync(found, line, cancellation);
        var input = new ContactInput(
            Or(line, "name", found.Name),
            Or(line, "email", found.Email),
            Or(line, "phone", found.Phone),
            Or(line, "external-id", found.ExternalId ?? ""),
            Or(line, "notes", found.Notes),
            memberships
        );
        var person = line.Has("email") ? around.Person(email)?.Id.Value : found.PersonId;
        return (isNew, await ContactWriting.ApplyAsync(change, tree, found, input, person, null, cancellation));
    }

    // A contact that stands on several lines is at all of their accounts.
    private async Task<ValueList<MembershipInput>> MembershipsAsync(
        ContactRow row,
        ImportLine line,
        CancellationToken cancellation
    )
    {
        var before = await change.Db.Memberships.Where(one => one.ContactId == row.Id).ToListAsync(cancellation);
        var kept = before
            .Select(one => (Account: tree.Find(one.AccountId), one.Title, one.IsPrimary))
            .Where(one => one.Account is not null && AccountTree.IsVisible(one.Account, change.Scope))
            .Select(one => new MembershipInput(one.Account!.Key, one.Title, one.IsPrimary))
            .ToList();
        if (line["account"].Length == 0)
        {
            return kept.ToValueList();
        }

        var key = AccountKey(line["account"]);
        var same = kept.Find(one => one.Account == key);
        kept.RemoveAll(one => one.Account == key);
        kept.Add(
            new MembershipInput(
                key,
                Or(line, "title", same?.Title ?? ""),
                line["primary"].Length > 0 ? Flag(line["primary"]) : same?.IsPrimary ?? false
            )
        );
        return kept.ToValueList();
    }

    private async Task<(bool IsNew, Written Written)> ProductAsync(ImportLine line, CancellationToken cancellation)
    {
        var external = line["external-id"];
        var key = line["key"].Length > 0 ? line["key"].ToLowerInvariant() : Slug(external);
        var row =
            external.Length > 0
                ? await change.Db.Products.FirstOrDefaultAsync(one => one.ExternalId == external, cancellation)
                : null;
        row ??= await change.Db.Products.FirstOrDefaultAsync(one => one.Key == key, cancellation);
        var (found, isNew) = (row ?? new ProductRow(), row is null);
        var input = new ProductInput(
            key,
            Or(line, "name", found.Name),
            Or(line, "description", found.Description),
            Or(line, "external-id", found.ExternalId ?? ""),
            line["active"].Length > 0 ? Flag(line["active"]) : found.IsActive
        );
        return (isNew, await ProductWriting.ApplyAsync(change, found, input, null, cancellation));
    }

    private async Task<(bool IsNew, Written Written)> ContractAsync(ImportLine line, CancellationToken cancellation)
    {
        var (external, number) = (line["external-id"], line["number"]);
        var seen = change.Db.Contracts.VisibleTo(change.Db, change.Scope);
        var row =
            external.Length > 0
                ? await seen.FirstOrDefaultAsync(one => one.ExternalId == external, cancellation)
                : null;
        row ??= await seen.FirstOrDefaultAsync(one => one.Number == number, cancellation);
        var (found, isNew) = (row ?? new ContractRow(), row is null);
        var reading = await ContractLine.ReadAsync(change.Db, line, found, cancellation);
        if (reading.Refusal is { } wrong)
        {
            return (isNew, Written.No(wrong));
        }

        var account = line["account"].Length > 0 ? AccountKey(line["account"]) : tree.Find(found.AccountId)?.Key ?? "";
        var owner = line["owner"].Length > 0 ? around.Person(line["owner"]) : null;
        var surroundings = await contracts.AroundAsync(change, owner, cancellation) with { Tree = tree };
        var keepsOwner = line["owner"].Length == 0 ? found.OwnerId : null;
        var written = await ContractWriting.ApplyAsync(
            change,
            surroundings,
            found,
            reading.Input! with
            {
                Account = account,
            },
            null,
            cancellation
        );
        if (written.IsDone && keepsOwner is not null)
        {
            found.OwnerId = keepsOwner;
        }

        return (isNew, written.IsDone ? contracts.Bring(change, found, reading.State) ?? written : written);
    }

    // An account by key, external id or the only one of that name.
    private string AccountKey(string text) =>
        tree.Find(text.ToLowerInvariant())?.Key ?? tree.FindExternal(text)?.Key ?? tree.FindNamed(text)?.Key ?? text;

    private string OrganizationKey(string text) =>
        around.Organizations.FirstOrDefault(one => one.Key == text || one.Name == text)?.Key ?? text;

    private static IEnumerable<ImportLine> ParentsFirst(IReadOnlyList<ImportLine> lines)
    {
        var waiting = lines.ToList();
        while (waiting.Count > 0)
        {
            var names = waiting
                .SelectMany(line => new[] { line["key"].ToLowerInvariant(), line["external-id"], line["name"] })
                .Where(text => text.Length > 0)
                .ToHashSet(StringComparer.Ordinal);
            var ready = waiting
                .Where(line => !names.Contains(line["parent"]) && !names.Contains(line["parent"].ToLowerInvariant()))
                .ToList();
            // A circle: each says for itself why it cannot be.
            ready = ready.Count > 0 ? ready : waiting;
            foreach (var line in ready)
            {
                yield return line;
            }

            waiting = [.. waiting.Except(ready)];
        }
    }

    private static string Or(ImportLine line, string column, string otherwise) =>
        line.Has(column) && line[column].Length > 0 ? line[column] : otherwise;

    private static bool Flag(string text) => Yes.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static string Slug(string text)
    {
        var letters = text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
        return new string(letters).Trim('-');
    }
}
