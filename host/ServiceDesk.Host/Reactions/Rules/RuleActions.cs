using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// Does the actions of rules, on the ticket that set the rule off or on related ones: each of these by a command of its own,
/// with the rights of the rule's actor. The same action of the same occasion has no second effect on a ticket.
/// </summary>
public sealed class RuleActions(
    QueryLanguage language,
    RuleVocabulary vocabulary,
    ITicketGrains grains,
    RuleFactsSource facts,
    INotifications notifications,
    RuleScripts scripts
)
{
    /// <summary>On how many related tickets an action acts.</summary>
    public const int MostRelated = 200;

    private const int MostAttempts = 5;

    /// <summary>Does an action.</summary>
    /// <param name="envelope">Who acts and why; command and key are put in here.</param>
    /// <returns>What became of it, on each ticket.</returns>
    public async Task<IReadOnlyList<ActionResult>> DoAsync(
        RuleOccasion occasion,
        RuleAction action,
        RulePlace place,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        if (action.For is not { } target)
        {
            var own = await DoAsync(occasion, action, place, envelope, occasion.Ticket, null, cancellation);
            return [own with { Place = place.Number }];
        }

        if (vocabulary.Relation(target.Relation) is not { } relation)
        {
            var no = Refusal.Invalid(RuleRefusals.RelationUnknown, null, target.Relation);
            return [Refused(action, [no]) with { Place = place.Number }];
        }

        var origin = (await grains.GetAsync(occasion.Ticket, cancellation))?.State;
        var results = new List<ActionResult>();
        foreach (var other in origin is null ? [] : relation.Related(origin, target.As).Distinct().Take(MostRelated))
        {
            if (await MatchesAsync(other, target, occasion, cancellation))
            {
                var result = await DoAsync(occasion, action, place, envelope, other, origin, cancellation);
                results.Add(result with { Place = place.Number, On = other });
            }
        }

        return results.Count > 0 ? results : [Nothing(action) with { Place = place.Number }];
    }

    private async Task<bool> MatchesAsync(
        TicketId ticket,
        RuleTarget target,
        RuleOccasion occasion,
        CancellationToken cancellation
    ) =>
        await grains.GetAsync(ticket, cancellation) is { } found
        && language.Holds(target.Condition, found, occasion.Now, occasion.Configuration);

    // Planned on the ticket as it is now; another's change in between makes it be planned again.
    private async Task<ActionResult> DoAsync(
        RuleOccasion occasion,
        RuleAction action,
        RulePlace place,
        CommandEnvelope envelope,
        TicketId on,
        TicketState? origin,
        CancellationToken cancellation
    )
    {
        var key = $"rule:{place.Rule}:{occasion.Key}:{place.Branch}{place.Number}:{on}";
        for (var attempt = 1; ; attempt++)
        {
            if (await grains.GetAsync(on, cancellation) is not { } ticket)
            {
                return Refused(action, [Refusal.NotFound(RefusalCodes.TicketUnknown)]);
            }

            var known = await facts.FindAsync([action], ticket.State, cancellation);
            var scene = new RuleScene(ticket, occasion.Configuration, known) { Origin = origin, Place = place };
            if (action.Do == ActionWords.Script)
            {
                return await scripts.ActAsync(occasion, action, scene, key, cancellation);
            }

            var plan = RulePlanner.Plan(action, scene, vocabulary);
            if (plan.Notice is { } notice)
            {
                return await TellAsync(occasion, action, notice, on, key, cancellation);
            }

            if (plan.Command is not { } command)
            {
                return plan.Refusals.Count > 0 ? Refused(action, plan.Refusals) : Nothing(action);
            }

            var answer = await SendAsync(
                ticket,
                envelope with
                {
                    Command = command,
                    IdempotencyKey = key,
                },
                cancellation
            );
            if (answer.IsAccepted)
            {
                return Done(action, command, answer) with { People = plan.People };
            }

            if (attempt == MostAttempts || answer.Refusals.All(refusal => refusal.Kind != RefusalKind.Stale))
            {
                return Refused(action, answer.Refusals);
            }
        }
    }

    private Task<GrainAnswer> SendAsync(
        TicketSnapshot ticket,
        CommandEnvelope envelope,
        CancellationToken cancellation
    ) =>
        envelope.Command is OpenTicket
            ? grains.OpenAsync(envelope, cancellation)
            : grains.SendAsync(ticket.State.Id, envelope with { ExpectedVersion = ticket.State.Version }, cancellation);

    private static ActionResult Done(RuleAction action, TicketCommand command, GrainAnswer answer) =>
        new(action.Do, answer.Events.Count > 0 ? ActionStatus.Done : ActionStatus.Nothing, [])
        {
            Made = command is OpenTicket ? answer.Ticket!.State.Id : null,
        };

    // What a rule tells is internal: only agents of the ticket's desk learn of it, whoever is named.
    private async Task<ActionResult> TellAsync(
        RuleOccasion occasion,
        RuleAction action,
        RuleNotice notice,
        TicketId ticket,
        string key,
        CancellationToken cancellation
    )
    {
        var notification = new Notification(key, notice.Text, ticket, Visibility.Internal)
        {
            IsUrgent = occasion.IsUrgent,
        };
        var told = await notifications.SendAsync(notification, notice.People, cancellation);
        return new ActionResult(action.Do, told > 0 ? ActionStatus.Done : ActionStatus.Nothing, [])
        {
            People = notice.People,
        };
    }

    private static ActionResult Nothing(RuleAction action) => new(action.Do, ActionStatus.Nothing, []);

    private static ActionResult Refused(RuleAction action, ValueList<Refusal> refusals) =>
        new(action.Do, ActionStatus.Refused, refusals);
}
