using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// Runs the rules that an event sets off, in their order, on the ticket as it was right after the event and under the
/// configuration of that time. A rule that was switched off or removed since does nothing more. Imported history sets off nothing.
/// </summary>
public sealed class RuleReaction(
    ICurrentConfiguration current,
    PastConfigurations past,
    TicketsAsTheyWere tickets,
    RuleVocabulary vocabulary,
    RuleRunner runner,
    IRuleRuns runs
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.rules";

    /// <inheritdoc/>
    public async Task ReactAsync(RecordedEvent recorded, CancellationToken cancellation)
    {
        if (recorded.Actor.Kind == ActorKind.Import)
        {
            return;
        }

        var configuration = await past.AtAsync(recorded.ConfigurationRevision, cancellation);
        var calls = RuleTriggers.Called(configuration, recorded, vocabulary).Where(IsStillOn).ToList();
        if (
            calls.Count == 0
            || await tickets.AfterAsync(recorded, cancellation) is not { } seen
            || seen.State.ImportedUntil >= recorded.At
        )
        {
            return;
        }

        calls.RemoveAll(call => !call.Rule.IsFor(seen.State.Desk) || !call.Trigger.Fits(recorded, seen));
        if (calls.Count > 0)
        {
            await RunAsync(calls.Once(), recorded, seen, configuration, cancellation);
        }
    }

    private async Task RunAsync(
        IReadOnlyList<RuleCall> calls,
        RecordedEvent recorded,
        TicketSnapshot seen,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var done = await runs.RecordedAsync(recorded.Ticket, Key(recorded), cancellation);
        var (made, waits) = (new List<RuleRun>(), new List<RuleWait>());
        foreach (var call in calls)
        {
            var occasion = new RuleOccasion(
                call.Rule,
                call.Trigger,
                Key(recorded),
                recorded,
                seen,
                recorded.At,
                configuration
            );
            if (call.Trigger.After is { } after)
            {
                var wait = new RuleWait(
                    recorded.Ticket,
                    call.Rule.Id,
                    call.Place,
                    recorded.Position,
                    recorded.At + after
                );
                waits.Add(wait);
                made.Add(runner.Waiting(occasion with { Key = RuleWaits.KeyOfBeginning(wait) }, wait.DueAt));
            }
            else if (!done.Contains(call.Rule.Id))
            {
                made.Add(await runner.RunAsync(occasion, cancellation));
            }
        }

        await runs.SaveAsync(made, waits, [], cancellation);
    }

    private bool IsStillOn(RuleCall call) =>
        current.Snapshot.TryGet<RuleDocument>(call.Rule.Id, out var now) && now.Enabled;

    private static string Key(RecordedEvent recorded) => $"event:{recorded.Position}";
}
