using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Crm.Pages;

/// <summary>Makes a product or changes one. What was typed stays when it is refused.</summary>
[Authorize(Policy = CrmPlugin.EditPermission)]
public sealed class EditProductModel(CrmReader reader, ProductWriting writing, ITexts texts) : CrmPageModel(texts)
{
    /// <summary>The product; null for a new one.</summary>
    public ProductDetail? Existing { get; private set; }

    /// <summary>The version that is being changed.</summary>
    public long? Version { get; private set; }

    /// <summary>The form.</summary>
    public IReadOnlyList<CrmInput> Inputs { get; private set; } = [];

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(long? product, CancellationToken cancellation)
    {
        if (!await FindAsync(product, cancellation))
        {
            return NotFound();
        }

        Version = Existing?.Version;
        Draw(
            Existing is { } row
                ? new ProductInput(row.Key, row.Name, row.Description, row.ExternalId ?? "", row.IsActive)
                : new ProductInput("", "")
        );
        return Page();
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostAsync(long? product, long? version, CancellationToken cancellation)
    {
        if (!await FindAsync(product, cancellation))
        {
            return NotFound();
        }

        var input = new ProductInput(
            Typed("key") ?? "",
            Typed("name") ?? "",
            Typed("description") ?? "",
            Typed("externalId") ?? "",
            Ticked("active")
        );
        var saved = await writing.SaveAsync(Viewer, product, input, version, cancellation);
        if (saved.IsDone)
        {
            return Redirect(At("products"));
        }

        Version = version;
        var answer = Refuse(saved.Refusals);
        Draw(input);
        return answer;
    }

    private async Task<bool> FindAsync(long? product, CancellationToken cancellation)
    {
        Existing = product is { } id ? await reader.ProductAsync(Viewer, id, cancellation) : null;
        return product is null || Existing is not null;
    }

    private void Draw(ProductInput input)
    {
        var inputs = new List<CrmInput>();
        if (Existing is null)
        {
            inputs.Add(
                new("key", "key", input.Key)
                {
                    Required = true,
                    Help = "key",
                    Longest = 60,
                    Error = Wrong("key"),
                }
            );
        }

        inputs.AddRange([
            new("name", "name", input.Name) { Required = true, Error = Wrong("name") },
            new("description", "description", input.Description) { Kind = "area", Error = Wrong("description") },
            new("externalId", "external-id", input.ExternalId)
            {
                Help = "external-id",
                Longest = 100,
                Error = Wrong("externalId"),
            },
            new("active", "active-product", input.IsActive ? "true" : "") { Kind = "check" },
        ]);
        Inputs = inputs;
    }
}
