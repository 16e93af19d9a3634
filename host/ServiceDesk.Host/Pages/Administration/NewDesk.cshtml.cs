using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Configuration.Templates;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages.Desks;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A new desk of a template: its name and key, what it shares with another, who works there and who may ask, and everything that would be made.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class NewDeskModel(
    NewDesks desks,
    NewDeskTeam making,
    DeskTemplates templates,
    DeskChoices choices,
    PersonDirectory directory,
    IPeopleStore people,
    ICurrentConfiguration configuration,
    ITexts texts
) : PageModel
{
    private const int LongestName = 200;
    private const string NoTeam = "desks.team-none";

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

    /// <summary>Who works there and who may ask.</summary>
    public NewDeskWho Who { get; private set; } = NewDeskWho.Usual(null, isShared: false);

    /// <summary>What would be chosen if nobody chose.</summary>
    public NewDeskWho Usual => NewDeskWho.Usual(Chosen, Other is not null);

    /// <summary>The desk with which it shares.</summary>
    public DeskDocument? Other =>
        Given(ShareWith) is { } key && configuration.Snapshot.TryGet<DeskDocument>(key, out var other) ? other : null;

    /// <summary>Who is typed for the team and not found.</summary>
    public string? Unknown { get; private set; }

    /// <summary>Who makes the desk.</summary>
    public string Me => HttpContext.RequireViewer().Person.Name;

    /// <summary>The teams that were chosen.</summary>
    public ChosenRows Teams => choices.Teams(At, Who.Teams);

    /// <summary>The organizations that were chosen.</summary>
    public ChosenRows Organizations => choices.Organizations(At, Who.Organizations);

    /// <summary>Who belongs to the team of its own.</summary>
    public ChosenRows Team { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Who = Usual;
        return ShowAsync(cancellation);
    }

    /// <summary>Shows what the template would bring.</summary>
    public async Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        // A team that is not chosen yet is no mistake before the desk is made.
        Problems = [.. Problems.Where(problem => problem.Code != NoTeam)];
        Who = NewDeskForm.Apply(Who, op);
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        if (Problems.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(cancellation);
        }

        Plan = desks.Plan(Wish());
        var me = HttpContext.RequireViewer();
        var author = new ConfigurationAuthor(
            me.Person.Id,
            null,
            texts.Format("desks.made-of", Chosen?.Name.ToString() ?? "")
        );
        var outcome = await making.MakeAsync(Plan, me, Who.People, author, cancellation);
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

        return await ShowAsync(cancellation);
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var form = new NewDeskForm(await Request.ReadFormAsync(cancellation));
        Who = form.Read(Usual, Other is not null);
        if (Who is { Agents: NewDeskWho.Some, Teams.Count: 0 })
        {
            Problems = [DocumentProblem.At("/agents", NoTeam)];
        }

        if (form.Person.Length == 0)
        {
            return;
        }

        if (await directory.FindOneAsync(HttpContext.RequireViewer(), form.Person, cancellation) is { } person)
        {
            var all = Who.People.Append(person.Email).Distinct(StringComparer.OrdinalIgnoreCase);
            Who = Who with { People = all.ToValueList() };
        }
        else
        {
            Unknown = form.Person;
            Problems = [.. Problems, DocumentProblem.At("/people", "forms.person-unknown", form.Person)];
        }
    }

    private DeskWish Wish() =>
        new(Template, Named(), Given(DeskKey)?.ToUpperInvariant(), Given(ShareWith))
        {
            Agents = Who.AgentsWith(Other),
            Customers = Who.CustomersWith(Chosen, Other),
        };

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

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        At = new ShapePlace(Url.Page("/Administration/NewDesk", "Shape")!, "#new-desk");
        Plan = desks.Plan(Wish());
        await choices.PrepareAsync(cancellation);
        var names = new List<(string, string)>();
        var mayKnow = HttpContext.RequireViewer().May(Permissions.ManagePeople);
        foreach (var address in Who.People)
        {
            var person = mayKnow ? await people.FindByEmailAsync(address, cancellation) : null;
            names.Add((address, person?.Name ?? address));
        }

        Team = ChosenRows.Of(At, "people", Who.People, names, "", "");
        return Page();
    }
}
