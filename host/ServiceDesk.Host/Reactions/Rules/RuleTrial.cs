using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>What a rule would have done.</summary>
/// <param name="Tickets">How many tickets were looked at.</param>
/// <param name="Runs">For each ticket that would have set it off: the last time, newest first.</param>
public sealed record RuleTrialReport(int Tickets, IReadOnlyList<RuleRun> Runs);

/// <summary>
/// Tries a rule on the last tickets that somebody may see: by which of their events it would have been set off, whether its
/// condition held on the ticket as it was then, and what its actions come to. Everything is decided and nothing committed.
/// Imported history counts here, although it sets off nothing when it comes in.
/// </summary>
public sealed class RuleTrial(
    QueryLanguage language,
    RuleVocabulary vocabulary,
    ITicketQueries queries,
    ITicketGrains grains,
    IEventLog log,
    ITicketStore store,
    TicketEngine engine,
    TicketDecisions decisions,
    ICurrentConfiguration current,
    PastConfigurations past,
    RuleConditions conditions,
    RuleScripts scripts,
    RuleFactsSource facts,
    IPeopleStore people,
    IViewers viewers,
    IClock clock,
    TimeProvider time
)
{
    /// <summary>On how many tickets it is tried.</summary>
    public const int MostTickets = 50;

    /// <summary>How long all its scripts may take together; what is not asked by then stays undecided.</summary>
    public static readonly TimeSpan ScriptLimit = TimeSpan.FromSeconds(20);

    private const int MostRelated = 10;

    /// <summary>Tries the rule, whether it is switched on or not.</summary>
    public async Task<RuleTrialReport> RunAsync(RuleDocument rule, Viewer viewer, CancellationToken cancellation)
    {
        var desks = rule.Desks.Count == 0 ? "" : $"desk IN ({string.Join(", ", rule.Desks)}) ";
        var page = await queries.FindAsync(viewer, $"{desks}ORDER BY updated DESC", MostTickets, null, cancellation);
        var runs = new List<RuleRun>();
        using var limit = new CancellationTokenSource(ScriptLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        foreach (var ticket in page.Items)
        {
            if (await CallAsync(rule, ticket, cancellation) is var (occasion, silence))
            {
                runs.Add(await RunAsync(occasion, silence, both.Token, cancellation));
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return new RuleTrialReport(page.Items.Count, [.. runs.OrderByDescending(run => run.At)]);
    }

    // The last event that would have set it off; by the clock and by hand it is set off now.
    private async Task<(RuleOccasion Occasion, RuleSilence Silence)?> CallAsync(
        RuleDocument rule,
        TicketSnapshot ticket,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        RuleOccasion? last = null;
        TicketSnapshot? seen = null;
        var events = await log.ReadTicketAsync(ticket.State.Id, cancellation);
        foreach (var recorded in events)
        {
            seen = engine.Fold(seen, recorded, await past.AtAsync(recorded.ConfigurationRevision, cancellation));
            if (seen is not null && rule.CalledBy(recorded, seen, vocabulary) is { } trigger)
            {
                var at = recorded.At + (trigger.After ?? Duration.Zero);
                last = Occasion(rule, trigger, recorded, seen, at);
            }
            else if (last is { Event: { } opening } && recorded.CameWith(opening))
            {
                last = last with { Seen = seen! };
            }
        }

        // One that waits looks at the ticket as it is when the time has come: for the last tickets, now. Who wrote by then the log tells.
        if (last is { Trigger.After: not null, Event: { } began })
        {
            var until = events.Where(recorded => recorded.At <= last.Now);
            return (last with { Seen = ticket }, last.Trigger.SilenceSince(began, until, ticket.State));
        }

        var called = rule.When.FirstOrDefault(t => t.On is TriggerWords.Schedule or TriggerWords.Manual);
        last ??= called is null ? null : Occasion(rule, called, null, ticket, now);
        return last is null ? null : (last, RuleSilence.Holds);
    }

    private RuleOccasion Occasion(
        RuleDocument rule,
        RuleTrigger trigger,
        RecordedEvent? recorded,
        TicketSnapshot seen,
        Instant at
    ) => new(rule, trigger, "trial", recorded, seen, at, current.Snapshot);

    // One that waits is not decided yet; what it would do is shown all the same.
    private async Task<RuleRun> RunAsync(
        RuleOccasion occasion,
        RuleSilence silence,
        CancellationToken limit,
        CancellationToken cancellation
    )
    {
        var rule = occasion.Rule;
        var isWaiting = occasion.Now > clock.GetCurrentInstant();
        var envelope = await EnvelopeAsync(rule, cancellation);
        var (outcome, truth, said) =
            envelope is null ? new RuleDecision(RuleOutcome.ActorGone, null, null)
            : silence == RuleSilence.Answered ? new RuleDecision(RuleOutcome.Answered, null, null)
            : isWaiting ? new RuleDecision(RuleOutcome.Waits, null, null)
            : await conditions.DecideAsync(occasion, isTrial: true, limit);
        var detail = new RuleRunDetail
        {
            Trigger = occasion.Trigger.On,
            Position = occasion.Event?.Position,
            TicketVersion = occasion.Seen.State.Version,
            Condition = rule.Condition,
            Actor = rule.Actor,
            Truth = truth,
            Script = said,
            WaitsUntil = outcome == RuleOutcome.Waits ? occasion.Now : null,
            Actions = envelope is null ? [] : await ActAsync(occasion, outcome, envelope, limit, cancellation),
        };
        return new RuleRun(0, rule.Id, 0, occasion.Ticket, occasion.Key, occasion.Now, outcome, detail);
    }

    private async Task<ValueList<ActionResult>> ActAsync(
        RuleOccasion occasion,
        RuleOutcome outcome,
        CommandEnvelope envelope,
        CancellationToken limit,
        CancellationToken cancellation
    )
    {
        var (actions, branch) = outcome switch
        {
            RuleOutcome.Then or RuleOutcome.Waits => (occasion.Rule.Then, "then"),
            RuleOutcome.Else => (occasion.Rule.Else, "else"),
            _ => ([], ""),
        };
        var results = new List<ActionResult>();
        var ticket = occasion.Seen;
        foreach (var (number, action) in actions.Index())
        {
            var place = new RulePlace(occasion.Rule.Id, branch, number);
            foreach (var (on, origin) in await TargetsAsync(action, ticket, cancellation))
            {
                var known = await facts.FindAsync([action], on.State, cancellation);
                var scene = new RuleScene(on, current.Snapshot, known) { Origin = origin, Place = place };
                var (result, after) =
                    action.Do == ActionWords.Script
                        ? (await scripts.TryAsync(occasion, action, scene, limit), null)
                        : await TryAsync(action, scene, envelope, cancellation);
                ticket = origin is null && after is not null ? after : ticket;
                results.Add(result with { Place = number, On = origin is null ? null : on.State.Id });
            }
        }

        return results.ToValueList();
    }

    private async Task<IReadOnlyList<(TicketSnapshot On, TicketState? Origin)>> TargetsAsync(
        RuleAction action,
        TicketSnapshot ticket,
        CancellationToken cancellation
    )
    {
        if (action.For is not { } target)
        {
            return [(ticket, null)];
        }

        var related = new List<(TicketSnapshot, TicketState?)>();
        var ids = vocabulary.Relation(target.Relation)?.Related(ticket.State, target.As) ?? [];
        foreach (var id in ids.Distinct().Take(MostRelated))
        {
            if (
                await grains.GetAsync(id, cancellation) is { } found
                && language.Holds(target.Condition, found, clock.GetCurrentInstant(), current.Snapshot)
            )
            {
                related.Add((found, ticket.State));
            }
        }

        return related;
    }

    // Null when the person as whom it acts is not there.
    private async Task<CommandEnvelope?> EnvelopeAsync(RuleDocument rule, CancellationToken cancellation)
    {
        var envelope = new CommandEnvelope(new SetPriority(default), new Actor(ActorKind.Rule, Name: rule.Id));
        if (rule.Actor is not { } email)
        {
            return envelope;
        }

        return
            await people.FindByEmailAsync(email, cancellation) is { } person
            && await viewers.OfAsync(person.Id, cancellation) is { } viewer
            ? envelope with
            {
                Actor = envelope.Actor with { Person = person.Id },
                Viewer = viewer,
            }
            : null;
    }

    private async Task<(ActionResult Result, TicketSnapshot? After)> TryAsync(
        RuleAction action,
        RuleScene scene,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var plan = RulePlanner.Plan(action, scene, vocabulary);
        if (plan.Command is not { } command)
        {
            var status =
                plan.Refusals.Count > 0 ? ActionStatus.Refused
                : plan.Notice is not null ? ActionStatus.Done
                : ActionStatus.Nothing;
            return (new ActionResult(action.Do, status, plan.Refusals), null);
        }

        using var reserved = new Reserved(store);
        var isOpening = command is OpenTicket;
        var asked = envelope with { Command = command };
        var step = await decisions.StepAsync(isOpening ? null : scene.Ticket, asked, reserved, cancellation);
        return step.Refusals.Count > 0
            ? (new ActionResult(action.Do, ActionStatus.Refused, step.Refusals), null)
            : (
                new ActionResult(action.Do, step.Events.Count > 0 ? ActionStatus.Done : ActionStatus.Nothing, []),
                isOpening ? null : step.After
            );
    }
}
