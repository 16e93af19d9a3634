using Microsoft.AspNetCore.Authorization;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Branding;
using ServiceDesk.Host.Pages.Desks;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A desk in the browser: its words and looks, the ticket types that it works, who works there and who may ask.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class DeskEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    DeskChoices choices,
    ITexts texts
) : DocumentEditorModel<DeskDocument>(editor, configuration, documents, texts)
{
    /// <inheritdoc/>
    public override bool CanGo => false;

    /// <summary>The accent as pages show it; null for the product's own.</summary>
    public BrandColor? Shown => BrandColor.From(Edited.Accent);

    /// <summary>Whether the reader may see who works where.</summary>
    public bool MayManagePeople => HttpContext.RequireViewer().May(Permissions.ManagePeople);

    /// <summary>The ticket types that the desk works, with the desks that share them.</summary>
    public ChosenRows Types =>
        ChosenRows.Of(
            At,
            "types",
            Edited.Types,
            Snapshot.All<TicketTypeDocument>().Select(type => (type.Id, type.Name.ToString())),
            Texts["desks.type-add"],
            Texts["desks.type-which"],
            isOrdered: true,
            SharedWith
        );

    /// <summary>The teams that work there.</summary>
    public ChosenRows Teams => choices.Teams(At, Edited.Agents.Teams);

    /// <summary>The organizations that may ask.</summary>
    public ChosenRows Organizations => choices.Organizations(At, Edited.Customers.Organizations);

    /// <inheritdoc/>
    protected override string List => "/Administration/Desks";

    /// <inheritdoc/>
    protected override bool CanBeNew => false;

    /// <inheritdoc/>
    protected override DeskDocument Blank() => DeskForm.Blank();

    /// <inheritdoc/>
    protected override DocumentForm<DeskDocument> Form(IFormCollection form) => new DeskForm(form);

    /// <inheritdoc/>
    protected override Task PrepareAsync(CancellationToken cancellation) => choices.PrepareAsync(cancellation);

    private string? SharedWith(string type) =>
        string.Join(
            ", ",
            Snapshot
                .All<DeskDocument>()
                .Where(desk => desk.Id != Edited.Id && desk.Types.Contains(type))
                .Select(desk => desk.Name.ToString())
        )
            is { Length: > 0 } desks
            ? Texts.Format("desks.type-shared", desks)
            : null;
}
