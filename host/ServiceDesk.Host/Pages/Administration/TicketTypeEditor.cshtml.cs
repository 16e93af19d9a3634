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

/// <summary>A ticket type in the browser: its workflow, and the fields that its tickets have.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class TicketTypeEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    ITexts texts
) : DocumentEditorModel<TicketTypeDocument>(editor, configuration, documents, texts)
{
    /// <summary>The workflows by name.</summary>
    public IEnumerable<WorkflowDocument> Workflows =>
        Snapshot.All<WorkflowDocument>().OrderBy(workflow => workflow.Name.ToString(), StringComparer.CurrentCulture);

    /// <summary>Its fields in the order of the ticket's page.</summary>
    public ChosenRows Fields =>
        ChosenRows.Of(
            At,
            "fields",
            Edited.Fields,
            Snapshot.All<FieldDocument>().Select(one => (one.Id, one.Name.ToString())),
            Texts["forms.type-fields-add"],
            Texts["forms.add-which"],
            isOrdered: true,
            KindOf
        );

    /// <summary>The desks that work it.</summary>
    public IEnumerable<DeskDocument> Desks =>
        Snapshot.All<DeskDocument>().Where(desk => Id is not null && desk.Types.Contains(Id));

    /// <inheritdoc/>
    protected override string List => "/Administration/TicketTypes";

    /// <summary>Removes the type.</summary>
    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation) => RemoveAsync(cancellation);

    /// <inheritdoc/>
    protected override TicketTypeDocument Blank() => TicketTypeForm.Blank(Workflows.FirstOrDefault()?.Id ?? "");

    /// <inheritdoc/>
    protected override DocumentForm<TicketTypeDocument> Form(IFormCollection form) => new TicketTypeForm(form);

    /// <inheritdoc/>
    protected override string IdFor(TicketTypeDocument document) => TicketTypeForm.IdFor(document);

    private string? KindOf(string id) =>
        Snapshot.TryGet<FieldDocument>(id, out var field)
            ? Texts[$"forms.kind-{field.Kind.ToString().ToLowerInvariant()}"]
            : null;
}
