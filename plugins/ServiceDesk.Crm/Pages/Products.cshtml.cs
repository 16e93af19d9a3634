using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Import;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Crm.Pages;

/// <summary>The products.</summary>
[Authorize(Policy = CrmPlugin.SeePermission)]
public sealed class ProductsModel(
    CrmReader reader,
    ProductOffering offering,
    IConfigurationReader configuration,
    ITexts texts
) : CrmPageModel(texts)
{
    /// <summary>Names of products that tickets cannot name yet; only for whom may change that.</summary>
    public IReadOnlyList<string> NotOffered { get; private set; } = [];

    /// <summary>The name of the field in which tickets name theirs.</summary>
    public string FieldName =>
        configuration.Current.TryGet<FieldDocument>(configuration.Current.ProductField(), out var known)
            ? known.Name.ToString()
            : Words["crm.field.product"];

    /// <summary>What is searched for.</summary>
    public string Q { get; private set; } = "";

    /// <summary>The products.</summary>
    public Listing<ProductDetail> Found { get; private set; } = null!;

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(string? q, int? page, CancellationToken cancellation)
    {
        Q = (q ?? "").Trim();
        Found = await reader.ProductsAsync(Viewer, Q, page ?? 1, cancellation);
        NotOffered = Viewer.May(Permissions.Configure)
            ? [.. (await offering.MissingAsync(cancellation)).Select(row => row.Name)]
            : [];
    }

    /// <summary>Lets tickets name every product.</summary>
    public async Task<IActionResult> OnPostOfferAsync(CancellationToken cancellation)
    {
        if (!Viewer.May(Permissions.Configure))
        {
            return Forbid();
        }

        var refusals = await offering.OfferAsync(Viewer, cancellation);
        if (refusals.Count == 0)
        {
            return Redirect(At("products"));
        }

        await OnGetAsync(null, null, cancellation);
        return Refuse(refusals);
    }

    /// <summary>The products as a table.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation)
    {
        var all = await reader.ProductsAsync(Viewer, "", 1, cancellation, 100_000);
        return Sheet(
            "products",
            AccountsModel.Headers(ImportKind.Products, ["key", "name", "description", "external-id"]),
            all.Items.Select(one => new[] { one.Key, one.Name, one.Description, one.ExternalId })
        );
    }
}
