using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A field in the browser: its words, what it holds, its limits, who may change it when, and which ticket types have it.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class FieldEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    ITexts texts
) : PageModel
{
    /// <summary>The field's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new one.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    public FieldDocument Edited { get; private set; } = FieldDocumentForm.Blank();

    /// <summary>Ids of the ticket types that have it, as the form says.</summary>
    public ValueList<string> Types { get; private set; } = [];

    /// <summary>What stands in the way of publishing.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; private set; } = [];

    public string? Notice { get; private set; }

    /// <summary>What publishing would change in the field; null when it was not asked.</summary>
    public IReadOnlyList<ComparedLine>? Difference { get; private set; }

    /// <summary>What publishing would change in ticket types.</summary>
    public IReadOnlyList<string> TypeChanges { get; private set; } = [];

    /// <summary>A text that the field was tried with, and why it does not take it; empty when nothing was tried.</summary>
    public (string Text, string? Why) Tried { get; private set; } = ("", null);

    /// <summary>The documents that name the field, besides ticket types.</summary>
    public IReadOnlyList<ConfigurationDocument> Uses { get; private set; } = [];

    /// <summary>Where the form is drawn anew.</summary>
    public ShapePlace At { get; private set; } = null!;

    /// <summary>The document as the form carries it along.</summary>
    public string Rest => documents.ToJson(Edited);

    public IReadOnlyList<TicketTypeDocument> AllTypes => configuration.Snapshot.All<TicketTypeDocument>();

    /// <summary>The roles that a field can be kept for.</summary>
    public IEnumerable<RoleDocument> Roles =>
        configuration
            .Snapshot.All<RoleDocument>()
            .Where(role => role.Permissions.Contains(Permissions.WorkTickets) || Edited.EditableBy.Contains(role.Id));

    /// <summary>All roles, whose sight of a field can be another.</summary>
    public IReadOnlyList<RoleDocument> AllRoles => configuration.Snapshot.All<RoleDocument>();

    /// <summary>What people may do with a field; of one that is worked out they see it or not.</summary>
    public IEnumerable<FieldAccess> Accesses =>
        Enum.GetValues<FieldAccess>().Where(access => Edited.Script is null || access <= FieldAccess.See);

    /// <summary>Scripts that can work out a value.</summary>
    public IEnumerable<ScriptDocument> Scripts =>
        configuration.Snapshot.All<ScriptDocument>().Where(script => script.Use == ScriptUse.Called);

    /// <summary>The statuses of the ticket types that have the field, and those that it names already.</summary>
    public IReadOnlyList<(string Id, string Name)> Statuses =>
        [
            .. AllTypes
                .Where(type => Types.Contains(type.Id))
                .Select(type => type.Workflow)
                .Distinct(StringComparer.Ordinal)
                .SelectMany(StatusesOf)
                .Concat(
                    Edited
                        .LockedIn.Concat(Edited.RequiredIn)
                        .Concat(Edited.Access.SelectMany(line => line.Statuses))
                        .Select(id => (Id: id, Name: id))
                )
                .DistinctBy(status => status.Id),
        ];

    public IActionResult OnGet()
    {
        if (Id is null)
        {
            return Show();
        }

        if (!configuration.Snapshot.TryGet<FieldDocument>(Id, out var found))
        {
            return NotFound();
        }

        Edited = found;
        Version = configuration.Snapshot.VersionOf<FieldDocument>(Id);
        Types = AllTypes.Where(type => type.Fields.Contains(Id)).Select(type => type.Id).ToValueList();
        return Show();
    }

    /// <summary>Draws the form anew, after a choice or a button that changes its shape; tries the field with a text.</summary>
    public async Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation)
    {
        var form = await ReadAsync(cancellation);
        Edited = form.Apply(Edited, op);
        Problems = [];
        if (op == "try" && form.Tried is { Length: > 0 } text)
        {
            Tried = (text, FieldTrial.Of(Edited, text) is { } refusal ? Told(refusal) : null);
        }

        return Show();
    }

    /// <summary>Shows what publishing would change.</summary>
    public async Task<IActionResult> OnPostCompareAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        Identify();
        if (Problems.Count == 0)
        {
            Told(await WriteAsync(isTrial: true, null, cancellation));
        }

        if (Problems.Count == 0 && Notice is null)
        {
            var before =
                Version == 0 ? null : await editor.YamlAtAsync(DocumentKinds.Field, Edited.Id, Version, cancellation);
            Difference = ConfigurationComparison.Lines(before, documents.ToYaml(Edited));
            TypeChanges =
            [
                .. ChangedTypes()
                    .Select(type =>
                        texts.Format(
                            type.Fields.Contains(Edited.Id) ? "fields.type-gets" : "fields.type-loses",
                            type.Name.ToString()
                        )
                    ),
            ];
        }

        return Show();
    }

    public async Task<IActionResult> OnPostPublishAsync(string? comment, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        Identify();
        if (Problems.Count == 0 && Told(await WriteAsync(isTrial: false, comment, cancellation)))
        {
            TempData["Done"] = texts["fields.published"];
            return RedirectToPage("/Administration/Fields");
        }

        return Show();
    }

    /// <summary>Removes a field that nothing names; its versions stay.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (Id is null || OnGet() is NotFoundResult)
        {
            return NotFound();
        }

        var outcome = await editor.RemoveAsync(DocumentKinds.Field, Id, Version, Author(null), cancellation);
        if (!Told(outcome))
        {
            return Show();
        }

        TempData["Done"] = texts["administration.removed"];
        return RedirectToPage("/Administration/Fields");
    }

    private ConfigurationAuthor Author(string? comment) => new(HttpContext.RequireViewer().Person.Id, null, comment);

    private IEnumerable<(string Id, string Name)> StatusesOf(string workflow) =>
        configuration.Snapshot.TryGet<WorkflowDocument>(workflow, out var found)
            ? found.Statuses.Select(status => (status.Id, status.Name.ToString()))
            : [];

    // The ticket types that gain or lose the field.
    private IEnumerable<TicketTypeDocument> ChangedTypes() =>
        AllTypes
            .Where(type => type.Fields.Contains(Edited.Id) != Types.Contains(type.Id))
            .Select(type =>
                type with
                {
                    Fields = Types.Contains(type.Id)
                        ? type.Fields.Add(Edited.Id)
                        : type.Fields.Where(field => field != Edited.Id).ToValueList(),
                }
            );

    // The field and the types that have it are one change; who saw an older version of it is told.
    private async Task<ConfigurationOutcome> WriteAsync(bool isTrial, string? comment, CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        if (snapshot.VersionOf<FieldDocument>(Edited.Id) != Version)
        {
            return new ConfigurationOutcome(ConfigurationStatus.Conflict, snapshot.Revision, [], []);
        }

        return await editor.ImportAsync(
            [
                .. ChangedTypes()
                    .Prepend<ConfigurationDocument>(Edited)
                    .Select(document => new ConfigurationFile(
                        ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id),
                        documents.ToYaml(document)
                    )),
            ],
            new ConfigurationImport
            {
                KeepOthers = true,
                IsTrial = isTrial,
                ExpectedRevision = snapshot.Revision,
            },
            Author(comment),
            cancellation
        );
    }

    // Whether it was, or would be, written; otherwise why not is told.
    private bool Told(ConfigurationOutcome outcome)
    {
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                return true;
            case ConfigurationStatus.Conflict:
                Notice =
                    Id is null && Version == 0
                        ? texts.Format("fields.taken", Edited.Id)
                        : texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                return false;
            default:
                Problems =
                [
                    .. outcome.Problems.Select(found =>
                        found.Path.Length == 0 || found.Path.Contains($"/{Edited.Id}.", StringComparison.Ordinal)
                            ? found.Problem
                            : found.Problem with
                            {
                                Path = found.Path + found.Problem.Path,
                            }
                    ),
                ];
                return false;
        }
    }

    private string Told(Refusal refusal)
    {
        var errors = new FormErrors(texts, configuration.Snapshot);
        errors.Add([refusal], []);
        return errors.General[0];
    }

    private async Task<FieldDocumentForm> ReadAsync(CancellationToken cancellation)
    {
        var form = new FieldDocumentForm(await Request.ReadFormAsync(cancellation));
        Edited = form.Read();
        Edited = Id is null ? Edited : Edited with { Id = Id };
        Types = form.Types;
        Problems = form.Problems;
        return form;
    }

    private void Identify() => Edited = FieldDocumentForm.Identified(Edited);

    private PageResult Show()
    {
        At = new ShapePlace(Url.Page("/Administration/FieldEditor", "Shape", new { id = Id })!, "#field");
        var snapshot = (ConfigurationSnapshot)configuration.Snapshot;
        Uses = Id is null
            ? []
            : [.. new FieldUses(snapshot, documents).Of(Id).Where(document => document is not TicketTypeDocument)];
        if (Problems.Count > 0 && Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }
}
