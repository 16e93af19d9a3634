using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>A rule that was set off.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Trigger">The trigger that did it.</param>
/// <param name="Key">Unique per rule and ticket: the same again has no second effect.</param>
/// <param name="Event">The event; null for a schedule.</param>
/// <param name="Seen">The ticket on which the condition is decided.</param>
/// <param name="Now">The instant for which it is decided.</param>
/// <param name="Configuration">The configuration under which it is decided.</param>
public sealed record RuleOccasion(
    RuleDocument Rule,
    RuleTrigger Trigger,
    string Key,
    RecordedEvent? Event,
    TicketSnapshot Seen,
    Instant Now,
    IConfiguration Configuration
)
{
    /// <summary>Whether what is told reaches people also in their quiet hours.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The ticket.</summary>
    public TicketId Ticket => Seen.State.Id;
}

/// <summary>
/// Decides the condition of a rule and does its actions, as the rule's actor, by the same door as everybody. A refusal is
/// part of the answer. Repeatable: every command has an idempotency key made of rule, occasion, place and ticket.
/// </summary>
public sealed class RuleRunner(
    RuleConditions conditions,
    RuleActions actions,
    CauseChains causes,
    IPeopleStore people,
    IViewers viewers,
    IClock clock
)
{
    /// <summary>Runs the rule.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be reached; what was done stays done, and the same occasion goes on from there.</exception>
    public async Task<RuleRun> RunAsync(RuleOccasion occasion, CancellationToken cancellation)
    {
        if (await LoopAsync(occasion, cancellation) is { Count: > 0 } chain)
        {
            return Record(occasion, RuleOutcome.Loop, detail => detail with { Chain = chain });
        }

        var (actor, viewer) = await ActorAsync(occasion.Rule, cancellation);
        if (actor is null)
        {
            return Record(occasion, RuleOutcome.ActorGone, detail => detail);
        }

        var (outcome, truth, said) = await conditions.DecideAsync(occasion, isTrial: false, cancellation);
        var results = await DoAsync(occasion, actor, viewer, outcome, cancellation);
        if (!results.Any(IsLoop) || occasion.Event is null)
        {
            return Record(occasion, outcome, detail => detail with { Truth = truth, Script = said, Actions = results });
        }

        var ways = await causes.OfAsync(occasion.Event, cancellation);
        ReactionContext.CircleIsReported();
        return Record(
            occasion,
            RuleOutcome.Loop,
            detail => detail with { Truth = truth, Script = said, Actions = results, Chain = ways }
        );
    }

    /// <summary>A run that only says that it waits.</summary>
    public RuleRun Waiting(RuleOccasion occasion, Instant until) =>
        Record(occasion, RuleOutcome.Waits, detail => detail with { WaitsUntil = until });

    /// <summary>A run that only says that somebody wrote while it waited for silence.</summary>
    public RuleRun Answered(RuleOccasion occasion) => Record(occasion, RuleOutcome.Answered, detail => detail);

    /// <summary>The chain of events that leads from the rule back to itself on the same ticket; empty when there is none.</summary>
    private async Task<ValueList<CauseLink>> LoopAsync(RuleOccasion occasion, CancellationToken cancellation)
    {
        if (occasion.Event is not { Depth: > 0 } recorded)
        {
            return [];
        }

        var chain = await causes.OfAsync(recorded, cancellation);
        return chain.Any(link => link.Rule == occasion.Rule.Id && (link.Ticket == occasion.Ticket || IsOpening(link)))
            ? chain
            : [];
    }

    // A rule that opens a ticket, and then another because of that one, never comes back to the same ticket.
    private static bool IsOpening(CauseLink link) => link.Event.StartsWith("ticket.opened/", StringComparison.Ordinal);

    private async Task<(Actor? Actor, Viewer? Viewer)> ActorAsync(RuleDocument rule, CancellationToken cancellation)
    {
        if (rule.Actor is not { } email)
        {
            return (new Actor(ActorKind.Rule, Name: rule.Id), null);
        }

        return
            await people.FindByEmailAsync(email, cancellation) is { } person
            && await viewers.OfAsync(person.Id, cancellation) is { } viewer
            ? (new Actor(ActorKind.Rule, person.Id, rule.Id), viewer)
            : (null, null);
    }

    private async Task<ValueList<ActionResult>> DoAsync(
        RuleOccasion occasion,
        Actor actor,
        Viewer? viewer,
        RuleOutcome outcome,
        CancellationToken cancellation
    )
    {
        var (wanted, branch) = outcome switch
        {
            RuleOutcome.Then => (occasion.Rule.Then, "then"),
            RuleOutcome.Else => (occasion.Rule.Else, "else"),
            _ => ([], ""),
        };
        var results = new List<ActionResult>();
        foreach (var (number, action) in wanted.Index())
        {
            var envelope = new CommandEnvelope(new SetPriority(default), actor)
            {
                Viewer = viewer,
                Cause = occasion.Event?.Position,
                Depth = (occasion.Event?.Depth ?? 0) + 1,
            };
            var place = new RulePlace(occasion.Rule.Id, branch, number);
            results.AddRange(await actions.DoAsync(occasion, action, place, envelope, cancellation));
        }

        return results.ToValueList();
    }

    private RuleRun Record(RuleOccasion occasion, RuleOutcome outcome, Func<RuleRunDetail, RuleRunDetail> tell)
    {
        var rule = occasion.Rule;
        var detail = new RuleRunDetail
        {
            Trigger = occasion.Trigger.On,
            Position = occasion.Event?.Position,
            TicketVersion = occasion.Seen.State.Version,
            Condition = rule.Condition,
            Actor = rule.Actor,
        };
        return new RuleRun(
            0,
            rule.Id,
            occasion.Configuration.VersionOf<RuleDocument>(rule.Id),
            occasion.Ticket,
            occasion.Key,
            clock.GetCurrentInstant(),
            outcome,
            tell(detail)
        );
    }

    private static bool IsLoop(ActionResult result) =>
        result.Refusals.Any(refusal => refusal.Code == RefusalCodes.Loop);
}
