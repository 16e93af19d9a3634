using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Pages.Sla.Editing;
using ServiceDesk.Host.Sla;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>An SLA policy in the browser: what is measured, when its clocks run, how long they may, and the words of the agreement.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class PolicyEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    RuleVocabulary vocabulary,
    AgreementReview review,
    EscalationForms escalations,
    SlaDrafts drafts,
    SlaPreview preview,
    DocumentText documents,
    IPeopleStore people,
    ITexts texts
) : PageModel
{
    /// <summary>The form's place in the page.</summary>
    public const string FormPlace = "#policy-form";

    private PolicyPhrases? phrases;

    /// <summary>The policy's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new policy.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>Whether the form writes on at the kept draft instead of what is in force.</summary>
    [BindProperty(SupportsGet = true, Name = "draft")]
    public bool IsDraft { get; set; }

    /// <summary>The tag of the draft that is written.</summary>
    [BindProperty(Name = "tag")]
    public string? Tag { get; set; }

    /// <summary>Whether another draft stands in the way of keeping this one.</summary>
    public bool DraftStands { get; private set; }

    public SlaPolicyDocument Policy { get; private set; } = new() { Id = "", Name = LocalizedText.Of("") };

    /// <summary>What stands in the way of publishing.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; private set; } = [];

    public string? Notice { get; private set; }

    /// <summary>What publishing would change; null when it was not asked.</summary>
    public IReadOnlyList<ComparedLine>? Difference { get; private set; }

    /// <summary>What the clocks that run may do; null for a policy that none can count by.</summary>
    public RunningClockChoices? Choices { get; private set; }

    /// <summary>What would not fit, were it published.</summary>
    public IReadOnlyList<AgreementWarning> Warnings { get; private set; } = [];

    /// <summary>The document as the form carries it along.</summary>
    public string Rest => documents.ToJson(Policy);

    /// <summary>The levels of each goal, by metric and goal.</summary>
    public IReadOnlyDictionary<(int Metric, int Goal), EscalationForm> Levels { get; private set; } =
        new Dictionary<(int, int), EscalationForm>();

    /// <summary>The calendars.</summary>
    public IEnumerable<CalendarDocument> Calendars => configuration.Snapshot.All<CalendarDocument>();

    /// <summary>The organizations.</summary>
    public IReadOnlyList<Organization> Organizations { get; private set; } = [];

    /// <summary>Metrics that customers are promised, inside which teams' times stand.</summary>
    public IEnumerable<SlaMetric> Promised =>
        configuration
            .Snapshot.All<SlaPolicyDocument>()
            .Where(policy => policy.Type == AgreementType.Sla)
            .SelectMany(policy => policy.Metrics)
            .DistinctBy(metric => metric.Id, StringComparer.Ordinal);

    /// <summary>The review's day as a date input takes it.</summary>
    public string ReviewDay => Policy.Review is { } one ? LocalDatePattern.Iso.Format(one.On) : "";

    /// <summary>The words of the agreement by the names of their inputs.</summary>
    public IEnumerable<(string Name, LocalizedText? Text)> Terms =>
        [
            ("scope", Policy.Terms?.Scope),
            ("exclusions", Policy.Terms?.Exclusions),
            ("quality", Policy.Terms?.Quality),
            ("contacts", Policy.Terms?.Contacts),
            ("references", Policy.Terms?.References),
        ];

    public IHtmlContent Condition(int metric, string list, int place) =>
        phrases!.Condition(list, $"metric.{metric}.{list}.{place}", PolicyForm.Of(Policy.Metrics[metric], list)[place]);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (IsDraft && Id is not null)
        {
            return await ShowDraftAsync(Id, cancellation);
        }

        if (Id is null)
        {
            Policy = Policy with { Order = NextOrder(), Metrics = [PolicyForm.NewMetric()] };
        }
        else if (configuration.Snapshot.TryGet<SlaPolicyDocument>(Id, out var found))
        {
            Policy = found;
            Version = configuration.Snapshot.VersionOf<SlaPolicyDocument>(Id);
        }
        else
        {
            return NotFound();
        }

        return await ShowAsync(cancellation);
    }

    /// <summary>Draws the form anew, after a choice or a button that changes its shape.</summary>
    public async Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        Policy = PolicyForm.Apply(Policy, op);
        Problems = [];
        return await ShowAsync(cancellation);
    }

    /// <summary>Shows what publishing would change.</summary>
    public async Task<IActionResult> OnPostCompareAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        await CompareAsync(cancellation);
        return await ShowAsync(cancellation);
    }

    /// <summary>Keeps it as a draft, to try it on past tickets and to choose what it means for clocks that run.</summary>
    public async Task<IActionResult> OnPostDraftAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        await CheckAsync(cancellation);
        if (Problems.Count > 0)
        {
            return await ShowAsync(cancellation);
        }

        if (Id is null && configuration.Snapshot.TryGet<SlaPolicyDocument>(Policy.Id, out _))
        {
            Notice = texts["administration.conflict"];
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await ShowAsync(cancellation);
        }

        var by = HttpContext.RequireViewer().Person.Id;
        if (IsDraft)
        {
            if (await drafts.ReplaceAsync(Tag, Policy, Version, by, cancellation) is null)
            {
                // What was written here stands in the form; saving again is done knowingly.
                var now = await drafts.FindAsync(DocumentKinds.SlaPolicy, Policy.Id, cancellation);
                Tag = now is null ? null : DraftTag.Of(now);
                Notice = texts[now is null ? "sla-version.draft-gone" : "sla-version.draft-changed-saving"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                return await ShowAsync(cancellation);
            }
        }
        else if (!await drafts.TryKeepAsync(Policy, Version, by, cancellation))
        {
            DraftStands = true;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await ShowAsync(cancellation);
        }

        return RedirectToPage("/Administration/SlaDraft", new { kind = DocumentKinds.SlaPolicy, id = Policy.Id });
    }

    /// <param name="mode">What the clocks that run shall do; a new policy has none.</param>
    public async Task<IActionResult> OnPostPublishAsync(string? mode, string? comment, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        if (Problems.Count > 0)
        {
            return await ShowAsync(cancellation);
        }

        var chosen = SlaDrafts.ModeOf(mode);
        if (chosen is null && Version > 0)
        {
            return await RefuseAsync("sla-version.choose", cancellation);
        }

        var me = HttpContext.RequireViewer().Person.Id;
        var author = drafts.AuthorOf(me, chosen ?? ChangeoverMode.NewTicketsOnly, comment);
        var outcome = await editor.SaveAsync(documents.ToYaml(Policy), Version, author, cancellation);
        if (await drafts.IsUnheardAsync(outcome.Status, author, DocumentKinds.SlaPolicy, Policy.Id, cancellation))
        {
            return await RefuseAsync("sla-version.mode-unheard", cancellation);
        }

        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                drafts.Begin();
                TempData["Done"] = texts["sla.published"];
                return RedirectToPage("/Administration/Policies", null, null, $"policy-{Policy.Id}");
            case ConfigurationStatus.Conflict:
                Notice = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                break;
            default:
                Problems = [.. outcome.Problems.Select(problem => problem.Problem)];
                break;
        }

        return await ShowAsync(cancellation);
    }

    private async Task<IActionResult> RefuseAsync(string why, CancellationToken cancellation)
    {
        Notice = texts[why];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await CompareAsync(cancellation);
        return await ShowAsync(cancellation);
    }

    // What publishing would change, and what it would do to the clocks that run.
    private async Task CompareAsync(CancellationToken cancellation)
    {
        await CheckAsync(cancellation);
        if (Problems.Count > 0)
        {
            return;
        }

        var before =
            Version == 0 ? null : await editor.YamlAtAsync(DocumentKinds.SlaPolicy, Policy.Id, Version, cancellation);
        Difference = ConfigurationComparison.Lines(before, documents.ToYaml(Policy));
        Warnings = await review.OfAsync(((ConfigurationSnapshot)configuration.Snapshot).With(Policy), cancellation);
        Choices = Version == 0 ? null : RunningClockChoices.Of(texts, await preview.OfAsync(Policy, cancellation));
    }

    private async Task<IActionResult> ShowDraftAsync(string id, CancellationToken cancellation)
    {
        var draft = await drafts.FindAsync(DocumentKinds.SlaPolicy, id, cancellation);
        if (draft is null || drafts.Read(draft) is not SlaPolicyDocument written)
        {
            return draft is null
                ? NotFound()
                : RedirectToPage("/Administration/SlaDraft", new { kind = DocumentKinds.SlaPolicy, id });
        }

        (Policy, Version, Tag) = (written, draft.BaseVersion, DraftTag.Of(draft));
        return await ShowAsync(cancellation);
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var form = new PolicyForm(await Request.ReadFormAsync(cancellation), vocabulary, escalations);
        Policy = form.Read();
        Problems = form.Problems;
        Policy = Id is null ? Policy : Policy with { Id = Id };
    }

    // As publishing would, without writing.
    private async Task CheckAsync(CancellationToken cancellation)
    {
        if (Problems.Count == 0)
        {
            var me = HttpContext.RequireViewer().Person.Id;
            Problems = await editor.ProblemsOfAsync(documents, Policy, me, cancellation);
        }
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        var shape = Url.Page("/Administration/PolicyEditor", "Shape", new { id = Id })!;
        phrases = new PolicyPhrases(
            texts,
            vocabulary,
            new RuleChoices(texts, vocabulary, snapshot),
            new RuleControls(shape, FormPlace),
            [.. (await people.TeamsAsync(cancellation)).Select(team => team.Name)],
            Url.Page("/Workspace/Complete")!
        );
        Organizations = await people.OrganizationsAsync(cancellation);
        var levels = new Dictionary<(int, int), EscalationForm>();
        foreach (var (m, metric) in Policy.Metrics.Index())
        {
            foreach (var (g, goal) in metric.Goals.Index())
            {
                levels[(m, g)] = await escalations.DrawAsync(
                    PolicyForm.PathOf(m, g),
                    goal.Escalations,
                    shape,
                    FormPlace[1..],
                    cancellation
                );
            }
        }

        Levels = levels;
        if (Problems.Count > 0 && Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }

    private int NextOrder() =>
        SlaPolicies.InOrder(configuration.Snapshot).Select(policy => policy.Order).LastOrDefault(90) + 10;
}
