using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Backtests;

/// <summary>One side of a trial: the clocks of a ticket, and what their accounts are read with.</summary>
/// <param name="Clocks">The clocks.</param>
/// <param name="Configuration">What knows the versions that they pinned.</param>
/// <param name="Hidden">What their accounts do not tell the reader.</param>
public sealed record BacktestSide(ValueList<SlaClock> Clocks, IConfiguration Configuration, HiddenSubjects Hidden)
{
    /// <summary>The account of one of them at an instant, or at its last change where that is later.</summary>
    public ClockLedger Ledger(SlaClock clock, Instant now) =>
        Hidden.Shown(SlaLedger.Of(clock, Instant.Max(now, clock.Since), Configuration));
}

/// <summary>The clocks of a ticket as they are and as they would be.</summary>
/// <param name="Now">When both are read.</param>
public sealed record BacktestSides(Instant Now, BacktestSide Official, BacktestSide Draft)
{
    /// <summary>The runs of metrics that there are or would be, those that there are first.</summary>
    public IEnumerable<(SlaClock? Official, SlaClock? Draft)> Pairs()
    {
        var would = Draft.Clocks.ToDictionary(clock => (clock.Metric, clock.Cycle));
        foreach (var clock in Official.Clocks)
        {
            would.Remove((clock.Metric, clock.Cycle), out var other);
            yield return (clock, other);
        }

        foreach (var other in would.Values)
        {
            yield return (null, other);
        }
    }
}

/// <summary>Folds one ticket under the drafts of a trial, to hold its clocks against those that it has.</summary>
public sealed class BacktestLedgers(
    BacktestRunner runner,
    IEventLog log,
    QueryLanguage language,
    ICurrentConfiguration current
)
{
    /// <summary>Both sides. Who asks has made sure that the viewer may see them.</summary>
    public async Task<BacktestSides> ReadAsync(
        Backtest trial,
        TicketSnapshot ticket,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var now = Instant.Max(trial.Request.To, ticket.State.UpdatedAt);
        var draft = BacktestRunner.Overlay(trial.Request, current.Snapshot);
        var events = await log.ReadTicketAsync(ticket.State.Id, cancellation);
        var until = events.Where(one => one.Version <= ticket.State.Version);
        var folded = runner.Engine().Fold(until, draft)?.Clocks ?? [];
        return new BacktestSides(
            now,
            new BacktestSide(ticket.Clocks, current.Snapshot, language.HiddenFrom(viewer, current.Snapshot)),
            new BacktestSide(folded, draft, language.HiddenFrom(viewer, draft))
        );
    }
}
