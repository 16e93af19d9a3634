using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Configuration.Templates;
using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A new desk of a template: its name and key, what it shares with another, and everything that would be made.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class NewDeskModel(
    NewDesks desks,
    DeskTemplates templates,
    ICurrentConfiguration configuration,
    ITexts texts
) : PageModel
{
    private const int LongestName = 200;

    /// <summary>The id of the template.</summary>
    [BindProperty(Name = "template")]
    public string Template
    {
        get;
        set => field = value ?? "";
    } = "it-support";

    [BindProperty(Name = "nameEn")]
    public string? NameEn { get; set; }

    [BindProperty(Name = "nameKo")]
    public string? NameKo { get; set; }

    /// <summary>The key that was typed; empty makes one of the name.</summary>
    [BindProperty(Name = "deskKey")]
    public string? DeskKey { get; set; }

    /// <summary>The key of the desk whose settings it shares; empty for its own.</summary>
    [BindProperty(Name = "shareWith")]
    public string? ShareWith { get; set; }

    /// <summary>What would be made.</summary>
    public DeskPlan Plan { get; private set; } = new("", [], null);

    /// <summary>Why it was not made.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; private set; } = [];

    /// <summary>Where the form is drawn anew.</summary>
    public ShapePlace At { get; private set; } = null!;

    public IReadOnlyList<DeskTemplate> Templates => templates.All;

    /// <summary>What is chosen of the templates.</summary>
    public DeskTemplate? Chosen => templates.Find(Template);

    public IReadOnlyList<DeskDocument> Desks => configuration.Snapshot.All<DeskDocument>();

    /// <summary>What would be made, by kind.</summary>
    public IEnumerable<(string Kind, IReadOnlyList<string> Names)> Parts =>
        Plan
            .Documents.Where(document => document is not DeskDocument)
            .GroupBy(DocumentTypes.KindOf)
            .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(one => one.Name.ToString())]));

    public IActionResult OnGet() => Show();

    /// <summary>Shows what the template would bring.</summary>
    public IActionResult OnPostShape() => Show();

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancellation)
    {
        Plan = desks.Plan(Wish());
        var author = new ConfigurationAuthor(
            HttpContext.RequireViewer().Person.Id,
            null,
            texts.Format("desks.made-of", Chosen?.Name.ToString() ?? "")
        );
        var outcome = await desks.WriteAsync(Plan, isTrial: false, author, cancellation);
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts.Format("desks.made", Plan.Key);
                return RedirectToPage("/Administration/Desks", null, null, $"desk-{Plan.Key}");
            case ConfigurationStatus.Conflict:
                Problems = [DocumentProblem.At("", "administration.conflict")];
                Response.StatusCode = StatusCodes.Status409Conflict;
                break;
            default:
                Problems = [.. outcome.Problems.Select(found => found.Problem)];
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                break;
        }

        return Show();
    }

    private DeskWish Wish() => new(Template, Named(), Given(DeskKey)?.ToUpperInvariant(), Given(ShareWith));

    private LocalizedText? Named() =>
        (Given(NameEn), Given(NameKo)) switch
        {
            (null, null) => null,
            ({ } english, null) => LocalizedText.Of(english),
            (null, { } korean) => new LocalizedText(ValueMap<string>.Empty.SetItem("ko", korean)),
            ({ } english, { } korean) => LocalizedText.Of(english, korean),
        };

    private static string? Given(string? typed)
    {
        var text = (typed ?? "").Trim();
        return text.Length switch
        {
            0 => null,
            > LongestName => text[..LongestName],
            _ => text,
        };
    }

    private PageResult Show()
    {
        At = new ShapePlace(Url.Page("/Administration/NewDesk", "Shape")!, "#new-desk");
        Plan = desks.Plan(Wish());
        return Page();
    }
}
