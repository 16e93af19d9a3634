using System.Globalization;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Intake.Bulk;

/// <summary>What a bulk edit does to one ticket, under the rights of its person: looked at, done, taken back.</summary>
public sealed class BulkTurns(
    TicketDecisions decisions,
    ITicketStore store,
    IEventLog log,
    ITicketGrains grains,
    TicketExtensions extensions
)
{
    private const int MostAttempts = 8;

    /// <summary>The key under which a ticket takes its part of an edit once.</summary>
    public static string KeyOf(long run, TicketId ticket) =>
        string.Create(CultureInfo.InvariantCulture, $"bulk-{run}-{ticket.Value}");

    /// <summary>What it would do to the ticket as it is now. Decides as the ticket would, and commits nothing.</summary>
    public async Task<BulkTicket> LookAsync(
        Viewer viewer,
        BulkChanges changes,
        BulkTicket ticket,
        CancellationToken cancellation
    )
    {
        if (await grains.GetAsync(ticket.Ticket, cancellation) is not { } snapshot)
        {
            return ticket with { Checked = BulkOutcome.MayNot, Notes = Unknown() };
        }

        var envelope = CommandEnvelope.By(viewer, changes.For(snapshot.State));
        using var reserved = new Reserved(store);
        var step = await decisions.StepAsync(snapshot, envelope, reserved, cancellation);
        return ticket with
        {
            Checked = BulkOutcomes.Of(step.Refusals, step.Events, envelope.Actor),
            CheckedVersion = snapshot.State.Version,
            Notes = new BulkNotes(step.Refusals, []),
        };
    }

    /// <summary>Does it to the ticket as it is now; what changed since the preview is decided anew.</summary>
    public Task<BulkTicket> DoAsync(Viewer viewer, BulkRun run, BulkTicket ticket, CancellationToken cancellation) =>
        SendAsync(
            viewer,
            run,
            ticket,
            async () =>
                await grains.GetAsync(ticket.Ticket, cancellation) is { State: var state }
                    ? new BulkReturn(run.Changes!.For(state), state.Version, [])
                    : null,
            cancellation
        );

    /// <summary>Takes back what another edit did to each of the tickets.</summary>
    /// <param name="edit">The other edit.</param>
    /// <param name="edited">What it did to the ticket.</param>
    public async Task<BulkTicket> UndoAsync(
        Viewer viewer,
        BulkRun undo,
        BulkRun edit,
        BulkTicket edited,
        BulkTicket ticket,
        CancellationToken cancellation
    )
    {
        // One that was taken back before the server stopped stands in the log: what it was planned on ends there.
        var done = await store.FindAnswerAsync(KeyOf(undo.Id, ticket.Ticket), cancellation);
        return await SendAsync(
            viewer,
            undo,
            ticket,
            async () =>
            {
                var events = await log.ReadTicketAsync(ticket.Ticket, cancellation);
                return BulkUndo.Plan(
                    done is null ? events : events.TakeWhile(recorded => recorded.Version <= done.FromVersion),
                    edited.FromVersion,
                    edited.ToVersion,
                    Actor.Of(edit.By),
                    extensions
                );
            },
            cancellation
        );
    }

    /// <summary>What was done to a ticket before its server stopped; null for nothing.</summary>
    public async Task<BulkTicket?> FindDoneAsync(BulkRun run, BulkTicket ticket, CancellationToken cancellation) =>
        await store.FindAnswerAsync(KeyOf(run.Id, ticket.Ticket), cancellation) is { } done
            ? ticket with
            {
                Outcome = BulkOutcome.Changes,
                FromVersion = done.FromVersion + 1,
                ToVersion = done.ToVersion,
            }
            : null;

    /// <summary>That the ticket is not there, or must look so.</summary>
    public static BulkNotes Unknown() => new([Refusal.NotFound(RefusalCodes.TicketUnknown)], []);

    private async Task<BulkTicket> SendAsync(
        Viewer viewer,
        BulkRun run,
        BulkTicket ticket,
        Func<Task<BulkReturn?>> plan,
        CancellationToken cancellation
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await plan() is not { } planned)
            {
                return ticket with { Outcome = BulkOutcome.MayNot, Notes = Unknown() };
            }

            if (planned.Command is not { } command)
            {
                return ticket with
                {
                    Outcome = planned.Left.Count > 0 ? BulkOutcome.Left : BulkOutcome.Stays,
                    Notes = new BulkNotes([], planned.Left),
                };
            }

            var envelope = CommandEnvelope.By(viewer, command) with
            {
                ExpectedVersion = planned.Version,
                IdempotencyKey = KeyOf(run.Id, ticket.Ticket),
            };
            var answer = await grains.SendAsync(ticket.Ticket, envelope, cancellation);
            // Somebody changed it in between: it is decided anew on what it is by then.
            var isStale = answer.Refusals.Any(refusal => refusal.Kind == RefusalKind.Stale);
            if (!isStale || attempt == MostAttempts)
            {
                return Ended(ticket, answer, envelope.Actor, planned.Left);
            }
        }
    }

    private static BulkTicket Ended(BulkTicket ticket, GrainAnswer answer, Actor actor, ValueList<string> left)
    {
        var own = answer
            .Events.Where(recorded => recorded.Actor == actor)
            .Select(recorded => recorded.Version)
            .ToList();
        return ticket with
        {
            Outcome = BulkOutcomes.Of(answer.Refusals, answer.Events, actor),
            Notes = new BulkNotes(answer.Refusals, left),
            FromVersion = own.Count > 0 ? own[0] : 0,
            ToVersion = own.Count > 0 ? own[^1] : 0,
        };
    }
}
