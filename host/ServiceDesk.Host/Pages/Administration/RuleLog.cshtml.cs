using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>What rules did: each run with the truth of its condition, and the loops that were stopped.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RuleLogModel(IRuleRuns runs, RuleRunLines lines, ICurrentConfiguration configuration) : PageModel
{
    private const int PageSize = 50;
    private const int MostLoops = 5;

    /// <summary>Only of this rule; null for all.</summary>
    [BindProperty(SupportsGet = true, Name = "rule")]
    public string? Rule { get; set; }

    /// <summary>Where an earlier page ended.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public IReadOnlyList<RuleRunLine> Runs { get; private set; } = [];

    public IReadOnlyList<RuleRunLine> Loops { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Older { get; private set; }

    public string NameOfRule => RuleSentences.NameOf(Rule ?? "", configuration.Snapshot);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var question = new RuleRunQuestion { Rule = Rule, Before = Before };
        var found = await runs.FindAsync(question, PageSize + 1, cancellation);
        Older = found.Count > PageSize ? found[PageSize - 1].Id : null;
        Runs = await lines.WriteAsync([.. found.Take(PageSize)], cancellation);
        if (Before is null)
        {
            var loops = new RuleRunQuestion { Rule = Rule, Outcome = RuleOutcome.Loop };
            Loops = await lines.WriteAsync(await runs.FindAsync(loops, MostLoops, cancellation), cancellation);
        }
    }
}
