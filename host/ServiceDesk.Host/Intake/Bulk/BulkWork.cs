using System.Security.Cryptography;
using NodaTime;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Bulk;

namespace ServiceDesk.Host.Intake.Bulk;

/// <summary>
/// Works an edit off, ticket by ticket, from where it stands. What became of each is kept after some of them: one that was done
/// and not kept, since the server stopped, is sent again under its key and has no second effect.
/// </summary>
public sealed class BulkWork(IBulkRuns runs, BulkTurns turns, IViewers viewers, IClock clock)
{
    /// <summary>Who is not heard of for so long has gone.</summary>
    public static readonly Duration Silence = Duration.FromSeconds(30);

    private const int TicketsInATurn = 50;

    // Tickets of an edit share commits with each other, and leave the people's own a place.
    private const int AtATime = 8;

    /// <summary>Works it off; nothing when somebody else is at it.</summary>
    public async Task RunAsync(long id, CancellationToken cancellation)
    {
        var owner = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var now = clock.GetCurrentInstant();
        if (!await runs.ClaimAsync(id, owner, now, now - Silence, cancellation))
        {
            return;
        }

        var run = (await runs.FindAsync(id, cancellation))!;
        var edit = run.UndoOf is { } undone ? await runs.FindAsync(undone, cancellation) : null;
        if (run.State == BulkState.Stopping)
        {
            await SettleAsync(run, owner, cancellation);
        }

        while (
            run.State != BulkState.Stopping
            && await runs.WaitingAsync(id, run.IsPreview, TicketsInATurn, cancellation) is { Count: > 0 } waiting
        )
        {
            var done = await TurnAsync(run, edit, waiting, cancellation);
            var at = clock.GetCurrentInstant();
            if (!await runs.RecordAsync(id, owner, run.IsPreview, done, at, CancellationToken.None))
            {
                break;
            }
        }

        // Who lost it ends nothing.
        await runs.EndAsync(id, owner, clock.GetCurrentInstant(), CancellationToken.None);
    }

    // Its server stopped in the middle of a turn: what was done in it is found by its keys, and the rest is let be.
    private async Task SettleAsync(BulkRun run, string owner, CancellationToken cancellation)
    {
        var after = 0;
        while (
            await runs.TicketsAsync(run.Id, false, BulkOutcome.Waiting, after, TicketsInATurn, cancellation)
                is { Count: > 0 } waiting
        )
        {
            var done = new List<BulkTicket>();
            foreach (var ticket in waiting)
            {
                done.AddRange(await turns.FindDoneAsync(run, ticket, cancellation) is { } found ? [found] : []);
            }

            await runs.RecordAsync(run.Id, owner, preview: false, done, clock.GetCurrentInstant(), cancellation);
            after = waiting[^1].Place;
        }
    }

    private async Task<BulkTicket[]> TurnAsync(
        BulkRun run,
        BulkRun? edit,
        IReadOnlyList<BulkTicket> waiting,
        CancellationToken cancellation
    )
    {
        // As what the person may by now.
        var viewer = await viewers.OfAsync(run.By, cancellation);
        var edited = edit is null
            ? null
            : await runs.FindTicketsAsync(edit.Id, [.. waiting.Select(ticket => ticket.Ticket)], cancellation);
        var done = new BulkTicket[waiting.Count];
        await Parallel.ForAsync(
            0,
            waiting.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation },
            async (at, token) =>
                done[at] = viewer is null
                    ? Gone(run, waiting[at])
                    : await OneAsync(
                        run,
                        edit,
                        edited?.GetValueOrDefault(waiting[at].Ticket),
                        viewer,
                        waiting[at],
                        token
                    )
        );
        return done;
    }

    private Task<BulkTicket> OneAsync(
        BulkRun run,
        BulkRun? edit,
        BulkTicket? edited,
        Viewer viewer,
        BulkTicket ticket,
        CancellationToken cancellation
    ) =>
        (edit, edited) switch
        {
            ({ }, { }) => turns.UndoAsync(viewer, run, edit, edited, ticket, cancellation),
            // The edit was forgotten meanwhile: what it changed is not known any more, and must not be changed once more.
            _ when run.UndoOf is not null => Task.FromResult(
                ticket with
                {
                    Outcome = BulkOutcome.Cannot,
                    Notes = BulkTurns.Unknown(),
                }
            ),
            _ when run.IsPreview => turns.LookAsync(viewer, run.Changes!, ticket, cancellation),
            _ => turns.DoAsync(viewer, run, ticket, cancellation),
        };

    private static BulkTicket Gone(BulkRun run, BulkTicket ticket) =>
        run.IsPreview
            ? ticket with
            {
                Checked = BulkOutcome.MayNot,
                Notes = BulkTurns.Unknown(),
            }
            : ticket with
            {
                Outcome = BulkOutcome.MayNot,
                Notes = BulkTurns.Unknown(),
            };
}
