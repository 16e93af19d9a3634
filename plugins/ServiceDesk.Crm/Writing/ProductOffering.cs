using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Writing;

/// <summary>Brings the products into the field in which tickets name theirs, so that forms offer them.</summary>
public sealed class ProductOffering(
    IPluginTables<CrmTables> tables,
    IConfigurationReader configuration,
    IConfigurationWriter writer,
    CrmWords words
)
{
    /// <summary>Active products that the field does not offer yet.</summary>
    public async Task<IReadOnlyList<ProductRow>> MissingAsync(CancellationToken cancellation)
    {
        var offered = TicketProduct.Offered(configuration.Current).Select(choice => choice.Id).ToHashSet();
        return [.. (await ActiveAsync(cancellation)).Where(row => !offered.Contains(row.Key))];
    }

    /// <summary>
    /// Makes the field offer every active product, and makes the field where it is missing, on each ticket type of a desk. Choices
    /// that are there stay, since tickets have them.
    /// </summary>
    /// <param name="author">Somebody who may change the configuration.</param>
    /// <returns>Why not; empty when it was done.</returns>
    public async Task<ValueList<Refusal>> OfferAsync(Viewer author, CancellationToken cancellation)
    {
        var missing = await MissingAsync(cancellation);
        if (missing.Count == 0)
        {
            return [];
        }

        var field = Field(configuration.Current);
        var added = missing.Select(row => new FieldChoice(row.Key, LocalizedText.Of(row.Name, row.Name)));
        var offering = field with { Choices = [.. field.Choices, .. added] };
        var refusals = await writer.SaveAsync(author, offering, null, cancellation);
        foreach (var type in WithoutIt(configuration.Current, field.Id))
        {
            if (refusals.Count == 0)
            {
                var having = type with { Fields = [.. type.Fields, field.Id] };
                refusals = await writer.SaveAsync(author, having, null, cancellation);
            }
        }

        return refusals;
    }

    private FieldDocument Field(IConfiguration current) =>
        current.TryGet<FieldDocument>(current.ProductField(), out var known)
            ? known
            : new FieldDocument
            {
                Id = current.ProductField(),
                Name = words.InBoth("crm.field.product"),
                Description = words.InBoth("crm.product.field-help"),
                Kind = FieldKind.Choice,
                CustomersSee = true,
            };

    private static List<TicketTypeDocument> WithoutIt(IConfiguration current, string field)
    {
        var worked = current.All<DeskDocument>().SelectMany(desk => desk.Types).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. current
                .All<TicketTypeDocument>()
                .Where(type => worked.Contains(type.Id) && !type.Fields.Contains(field, StringComparer.Ordinal)),
        ];
    }

    private Task<List<ProductRow>> ActiveAsync(CancellationToken cancellation) =>
        tables.ReadAsync(
            (db, token) => db.Products.Where(row => row.IsActive).OrderBy(row => row.Name).ToListAsync(token),
            cancellation
        );
}
