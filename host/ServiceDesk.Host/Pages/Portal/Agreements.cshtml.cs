using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Sla;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>What the customer was promised: the published agreements with their words, targets and hours.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class AgreementsModel(
    CustomerAgreements agreements,
    Statements statements,
    ICurrentConfiguration configuration,
    GoalAudience audience,
    ITexts texts
) : PageModel
{
    /// <summary>The agreements.</summary>
    public IReadOnlyList<SlaPolicyDocument> Agreements { get; private set; } = [];

    /// <summary>Whether the customer may read how they went.</summary>
    public bool HasStatement { get; private set; }

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        Agreements = await agreements.OfAsync(viewer, cancellation);
        HasStatement = (await statements.OwnAsync(viewer, cancellation)).Count > 0;
    }

    /// <summary>For which requests a goal is.</summary>
    public string For(SlaMetric metric, int goal) =>
        audience.Write(metric.Goals[goal].Query, goal > 0 && goal + 1 == metric.Goals.Count);

    /// <summary>The hours that count for a goal; null for one that is gone.</summary>
    public CalendarDocument? HoursOf(SlaGoal goal) =>
        configuration.Snapshot.TryGet<CalendarDocument>(goal.Calendar, out var calendar) ? calendar : null;

    /// <summary>The words of an agreement that there are, with their headings.</summary>
    public IEnumerable<(string Heading, string Text)> TermsOf(SlaPolicyDocument policy)
    {
        var terms = policy.Terms ?? new SlaTerms();
        return new (string Name, LocalizedText? Text)[]
        {
            ("scope", terms.Scope),
            ("exclusions", terms.Exclusions),
            ("quality", terms.Quality),
            ("contacts", terms.Contacts),
            ("references", terms.References),
        }
            .Where(one => one.Text is not null)
            .Select(one => (texts[$"sla.terms-{one.Name}"], one.Text!.ToString()));
    }
}
