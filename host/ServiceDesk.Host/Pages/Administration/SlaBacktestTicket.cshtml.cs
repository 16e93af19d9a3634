using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The clocks of a ticket as they are and as they would have been under a draft, ledger beside ledger.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class SlaBacktestTicketModel(
    Backtests trials,
    BacktestLedgers ledgers,
    ITicketQueries tickets,
    TicketViews views
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
        var sides = await ledgers.ReadAsync(trial, ticket, viewer, cancellation);
        Draft = sides.Draft.Configuration;
        Pairs = [.. Paired(sides).Where(pair => IsAsked(pair.Official ?? pair.Draft!, metric, cycle))];
        return Page();
    }

    private static bool IsAsked(NamedClock clock, string? metric, int? cycle) =>
        (metric is null || clock.Clock.Metric == metric) && (cycle is null || clock.Clock.Cycle == cycle);

    private static IEnumerable<(NamedClock? Official, NamedClock? Draft)> Paired(BacktestSides sides)
    {
        var was = Named(sides.Official, sides.Now);
        var would = Named(sides.Draft, sides.Now).ToDictionary(one => (one.Clock.Metric, one.Clock.Cycle));
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

    private static IReadOnlyList<NamedClock> Named(BacktestSide side, Instant now) =>
        NamedClock.Read(side.Clocks, now, side.Configuration, side.Hidden);
}
