using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Import;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Crm.Pages;

/// <summary>The products.</summary>
[Authorize(Policy = CrmPlugin.SeePermission)]
public sealed class ProductsModel(CrmReader reader, ITexts texts) : CrmPageModel(texts)
{
    /// <summary>What is searched for.</summary>
    public string Q { get; private set; } = "";

    /// <summary>The products.</summary>
    public Listing<ProductDetail> Found { get; private set; } = null!;

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(string? q, int? page, CancellationToken cancellation)
    {
        Q = (q ?? "").Trim();
        Found = await reader.ProductsAsync(Viewer, Q, page ?? 1, cancellation);
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
