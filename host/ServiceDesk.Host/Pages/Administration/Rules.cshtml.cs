using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Reactions.Rules.Editing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The rules in the order in which they work, each as a sentence: switched on and off, and moved.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RulesModel(
    ICurrentConfiguration configuration,
    RuleOrder order,
    IRuleRuns runs,
    IRuleDrafts drafts,
    RuleSentences sentences,
    IClock clock,
    ITexts texts
) : PageModel
{
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
        RuleDrafting.Read(draft).Name.ToString() is { Length: > 0 } name ? name : draft.Rule;

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

    public async Task<IActionResult> OnPostSwitchAsync(string id, bool on, CancellationToken cancellation) =>
        Answer(await order.SwitchAsync(id, on, Author, cancellation), id);

    public Task<IActionResult> OnPostMoveAsync(string id, bool up, CancellationToken cancellation) =>
        PlaceAsync(id, place => up ? place - 1 : place + 1, cancellation);

    public Task<IActionResult> OnPostPlaceAsync(string id, int to, CancellationToken cancellation) =>
        PlaceAsync(id, _ => to, cancellation);

    private ConfigurationAuthor Author => new(HttpContext.RequireViewer().Person.Id, null, null);

    private async Task<IActionResult> PlaceAsync(string id, Func<int, int> to, CancellationToken cancellation) =>
        Answer(await order.PlaceAsync(id, to, Author, cancellation), id);

    private IActionResult Answer(ConfigurationOutcome outcome, string id)
    {
        if (outcome.Status == ConfigurationStatus.NotFound)
        {
            return NotFound();
        }

        if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
        {
            TempData["Done"] = texts["rule.switched"];
            return RedirectToPage(null, null, null, $"rule-{id}");
        }

        TempData["Done"] = texts["administration.conflict"];
        return RedirectToPage();
    }
}
