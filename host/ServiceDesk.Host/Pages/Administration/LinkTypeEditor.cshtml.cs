using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A link type in the browser: how it reads from each end, and what follows from it.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class LinkTypeEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    ConfigurationReview review,
    DocumentUses uses,
    ITexts texts
) : DocumentEditorModel<LinkTypeDocument>(editor, configuration, documents, texts)
{
    /// <summary>How many tickets are linked so.</summary>
    public int Tickets { get; private set; }

    /// <summary>What names it.</summary>
    public IReadOnlyList<ConfigurationDocument> Naming { get; private set; } = [];

    /// <summary>Keys of the sentences that say what becomes of links that there are; none when it was not asked.</summary>
    public IReadOnlyList<string> Follows { get; private set; } = [];

    /// <inheritdoc/>
    protected override string List => "/Administration/LinkTypes";

    /// <summary>Removes the type; one by which tickets are linked only when that was said.</summary>
    public Task<IActionResult> OnPostRemoveAsync(bool sure, CancellationToken cancellation) =>
        RemoveAsync(removesUsed: sure, cancellation);

    /// <inheritdoc/>
    protected override LinkTypeDocument Blank() => LinkTypeForm.Blank();

    /// <inheritdoc/>
    protected override DocumentForm<LinkTypeDocument> Form(IFormCollection form) => new LinkTypeForm(form);

    /// <inheritdoc/>
    protected override string IdFor(LinkTypeDocument document) => LinkTypeForm.IdFor(document);

    // Links of a type that went keep its id.
    /// <inheritdoc/>
    protected override async Task<bool> IsMeantAsync(string id, CancellationToken cancellation) =>
        await uses.CountAsync(DocumentKinds.LinkType, id, cancellation) > 0;

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellation)
    {
        if (Id is null)
        {
            // One whose id was typed may be that of a type that went.
            Tickets =
                Difference is null || Edited.Id.Length == 0
                    ? 0
                    : await uses.CountAsync(DocumentKinds.LinkType, Edited.Id, cancellation);
            Follows =
                Tickets == 0 ? []
                : Edited.CustomersSee ? ["link-types.follows-again", "link-types.follows-seen"]
                : ["link-types.follows-again"];
            return;
        }

        if (!Snapshot.TryGet<LinkTypeDocument>(Id, out var published))
        {
            return;
        }

        Tickets = await uses.CountAsync(DocumentKinds.LinkType, Id, cancellation);
        Naming = review.Naming<LinkTypeDocument>(Id, (ConfigurationSnapshot)Snapshot);
        Follows = Difference is null || Tickets == 0 ? [] : [.. Changes(published, Edited)];
    }

    private static IEnumerable<string> Changes(LinkTypeDocument before, LinkTypeDocument after)
    {
        if (before.Inward is null != after.Inward is null)
        {
            yield return after.Inward is null ? "link-types.follows-same" : "link-types.follows-ends";
        }

        if (before.Hierarchical != after.Hierarchical)
        {
            yield return "link-types.follows-hierarchy";
        }

        if (before.CustomersSee != after.CustomersSee)
        {
            yield return after.CustomersSee ? "link-types.follows-seen" : "link-types.follows-hidden";
        }
    }
}
