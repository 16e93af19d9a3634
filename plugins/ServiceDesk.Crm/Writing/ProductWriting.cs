using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Writing;

/// <summary>Makes and changes products. They are the house's own, so everybody who may see accounts sees them all.</summary>
public sealed class ProductWriting(CrmWriter writer)
{
    /// <summary>Makes a product, or changes one.</summary>
    public Task<Written> SaveAsync(
        Viewer viewer,
        long? id,
        ProductInput input,
        long? version,
        CancellationToken cancellation,
        Once? once = null
    ) =>
        writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                var row = id is { } known
                    ? await change.Db.Products.FirstOrDefaultAsync(one => one.Id == known, token)
                    : new ProductRow();
                return row is null
                    ? Written.No(Refusal.NotFound("crm.refusal.no-product", $"{id}"))
                    : await ApplyAsync(change, row, input, version, token);
            },
            cancellation,
            once
        );

    /// <summary>Writes into a row what was typed, or says every reason against it.</summary>
    internal static async Task<Written> ApplyAsync(
        Change change,
        ProductRow row,
        ProductInput input,
        long? version,
        CancellationToken cancellation
    )
    {
        var check = new InputCheck();
        var isNew = row.Id == 0;
        var key = isNew ? check.Key(input.Key, "key") : row.Key;
        var name = check.Line(input.Name, "name", 200, isRequired: true);
        var external = check.Line(input.ExternalId, "externalId", 100);
        var description = check.Prose(input.Description, "description");
        var rivals = await change
            .Db.Products.Where(one => one.Id != row.Id)
            .Where(one => one.Key == key || (external != "" && one.ExternalId == external))
            .ToListAsync(cancellation);
        check.Require(!isNew || rivals.TrueForAll(one => one.Key != key), "crm.refusal.key-taken", "key", key);
        check.Require(
            external.Length == 0 || rivals.TrueForAll(one => one.ExternalId != external),
            "crm.refusal.external-id-taken",
            "externalId",
            external
        );
        if (version is { } seen && !isNew && seen != row.Version)
        {
            check.Add(new Refusal(RefusalKind.Stale, "crm.refusal.changed-meanwhile", []));
        }

        if (!check.IsFine)
        {
            return new Written(0, check.Refusals);
        }

        (row.Key, row.Name, row.Description, row.IsActive) = (key, name, description, input.IsActive);
        row.ExternalId = external.Length > 0 ? external : null;
        row.Search = SearchText.Of(key, name);
        row.UpdatedAt = change.Now.ToUnixTimeTicks();
        if (isNew)
        {
            change.Db.Products.Add(row);
            await change.Db.SaveChangesAsync(cancellation);
        }
        else
        {
            row.Version++;
        }

        change.Note("product", row.Id, isNew ? "created" : "changed");
        return Written.Done(row.Id);
    }
}
