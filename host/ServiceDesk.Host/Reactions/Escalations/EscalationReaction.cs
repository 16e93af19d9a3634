using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Reactions.Escalations;

/// <summary>
/// Does what an escalation level says when its clock has reached it, each effect once, by the same machinery as rules; records
/// the run beside theirs, and writes into the ticket's history who was told and what was done. Of a clock that was stopped
/// meanwhile, and of history that was brought in, nothing is done.
/// </summary>
public sealed class EscalationReaction(
    ITicketGrains grains,
    ICurrentConfiguration current,
    RuleRunner runner,
    IRuleRuns runs,
    NoticeWords words
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.escalations";

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event is SlaEscalated reached ? EscalateAsync(@event, reached, cancellation) : Task.CompletedTask;

    private async Task EscalateAsync(RecordedEvent @event, SlaEscalated reached, CancellationToken cancellation)
    {
        if (
            await grains.GetAsync(@event.Ticket, cancellation) is not { } ticket
            || ticket.State.ImportedUntil >= @event.At
            || Find(ticket, reached) is not var (policy, metric, level)
        )
        {
            return;
        }

        var rule = EscalationRules.Of(policy, level, Told(ticket.State, metric, reached));
        var occasion = new RuleOccasion(
            rule,
            new RuleTrigger
            {
                On = EscalationRules.Trigger,
                Metric = reached.Metric,
                Threshold = reached.Level,
            },
            $"event:{@event.Position}",
            @event,
            ticket,
            @event.At,
            current.Snapshot
        )
        {
            IsUrgent = level.Urgent,
        };
        // What was done before a crash is done once: every action has a key of its own.
        var run = await runner.RunAsync(occasion, cancellation);
        await NoteAsync(@event, reached, run, cancellation);
        await runs.SaveAsync([run], [], [], cancellation);
    }

    // The level as it was promised when it was reached: what another reaction did since may have changed goal and policy.
    private (SlaPolicyDocument Policy, SlaMetric Metric, SlaEscalation Level)? Find(
        TicketSnapshot ticket,
        SlaEscalated reached
    )
    {
        var clock = ticket.Clocks.FirstOrDefault(one => one.Metric == reached.Metric && one.Cycle == reached.Cycle);
        if (clock is null or { Status: ClockStatus.Stopped })
        {
            return null;
        }

        var (promise, goal) = Promised(clock, reached);
        if (
            current.Snapshot.AtVersion<SlaPolicyDocument>(promise.Id, promise.Version) is not { } policy
            || policy.Metrics.FirstOrDefault(one => one.Id == reached.Metric) is not { } metric
            || goal >= metric.Goals.Count
            || Core.Sla.Escalations.Find(metric.Goals[goal], reached.Level) is not { } level
        )
        {
            return null;
        }

        return (policy, metric, level);
    }

    // Events from before did not keep it: then the clock's own is what there is.
    private static (DocumentVersion Policy, int Goal) Promised(SlaClock clock, SlaEscalated reached) =>
        reached is { PolicyVersion: { } version, Goal: { } goal }
            ? (new DocumentVersion(reached.Policy, version), goal)
            : (clock.Policy, clock.Goal);

    private async Task NoteAsync(
        RecordedEvent @event,
        SlaEscalated reached,
        RuleRun run,
        CancellationToken cancellation
    )
    {
        var steps = run.Detail.Actions.Select(action => new EscalationStep(
            action.Do,
            action.People,
            action.Status == ActionStatus.Refused
        ));
        var acted = new EscalationActed(
            reached.Policy,
            reached.Metric,
            reached.Cycle,
            reached.Level,
            steps.ToValueList()
        );
        var envelope = new CommandEnvelope(new NoteEscalation(acted), Actor.System)
        {
            Cause = @event.Position,
            Depth = @event.Depth + 1,
            IdempotencyKey = $"{Name}:{@event.Position}",
        };
        await grains.SendAsync(@event.Ticket, envelope, cancellation);
    }

    private LocalizedText Told(TicketState ticket, SlaMetric metric, SlaEscalated reached) =>
        words.Say(
            "notifications.sla-escalated",
            language => [ticket.Key.ToString(), metric.Name.In(language), reached.Level]
        );
}
