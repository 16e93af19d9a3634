using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The clocks of a ticket as they are and as they would have been under a draft, ledger beside ledger.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class SlaBacktestTicketModel(
    Backtests trials,
    BacktestRunner runner,
    ITicketQueries tickets,
    IEventLog log,
    TicketViews views,
    QueryLanguage language,
    ICurrentConfiguration current
) : PageModel
{
    public Backtest Trial { get; private set; } = null!;

    public TicketView View { get; private set; } = null!;

    public IReadOnlyList<(NamedClock? Official, NamedClock? Draft)> Pairs { get; private set; } = [];

    /// <summary>The configuration that the drafts stand in.</summary>
    public IConfiguration Draft { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(
        long id,
        string key,
        string? metric,
        int? cycle,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        if (
            await trials.FindAsync(id, viewer, cancellation) is not { } trial
            || !TicketKey.TryParse(key, out var parsed)
            || await tickets.FindByKeyAsync(viewer, parsed, cancellation) is not { } ticket
            || !viewer.WorksOn(ticket.State.Desk)
        )
        {
            return NotFound();
        }

        Trial = trial;
        View = await views.ReadAsync(viewer, ticket, cancellation);
        Draft = BacktestRunner.Overlay(trial.Request, current.Snapshot);
        var events = await log.ReadTicketAsync(ticket.State.Id, cancellation);
        var until = events.Where(one => one.Version <= ticket.State.Version);
        var folded = runner.Engine().Fold(until, Draft)?.Clocks ?? [];
        Pairs = [.. Paired(ticket.Clocks, folded).Where(pair => IsAsked(pair.Official ?? pair.Draft!, metric, cycle))];
        return Page();
    }

    private HiddenSubjects Hidden(IConfiguration configuration) =>
        language.HiddenFrom(HttpContext.RequireViewer(), configuration);

    private static bool IsAsked(NamedClock clock, string? metric, int? cycle) =>
        (metric is null || clock.Clock.Metric == metric) && (cycle is null || clock.Clock.Cycle == cycle);

    private IEnumerable<(NamedClock? Official, NamedClock? Draft)> Paired(
        ValueList<SlaClock> official,
        ValueList<SlaClock> draft
    )
    {
        var now = Instant.Max(Trial.Request.To, View.State.UpdatedAt);
        var was = NamedClock.Read(official, now, current.Snapshot, Hidden(current.Snapshot));
        var would = NamedClock
            .Read(draft, now, Draft, Hidden(Draft))
            .ToDictionary(one => (one.Clock.Metric, one.Clock.Cycle));
        foreach (var one in was)
        {
            would.Remove((one.Clock.Metric, one.Clock.Cycle), out var other);
            yield return (one, other);
        }

        foreach (var other in would.Values)
        {
            yield return (null, other);
        }
    }
}
