using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The rules in the order in which they work, each as a sentence: switched on and off, and moved.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RulesModel(
    ICurrentConfiguration configuration,
    IConfigurationEditor editor,
    DocumentText documents,
    IRuleRuns runs,
    IRuleDrafts drafts,
    RuleSentences sentences,
    IClock clock,
    ITexts texts
) : PageModel
{
    private const int Step = 10;
    private static readonly Duration Counted = Duration.FromDays(30);

    public IReadOnlyList<(RuleDocument Rule, RuleSentence Sentence, RuleCounts? Counts)> Rules { get; private set; } =
    [];

    /// <summary>Rules that are being written.</summary>
    public IReadOnlyList<RuleDraft> Drafts { get; private set; } = [];

    /// <summary>Those of them that were never published.</summary>
    public IReadOnlyList<RuleDraft> New =>
        [.. Drafts.Where(draft => !configuration.Snapshot.TryGet<RuleDocument>(draft.Rule, out _))];

    /// <summary>The name of a rule that is being written; its id before it has one.</summary>
    public static string NameOf(RuleDraft draft) =>
        DocumentText.FromStored(DocumentKinds.Rule, draft.Document).Name.ToString() is { Length: > 0 } name
            ? name
            : draft.Rule;

    /// <summary>How many loops were stopped lately; more than one page of them counts as one.</summary>
    public int Loops { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var since = clock.GetCurrentInstant() - Counted;
        var counts = await runs.CountAsync(since, cancellation);
        var snapshot = configuration.Snapshot;
        Rules =
        [
            .. RuleTriggers
                .InOrder(snapshot)
                .Select(rule => (rule, sentences.Write(rule, snapshot), counts.GetValueOrDefault(rule.Id))),
        ];
        Drafts = await drafts.AllAsync(cancellation);
        var loops = await runs.FindAsync(new RuleRunQuestion { Outcome = RuleOutcome.Loop }, 20, cancellation);
        Loops = loops.Count(run => run.At >= since);
    }

    public Task<IActionResult> OnPostSwitchAsync(string id, bool on, CancellationToken cancellation) =>
        configuration.Snapshot.TryGet<RuleDocument>(id, out var rule)
            ? SaveAsync([rule with { Enabled = on }], id, cancellation)
            : Task.FromResult<IActionResult>(NotFound());

    public Task<IActionResult> OnPostMoveAsync(string id, bool up, CancellationToken cancellation) =>
        PlaceAsync(id, place => up ? place - 1 : place + 1, cancellation);

    public Task<IActionResult> OnPostPlaceAsync(string id, int to, CancellationToken cancellation) =>
        PlaceAsync(id, _ => to, cancellation);

    private Task<IActionResult> PlaceAsync(string id, Func<int, int> to, CancellationToken cancellation)
    {
        var rules = RuleTriggers.InOrder(configuration.Snapshot).ToList();
        var place = rules.FindIndex(rule => rule.Id == id);
        if (place < 0)
        {
            return Task.FromResult<IActionResult>(NotFound());
        }

        var moving = rules[place];
        rules.RemoveAt(place);
        rules.Insert(Math.Clamp(to(place), 0, rules.Count), moving);
        // Orders are given anew with room between them; only those that differ are written.
        var moved = rules.Select((rule, index) => rule with { Order = (index + 1) * Step });
        return SaveAsync([.. moved.Where(IsChanged)], id, cancellation);
    }

    private bool IsChanged(RuleDocument rule) =>
        !configuration.Snapshot.TryGet<RuleDocument>(rule.Id, out var now) || !now.Equals(rule);

    // All of them or none, as one revision.
    private async Task<IActionResult> SaveAsync(
        IReadOnlyList<RuleDocument> rules,
        string id,
        CancellationToken cancellation
    )
    {
        var files = rules.Select(rule => new ConfigurationFile(
            ConfigurationFolder.PathOf(DocumentKinds.Rule, rule.Id),
            documents.ToYaml(rule)
        ));
        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, null);
        var import = new ConfigurationImport { KeepOthers = true };
        var outcome = await editor.ImportAsync([.. files], import, author, cancellation);
        if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
        {
            TempData["Done"] = texts["rule.switched"];
            return RedirectToPage(null, null, null, $"rule-{id}");
        }

        TempData["Done"] = texts["administration.conflict"];
        return RedirectToPage();
    }
}
