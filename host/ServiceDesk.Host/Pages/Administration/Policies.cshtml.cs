using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Sla;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The SLA policies in the order in which they are tried, what each promises, and which promises between teams do not fit into those to customers.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class PoliciesModel(
    ICurrentConfiguration configuration,
    IConfigurationEditor editor,
    DocumentText documents,
    AgreementReview review,
    SlaDrafts drafts,
    ConditionWords conditions,
    IClock clock,
    ITexts texts
) : PageModel
{
    private const int Step = 10;

    /// <summary>The policies in their order.</summary>
    public IReadOnlyList<SlaPolicyDocument> Policies { get; private set; } = [];

    /// <summary>What does not fit.</summary>
    public IReadOnlyList<AgreementWarning> Warnings { get; private set; } = [];

    /// <summary>Conditions in words.</summary>
    public ConditionWords Conditions => conditions;

    /// <summary>A goal's calendar; null for one that is gone.</summary>
    public CalendarDocument? CalendarOf(SlaGoal goal) =>
        configuration.Snapshot.TryGet<CalendarDocument>(goal.Calendar, out var calendar) ? calendar : null;

    /// <summary>Whether a policy is to be looked through now.</summary>
    public bool IsDue(SlaPolicyDocument policy) => policy.Review?.IsDue(clock.GetCurrentInstant().InUtc().Date) == true;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        Policies = [.. SlaPolicies.InOrder(snapshot)];
        Warnings = await review.OfAsync(snapshot, cancellation);
    }

    public async Task<IActionResult> OnPostMoveAsync(string id, bool up, CancellationToken cancellation)
    {
        var policies = SlaPolicies.InOrder(configuration.Snapshot).ToList();
        var place = policies.FindIndex(policy => policy.Id == id);
        if (place < 0)
        {
            return NotFound();
        }

        var moving = policies[place];
        policies.RemoveAt(place);
        policies.Insert(Math.Clamp(up ? place - 1 : place + 1, 0, policies.Count), moving);
        // Orders are given anew with room between them; only those that differ are written, as one revision.
        var files = policies
            .Select((policy, index) => policy with { Order = (index + 1) * Step })
            .Where(IsChanged)
            .Select(policy => new ConfigurationFile(
                ConfigurationFolder.PathOf(DocumentKinds.SlaPolicy, policy.Id),
                documents.ToYaml(policy)
            ));
        var author = drafts.AuthorOf(HttpContext.RequireViewer().Person.Id, ChangeoverMode.NewTicketsOnly, null);
        var import = new ConfigurationImport { KeepOthers = true };
        var outcome = await editor.ImportAsync([.. files], import, author, cancellation);
        TempData["Done"] = texts[
            outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged
                ? "sla.order-changed"
                : "administration.conflict"
        ];
        return RedirectToPage(null, null, null, $"policy-{id}");
    }

    private bool IsChanged(SlaPolicyDocument policy) =>
        !configuration.Snapshot.TryGet<SlaPolicyDocument>(policy.Id, out var now) || !now.Equals(policy);
}
