using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Reactions.Assigning;

/// <summary>
/// Gives a ticket without an agent to whom its assignment policy chooses. The choice is stored before it is sent, so that the
/// same event gives the same answer also after a crash; a ticket that somebody took meanwhile stays as it is.
/// </summary>
public sealed class Assigner(
    ITicketGrains grains,
    IAssignmentStore store,
    IPeopleStore people,
    IViewers viewers,
    Rosters rosters,
    QueryLanguage language,
    ICurrentConfiguration configuration,
    IClock clock
)
{
    private const int MostTries = 5;

    // When everybody has enough to do, it is looked again so much later.
    private static readonly Duration Pause = Duration.FromMinutes(15);

    /// <summary>Gives the ticket to somebody, if it waits for that and a policy takes it.</summary>
    /// <param name="position">The position of the event that is answered.</param>
    /// <param name="depth">How many reactions lie before this one.</param>
    public async Task AssignAsync(TicketId ticket, long position, int depth, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (await grains.GetAsync(ticket, cancellation) is not { } found || !Assignments.IsFree(found.State))
            {
                await store.DoneAsync(ticket, position, retryAt: null, cancellation);
                return;
            }

            if (await ChoiceAsync(found, cancellation) is not var (policy, choice))
            {
                await store.DoneAsync(ticket, position, retryAt: null, cancellation);
                return;
            }

            var now = clock.GetCurrentInstant();
            var question = new AssignmentQuestion(ticket, position, policy.Id, choice.Candidates(now), now);
            var decision = await store.DecideAsync(question, counts => choice.Choose(counts, now), cancellation);
            if (decision.IsDone)
            {
                return;
            }

            var answer = await SendAsync(found.State, decision, position, depth, cancellation);
            if (answer.IsAccepted)
            {
                await store.DoneAsync(ticket, position, RetryAt(decision.Decided, now), cancellation);
                return;
            }

            // Who was chosen may not get it any longer: chosen anew.
            await store.WithdrawAsync(ticket, position, cancellation);
        }

        throw new InvalidOperationException($"Ticket {ticket} takes nobody whom its assignment policy chooses.");
    }

    // That nobody could get it is told once; looking again is silent until somebody can.
    private async Task<GrainAnswer> SendAsync(
        TicketState ticket,
        AssignmentDecision decision,
        long position,
        int depth,
        CancellationToken cancellation
    )
    {
        if (decision is { Attempt: > 1, Decided.Assignee: null })
        {
            return GrainAnswer.Accepted(new TicketSnapshot(ticket, []), []);
        }

        var envelope = new CommandEnvelope(new TakeAssignment(decision.Decided), Actor.System)
        {
            Cause = position,
            Depth = depth + 1,
            IdempotencyKey = $"{AssignmentReaction.Name}:{position}:{decision.Attempt}:{decision.Decided.Assignee}",
        };
        return await grains.SendAsync(ticket.Id, envelope, cancellation);
    }

    private static Instant? RetryAt(AssignmentDecided decided, Instant now) =>
        decided.Assignee is not null ? null
        : decided.PassedOver.Any(one => one.Why == PassedOverWhy.Full) ? now + Pause
        : AssignmentChoice.Again(decided);

    private async Task<(AssignmentDocument Policy, AssignmentChoice Choice)?> ChoiceAsync(
        TicketSnapshot ticket,
        CancellationToken cancellation
    )
    {
        var (snapshot, now) = (configuration.Snapshot, clock.GetCurrentInstant());
        var named = ticket.State.Team is { } id ? (await people.FindTeamAsync(id, cancellation))?.Name : null;
        foreach (var policy in Assignments.For(ticket.State, named, snapshot))
        {
            if (
                language.Holds(policy.Query, ticket, now, snapshot)
                && await people.FindTeamAsync(policy.Team, cancellation) is { } team
            )
            {
                return (policy, await ChoiceAsync(policy, team, ticket.State, now, cancellation));
            }
        }

        return null;
    }

    private async Task<AssignmentChoice> ChoiceAsync(
        AssignmentDocument policy,
        Team team,
        TicketState ticket,
        Instant now,
        CancellationToken cancellation
    )
    {
        var roster = await rosters.OfAsync(team.Members, now, cancellation);
        var standIns = team.Members.Select(member => roster.StandIn(member, now, team.Id)).OfType<PersonId>();
        var asked = team.Members.Concat(standIns).Distinct().ToList();
        var onDesk = new HashSet<PersonId>();
        foreach (var person in asked)
        {
            if (await viewers.OfAsync(person, cancellation) is { } viewer && viewer.WorksOn(ticket.Desk))
            {
                onDesk.Add(person);
            }
        }

        var found = await people.FindAsync(asked, cancellation);
        return new AssignmentChoice(policy, team, found, onDesk, roster, Assignments.Needed(policy, ticket));
    }
}
