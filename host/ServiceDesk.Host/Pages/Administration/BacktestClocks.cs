using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A kept clock of a trial with its ticket.</summary>
public sealed record BacktestClockLine(TicketState Ticket, KeptClock Clock);

/// <summary>Kept clocks of trials, of tickets that the viewer may see now.</summary>
public sealed class BacktestClocks(IBacktestStore store, ITicketQueries tickets)
{
    /// <summary>A part of the kept clocks.</summary>
    /// <returns>The lines, and whether there are more behind them.</returns>
    public async Task<(IReadOnlyList<BacktestClockLine> Lines, bool HasMore)> ReadAsync(
        Backtest trial,
        KeptClockQuestion question,
        int skip,
        int limit,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var found = await store.ClocksAsync(trial.Id, question, skip, limit + 1, cancellation);
        var ids = found.Take(limit).Select(one => one.Ticket).Distinct().ToList();
        var seen = await tickets.FindByIdAsync(viewer, ids, cancellation);
        return (
            [
                .. found
                    .Take(limit)
                    .Where(one => seen.TryGetValue(one.Ticket, out var ticket) && viewer.WorksOn(ticket.State.Desk))
                    .Select(one => new BacktestClockLine(
                        seen[one.Ticket].State,
                        question.Agreement is { } agreement ? one.Under(agreement) : one
                    )),
            ],
            found.Count > limit
        );
    }
}
