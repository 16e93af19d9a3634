using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A draft of an SLA policy or calendar: what it would do, tried on past tickets, and published with a choice for running clocks.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class SlaDraftModel(
    SlaDrafts drafts,
    SlaPreview preview,
    Backtests trials,
    ISlaChangeovers changeovers,
    IConfigurationEditor editor,
    ITexts texts
) : PageModel
{
    private const int MostShown = 5;

    /// <summary>How far back one can try.</summary>
    public static IReadOnlyList<int> Months { get; } = [1, 3, 6, 12, 24, 36];

    [BindProperty(SupportsGet = true, Name = "kind")]
    public string Kind
    {
        get;
        set => field = value ?? "";
    } = "";

    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>The tag of the draft that is shown.</summary>
    [BindProperty(Name = "tag")]
    public string? Tag { get; set; }

    public string Yaml { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string? Notice { get; private set; }

    public IReadOnlyList<FileProblem> Problems { get; private set; } = [];

    public IReadOnlyList<ComparedLine> Difference { get; private set; } = [];

    public IReadOnlyList<Backtest> Trials { get; private set; } = [];

    public IReadOnlyList<SlaChangeover> Changeovers { get; private set; } = [];

    /// <summary>Where the draft is written in a form; null while it cannot be read.</summary>
    public string? Form { get; private set; }

    /// <summary>What publishing would do; null while the draft is not right.</summary>
    public SlaPreviewFigures? Preview { get; private set; }

    /// <summary>The choices for running clocks, each with its effect.</summary>
    public RunningClockChoices Choices => RunningClockChoices.Of(texts, Preview);

    /// <summary>Whether a server stopped behind publishing it: all that is left to do is to put the draft away.</summary>
    public bool IsPublished { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await drafts.FindAsync(Kind, Id, cancellation) is { } draft ? await ShowAsync(draft, cancellation)
        : await PublishedAsync(cancellation) ? RedirectToPage("/Administration/SlaDrafts")
        : NotFound();

    public async Task<IActionResult> OnPostSaveAsync(string? yaml, CancellationToken cancellation)
    {
        if (await drafts.FindAsync(Kind, Id, cancellation) is not { } draft)
        {
            return NotFound();
        }

        var by = HttpContext.RequireViewer().Person.Id;
        if (await drafts.ReplaceAsync(Tag, Kind, Id, yaml ?? "", draft.BaseVersion, by, cancellation) is null)
        {
            return await ShowOthersAsync("sla-version.draft-changed-saving", yaml, cancellation);
        }

        TempData["Done"] = texts["sla-version.saved"];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellation)
    {
        if (await drafts.FindAsync(Kind, Id, cancellation) is { } draft)
        {
            if (!SlaDrafts.IsSeen(draft, Tag))
            {
                return await ShowOthersAsync("sla-version.draft-changed", null, cancellation);
            }

            await drafts.RemoveAsync(draft, cancellation);
        }

        TempData["Done"] = texts["sla-version.discarded"];
        return RedirectToPage("/Administration/SlaDrafts");
    }

    public async Task<IActionResult> OnPostTryAsync(int? months, CancellationToken cancellation)
    {
        if (await drafts.FindAsync(Kind, Id, cancellation) is not { } draft)
        {
            return NotFound();
        }

        if (drafts.Read(draft) is not { } document)
        {
            return await ShowAsync(draft, cancellation);
        }

        var span = Math.Clamp(months ?? 1, 1, Backtests.MostMonths);
        var start = await trials.StartAsync([document], span, HttpContext.RequireViewer(), cancellation);
        if (start.Id is { } id)
        {
            return RedirectToPage("/Administration/SlaBacktest", new { id });
        }

        Notice = start.IsBusy ? texts["sla-trial.busy"] : null;
        Response.StatusCode = start.IsBusy ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(draft, cancellation);
    }

    public async Task<IActionResult> OnPostPublishAsync(string? mode, string? comment, CancellationToken cancellation)
    {
        if (await drafts.FindAsync(Kind, Id, cancellation) is not { } draft)
        {
            return NotFound();
        }

        if (!SlaDrafts.IsSeen(draft, Tag))
        {
            return await ShowOthersAsync("sla-version.draft-changed", null, cancellation);
        }

        if (SlaDrafts.ModeOf(mode) is not { } chosen)
        {
            Notice = texts["sla-version.choose"];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(draft, cancellation);
        }

        var by = HttpContext.RequireViewer().Person.Id;
        var outcome = await drafts.PublishAsync(draft, chosen, comment, by, cancellation);
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts["sla-version.published-now"];
                return RedirectToPage("/Administration/SlaDrafts");
            case ConfigurationStatus.Conflict:
                Notice = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                break;
            default:
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                break;
        }

        return await ShowAsync(draft, cancellation);
    }

    private static string FormOf(string kind) =>
        kind == DocumentKinds.Calendar ? "/Administration/CalendarEditor" : "/Administration/PolicyEditor";

    private async Task<bool> PublishedAsync(CancellationToken cancellation) =>
        SlaDrafts.IsKind(Kind) && (await editor.HistoryAsync(Kind, Id, cancellation)).Count > 0;

    // What somebody else made of it meanwhile, with what was written here still in the box.
    private async Task<IActionResult> ShowOthersAsync(string why, string? yaml, CancellationToken cancellation)
    {
        if (await drafts.FindAsync(Kind, Id, cancellation) is not { } draft)
        {
            return NotFound();
        }

        Notice = texts[why];
        Response.StatusCode = StatusCodes.Status409Conflict;
        var page = await ShowAsync(draft, cancellation);
        Yaml = yaml ?? Yaml;
        return page;
    }

    private async Task<IActionResult> ShowAsync(SlaDraft draft, CancellationToken cancellation)
    {
        Yaml = draft.Yaml;
        Tag = DraftTag.Of(draft);
        IsPublished = drafts.IsPublished(draft);
        Problems = [.. (await drafts.CheckAsync(draft, cancellation)).Problems.Distinct()];
        var lines = ConfigurationComparison.Lines(editor.YamlOf(Kind, Id), draft.Yaml);
        Difference = lines.Any(line => line.Change != LineChange.Same) ? lines : [];
        var document = drafts.Read(draft);
        Form = document is null ? null : Url.Page(FormOf(Kind), new { id = Id, draft = true });
        Name = document?.Name.ToString() is { Length: > 0 } name ? name : draft.Document;
        Preview = document is not null && Problems.Count == 0 ? await preview.OfAsync(document, cancellation) : null;
        Trials =
        [
            .. (await trials.ListAsync(HttpContext.RequireViewer(), cancellation))
                .Where(one => one.Request.Drafts.Any(tried => tried.Kind == Kind && tried.Id == Id))
                .Take(MostShown),
        ];
        Changeovers = await changeovers.ListAsync(Kind, Id, MostShown, cancellation);
        return Page();
    }
}
