using NodaTime;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Host.Intake.Bulk;
using ServiceDesk.Host.Pages.Bulk;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Bulk;

namespace ServiceDesk.Host.Api.Bulk;

/// <summary>How many tickets came out how.</summary>
/// <param name="Waiting">Their turn has not come.</param>
/// <param name="Changes">They change, or have changed.</param>
/// <param name="Stays">They are already as they are to be.</param>
/// <param name="MayNot">The person may not do it to them.</param>
/// <param name="Cannot">It cannot be done to them as they are.</param>
/// <param name="Left">Of an undo: all was changed again since, and is left.</param>
public sealed record BulkCountsAnswer(int Waiting, int Changes, int Stays, int MayNot, int Cannot, int Left);

/// <summary>A bulk edit.</summary>
/// <param name="Id">Counts up.</param>
/// <param name="State">How far it is.</param>
/// <param name="UndoOf">The edit that it takes back; null for none.</param>
/// <param name="UndoneBy">The undo of it; null when it was not taken back.</param>
/// <param name="Query">The query whose tickets were chosen; null when keys were given.</param>
/// <param name="Total">How many tickets.</param>
/// <param name="Counts">What came of them; of a preview, what would.</param>
/// <param name="Otherwise">How many came out otherwise than a preview had said.</param>
public sealed record BulkAnswer(
    long Id,
    BulkState State,
    long? UndoOf,
    long? UndoneBy,
    string? Query,
    int Total,
    BulkCountsAnswer Counts,
    int Otherwise,
    Instant CreatedAt,
    Instant? StartedAt,
    Instant? FinishedAt
);

/// <summary>Why a ticket of a bulk edit does not change.</summary>
/// <param name="Detail">The sentence.</param>
public sealed record BulkReasonAnswer(string Code, string Detail);

/// <summary>A ticket of a bulk edit.</summary>
/// <param name="Place">Its place in the edit, from 1.</param>
/// <param name="Key">Its key; null when the token's person may not see it.</param>
/// <param name="Previewed">What the preview said; waiting without one.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reasons">Why not.</param>
/// <param name="Left">What an undo left, since somebody changed it again: <c>status</c>, <c>priority</c>, <c>assignee</c>, <c>team</c>, <c>labels</c>, <c>participants</c>, <c>watchers</c> or <c>field:ID</c>.</param>
public sealed record BulkTicketAnswer(
    int Place,
    string? Key,
    BulkOutcome Previewed,
    BulkOutcome Outcome,
    IReadOnlyList<BulkReasonAnswer> Reasons,
    IReadOnlyList<string> Left
);

/// <summary>Shows bulk edits.</summary>
public sealed class BulkAnswers(IBulkRuns runs, ITicketQueries tickets, BulkWords words)
{
    /// <summary>The edit with its counts.</summary>
    public async Task<BulkAnswer> OfAsync(BulkRun run, CancellationToken cancellation)
    {
        var counts = await runs.CountAsync(run.Id, run.IsPreview, cancellation);
        return new BulkAnswer(
            run.Id,
            run.State,
            run.UndoOf,
            await runs.FindUndoAsync(run.Id, cancellation),
            run.Query,
            run.Total,
            new BulkCountsAnswer(
                Count(BulkOutcome.Waiting),
                Count(BulkOutcome.Changes),
                Count(BulkOutcome.Stays),
                Count(BulkOutcome.MayNot),
                Count(BulkOutcome.Cannot),
                Count(BulkOutcome.Left)
            ),
            run.IsPreview ? 0 : await runs.CountOtherwiseAsync(run.Id, cancellation),
            run.CreatedAt,
            run.StartedAt,
            run.FinishedAt
        );

        int Count(BulkOutcome outcome) => counts.GetValueOrDefault(outcome);
    }

    /// <summary>Tickets of an edit, as their reader may see them.</summary>
    public async Task<IReadOnlyList<BulkTicketAnswer>> OfAsync(
        Viewer viewer,
        IReadOnlyList<BulkTicket> lines,
        CancellationToken cancellation
    )
    {
        var seen = await tickets.FindByIdAsync(viewer, [.. lines.Select(line => line.Ticket)], cancellation);
        return [.. lines.Select(line => Of(line, seen.GetValueOrDefault(line.Ticket)?.State.Key.ToString()))];

        // A reason can hold words of its ticket: who does not see the one reads the other not.
        BulkTicketAnswer Of(BulkTicket line, string? key)
        {
            var notes = key is null ? BulkTurns.Unknown() : line.Notes;
            return new BulkTicketAnswer(
                line.Place,
                key,
                line.Checked,
                line.Outcome,
                [.. notes.Refusals.Select(refusal => new BulkReasonAnswer(refusal.Code, words.Say(refusal)))],
                notes.Left
            );
        }
    }
}
