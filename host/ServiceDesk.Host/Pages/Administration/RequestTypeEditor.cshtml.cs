using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Forms;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A request type in the browser: its words and icon, its form with sections and conditions, what agents see, and how a customer sees it.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RequestTypeEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    /// <summary>Before the language in what a button asks for that changes the customer's view.</summary>
    public const string PreviewIn = "preview-";

    /// <summary>The request type's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The desk of a new request type.</summary>
    [BindProperty(SupportsGet = true, Name = "desk")]
    public string? Desk { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new one.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>The group of the portal that offers it; null for none.</summary>
    [BindProperty(Name = "group")]
    public string? Group { get; set; }

    /// <summary>In which language the customer's view is shown.</summary>
    [BindProperty(Name = "preview")]
    public string? Preview { get; set; }

    public RequestTypeDocument Edited { get; private set; } = RequestTypeForm.Blank("", "");

    /// <summary>What stands in the way of publishing.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; private set; } = [];

    public string? Notice { get; private set; }

    /// <summary>What publishing would change; null when it was not asked.</summary>
    public IReadOnlyList<ComparedLine>? Difference { get; private set; }

    /// <summary>The form as a customer sees it.</summary>
    public FormView View { get; private set; } = new([]);

    /// <summary>Where the form is drawn anew.</summary>
    public ShapePlace At { get; private set; } = null!;

    /// <summary>The document as the form carries it along.</summary>
    public string Rest => documents.ToJson(Edited);

    /// <summary>The desk.</summary>
    public DeskDocument? DeskDocument =>
        configuration.Snapshot.TryGet<DeskDocument>(Edited.Desk, out var desk) ? desk : null;

    /// <summary>The ticket types that the desk works.</summary>
    public IEnumerable<TicketTypeDocument> Types =>
        configuration.Snapshot.All<TicketTypeDocument>().Where(type => DeskDocument?.Types.Contains(type.Id) == true);

    /// <summary>The fields of the ticket type that people fill.</summary>
    public IReadOnlyList<FieldDocument> Fields =>
        [
            .. (configuration.Snapshot.TryGet<TicketTypeDocument>(Edited.Type, out var type) ? type.Fields : [])
                .Select(FindField)
                .OfType<FieldDocument>(),
        ];

    /// <summary>Places that the form does not have yet, with their names.</summary>
    public IEnumerable<(string Id, string Name)> Addable =>
        new[] { FormLogic.Description, FormLogic.Attachments }
            .Select(own => (own, texts[$"portal.{own}"]))
            .Concat(Fields.Where(one => one.Script is null).Select(one => (one.Id, one.Name.ToString())))
            .Where(one => Edited.Form.All(place => place.Field != one.Item1));

    public FieldDocument? FindField(string id) =>
        configuration.Snapshot.TryGet<FieldDocument>(id, out var field) ? field : null;

    /// <summary>What a place is called.</summary>
    public string NameOf(string place) =>
        FormLogic.IsOwn(place) ? texts[$"portal.{place}"] : FindField(place)?.Name.ToString() ?? place;

    /// <summary>The conditions of a place.</summary>
    public ConditionRows ConditionsOfPlace(int number) =>
        new(
            At,
            $"place.{number}",
            "place",
            number,
            Edited.Form[number].When,
            [.. Edited.Form.Take(number).Select(place => FindField(place.Field)).OfType<FieldDocument>()]
        );

    /// <summary>The conditions of a section: on what is asked before its first place.</summary>
    public ConditionRows ConditionsOfSection(int number)
    {
        var later = Edited.Sections.Skip(number).Select(section => section.Id).ToList();
        return new ConditionRows(
            At,
            $"section.{number}",
            "section",
            number,
            Edited.Sections[number].When,
            [
                .. Edited
                    .Form.TakeWhile(place => place.Section is not { } id || !later.Contains(id))
                    .Select(place => FindField(place.Field))
                    .OfType<FieldDocument>(),
            ]
        );
    }

    public IActionResult OnGet()
    {
        var snapshot = configuration.Snapshot;
        if (Id is null)
        {
            var desk = snapshot.All<DeskDocument>().FirstOrDefault(one => Desk is null || one.Id == Desk);
            if (desk is null)
            {
                return NotFound();
            }

            Edited = RequestTypeForm.Blank(desk.Id, desk.Types.FirstOrDefault() ?? "");
            Group = desk.Groups.FirstOrDefault()?.Id;
        }
        else if (snapshot.TryGet<RequestTypeDocument>(Id, out var found))
        {
            Edited = found;
            Version = snapshot.VersionOf<RequestTypeDocument>(Id);
            Group = DeskDocument is { } desk ? PortalOrder.GroupOf(desk, Id)?.Id : null;
        }
        else
        {
            return NotFound();
        }

        return Show();
    }

    /// <summary>Draws the form anew, after a choice or a button that changes its shape.</summary>
    public async Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation)
    {
        var form = await ReadAsync(cancellation);
        Edited = form.Apply(Edited, op);
        Preview = op?.StartsWith(PreviewIn, StringComparison.Ordinal) == true ? op[PreviewIn.Length..] : Preview;
        Problems = [];
        return Show();
    }

    /// <summary>Shows what publishing would change.</summary>
    public async Task<IActionResult> OnPostCompareAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        NameNew();
        if (Problems.Count == 0)
        {
            var me = HttpContext.RequireViewer().Person.Id;
            Problems = await editor.ProblemsOfAsync(documents, Edited, me, cancellation);
        }

        if (Problems.Count == 0)
        {
            var before =
                Version == 0
                    ? null
                    : await editor.YamlAtAsync(DocumentKinds.RequestType, Edited.Id, Version, cancellation);
            Difference = ConfigurationComparison.Lines(before, documents.ToYaml(Edited));
        }

        return Show();
    }

    public async Task<IActionResult> OnPostPublishAsync(string? comment, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        NameNew();
        if (Problems.Count > 0)
        {
            return Show();
        }

        var outcome = await WriteAsync(comment, cancellation);
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts["forms.published"];
                return RedirectToPage(
                    "/Administration/RequestTypes",
                    null,
                    new { desk = Edited.Desk },
                    $"type-{Edited.Id}"
                );
            case ConfigurationStatus.Conflict:
                Notice = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                break;
            default:
                Problems = [.. outcome.Problems.Select(problem => problem.Problem)];
                break;
        }

        return Show();
    }

    // The request type and its place in the portal are one change; who saw an older version of it is told.
    private async Task<ConfigurationOutcome> WriteAsync(string? comment, CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        if (snapshot.VersionOf<RequestTypeDocument>(Edited.Id) != Version)
        {
            return new ConfigurationOutcome(ConfigurationStatus.Conflict, snapshot.Revision, [], []);
        }

        var written = new List<ConfigurationDocument> { Edited };
        if (DeskDocument is { Groups.Count: > 0 } desk && PortalOrder.GroupOf(desk, Edited.Id)?.Id != Group)
        {
            written.Add(PortalOrder.Put(desk, Edited.Id, Group));
        }

        return await editor.ImportAsync(
            [
                .. written.Select(document => new ConfigurationFile(
                    ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id),
                    documents.ToYaml(document)
                )),
            ],
            new ConfigurationImport { KeepOthers = true, ExpectedRevision = snapshot.Revision },
            new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, comment),
            cancellation
        );
    }

    private async Task<RequestTypeForm> ReadAsync(CancellationToken cancellation)
    {
        var form = new RequestTypeForm(await Request.ReadFormAsync(cancellation));
        Edited = form.Read();
        Problems = form.Problems;
        Edited = Id is null ? Edited : Edited with { Id = Id };
        return form;
    }

    private void NameNew() =>
        Edited = Edited.Id.Length == 0 ? Edited with { Id = RequestTypeForm.IdFor(Edited) } : Edited;

    private PageResult Show()
    {
        At = new ShapePlace(Url.Page("/Administration/RequestTypeEditor", "Shape", new { id = Id })!, "#request-type");
        Preview = Languages.All.Contains(Preview) ? Preview! : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        View = Previewed(Preview);
        if (Problems.Count > 0 && Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }

    // Words are taken in the language of the moment: the view is made in the customer's.
    private FormView Previewed(string language)
    {
        var mine = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return new RequestForm(Edited, configuration.Snapshot, texts, new FieldForm(times.Zone)).Draw(
                null,
                new FormErrors(texts),
                [],
                FieldOffers.None
            );
        }
        finally
        {
            CultureInfo.CurrentUICulture = mine;
        }
    }
}
