using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Pages;

/// <summary>A dashboard as the form has it.</summary>
public sealed record DashboardForm
{
    /// <summary>The dashboard's id; empty for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>The version that was seen; 0 for a new one.</summary>
    public int Version { get; init; }

    /// <summary>The name in the reader's language.</summary>
    public string? Name { get; init; }

    /// <summary>For whom: one of <see cref="DashboardEditModel.Audiences"/>.</summary>
    public string? For { get; init; }

    /// <summary>The team's name.</summary>
    public string? Team { get; init; }

    /// <summary>The reports of the rows; an empty one is no gadget.</summary>
    public IReadOnlyList<string?>? Report { get; init; }

    /// <summary>How each row is shown.</summary>
    public IReadOnlyList<string?>? Show { get; init; }

    /// <summary><c>half</c> or <c>wide</c> for each row.</summary>
    public IReadOnlyList<string?>? Width { get; init; }
}

/// <summary>Makes and changes dashboards: everybody the own ones, and who may change reports those of teams and of everybody.</summary>
[Authorize(Policy = ReportsPlugin.SeePermission)]
public sealed class DashboardEditModel(
    DashboardDesk dashboards,
    ReportDesk desk,
    IConfigurationReader configuration,
    IConfigurationWriter writer,
    ITexts texts
) : PageModel
{
    /// <summary>Rows of the form.</summary>
    public const int MostGadgets = 12;

    private DashboardDocument? before;

    /// <summary>For whom a dashboard can be.</summary>
    public static IReadOnlyList<string> Audiences { get; } = ["me", "team", "everyone"];

    /// <summary>What the form has.</summary>
    public DashboardForm Form { get; private set; } = new();

    /// <summary>The gadgets of the form.</summary>
    public ValueList<DashboardGadget> Gadgets { get; private set; } = [];

    /// <summary>Whether a dashboard is made.</summary>
    public bool IsNew => string.IsNullOrEmpty(Form.Id);

    /// <summary>Whether the viewer may make dashboards for others.</summary>
    public bool MayEditOthers => HttpContext.CurrentViewer()!.May(ReportsPlugin.EditPermission);

    /// <summary>The reports to choose from.</summary>
    public IEnumerable<ReportDocument> Reports => desk.All;

    /// <summary>The teams to choose from: the viewer's own, and the one that the dashboard has already.</summary>
    public IReadOnlyList<string> Teams { get; private set; } = [];

    /// <summary>Why nothing was saved.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>A row of the form; null for an empty one.</summary>
    public DashboardGadget? Row(int index) => index < Gadgets.Count ? Gadgets[index] : null;

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(string? id, CancellationToken cancellation)
    {
        Teams = await TeamsAsync(cancellation);
        if (string.IsNullOrEmpty(id))
        {
            Form = new DashboardForm { For = Audiences[0] };
            return Page();
        }

        if (!await FindAsync(id, cancellation))
        {
            return NotFound();
        }

        Gadgets = before!.Gadgets;
        Teams = await TeamsAsync(cancellation);
        Form = new DashboardForm
        {
            Id = id,
            Version = configuration.Current.VersionOf<DashboardDocument>(id),
            Name = before.Name.ToString(),
            For = DashboardDesk.AudienceOf(before).ToString().ToLowerInvariant(),
            Team = before.Team,
        };
        return Page();
    }

    /// <summary>Saves the dashboard and shows it.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm] DashboardForm form, CancellationToken cancellation)
    {
        Form = form;
        if (!IsNew && !await FindAsync(form.Id, cancellation))
        {
            return NotFound();
        }

        Gadgets = Read(form);
        Teams = await TeamsAsync(cancellation);
        var viewer = HttpContext.CurrentViewer()!;
        var audience = MayEditOthers ? form.For : Audiences[0];
        var wanted = Enum.TryParse<DashboardAudience>(audience, ignoreCase: true, out var one)
            ? one
            : DashboardAudience.Me;
        var missing = await dashboards.CheckAsync(viewer, wanted, form.Team, before, cancellation);
        Refusals = Sentences.Of(
            texts,
            string.IsNullOrWhiteSpace(form.Name)
                ? [Refusal.Invalid("reports.refusal.name", "name"), .. missing]
                : missing
        );
        if (Refusals.Count > 0)
        {
            return Page();
        }

        var document = new DashboardDocument
        {
            Id = before?.Id ?? NewIds.For<DashboardDocument>(form.Name!, "dashboard", configuration.Current),
            Name = Sentences.Named(form.Name!, before?.Name),
            Gadgets = Gadgets,
            Person = wanted == DashboardAudience.Me ? before?.Person ?? viewer.Person.Email : null,
            Team = wanted == DashboardAudience.Team ? form.Team!.Trim() : null,
            Order = before?.Order ?? 100,
        };
        var refusals = await writer.SaveAsync(viewer, document, before is null ? 0 : form.Version, cancellation);
        if (refusals.Count == 0)
        {
            return Redirect(Url.Content($"~/plugins/reports/dashboard?id={document.Id}"));
        }

        Refusals = Sentences.Of(texts, refusals);
        return Page();
    }

    /// <summary>Removes the dashboard.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(string? id, int version, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation))
        {
            return NotFound();
        }

        var viewer = HttpContext.CurrentViewer()!;
        var refusals = await writer.RemoveAsync<DashboardDocument>(viewer, before!.Id, version, cancellation);
        if (refusals.Count == 0)
        {
            return Redirect(Url.Content("~/plugins/reports/list"));
        }

        var shown = await OnGetAsync(id, cancellation);
        Refusals = Sentences.Of(texts, refusals);
        return shown;
    }

    private async Task<IReadOnlyList<string>> TeamsAsync(CancellationToken cancellation)
    {
        var own = await dashboards.TeamsAsync(HttpContext.CurrentViewer()!, cancellation);
        return before?.Team is { } team && !own.Contains(team, StringComparer.Ordinal) ? [.. own, team] : own;
    }

    private async Task<bool> FindAsync(string? id, CancellationToken cancellation)
    {
        before = await dashboards.FindEditableAsync(HttpContext.CurrentViewer()!, id, cancellation);
        return before is not null;
    }

    private ValueList<DashboardGadget> Read(DashboardForm form) =>
        (form.Report ?? Array.Empty<string?>())
            .Take(MostGadgets)
            .Index()
            .Where(row => configuration.Current.TryGet<ReportDocument>(row.Item ?? string.Empty, out _))
            .Select(row => new DashboardGadget(
                row.Item!,
                Enum.TryParse<GadgetShow>(
                    (form.Show ?? Array.Empty<string?>()).ElementAtOrDefault(row.Index),
                    out var show
                )
                    ? show
                    : GadgetShow.Chart,
                (form.Width ?? Array.Empty<string?>()).ElementAtOrDefault(row.Index) == "wide",
                before?.Gadgets.FirstOrDefault(gadget => gadget.Report == row.Item)?.Days
            ))
            .ToValueList();
}
