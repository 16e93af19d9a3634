using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Automation;

/// <summary>What became of the silence for which a trigger waits.</summary>
public enum RuleSilence
{
    /// <summary>Nobody wrote.</summary>
    Holds = 1,

    /// <summary>A person of the other side wrote or attached files publicly.</summary>
    Answered = 2,

    /// <summary>The side that began it wrote publicly once more, and with that began a wait of its own.</summary>
    BegunAnew = 3,
}

/// <summary>Silence, as the log tells it. Only words of people break it: what rules and the product write is no answer.</summary>
public static class RuleSilences
{
    /// <summary>What became of the silence that an event began; it holds for a trigger that waits for none.</summary>
    /// <param name="began">The comment with which the wait began.</param>
    /// <param name="log">Events of its ticket, in order; those before the comment are passed over.</param>
    /// <param name="ticket">The ticket, for whose side somebody takes who attached files.</param>
    public static RuleSilence SilenceSince(
        this RuleTrigger trigger,
        RecordedEvent began,
        IEnumerable<RecordedEvent> log,
        TicketState ticket
    )
    {
        foreach (var later in trigger.Unanswered ? log.Where(one => one.Version > began.Version) : [])
        {
            if (WriterOf(later, ticket) is not { } writer)
            {
                continue;
            }

            if (writer != trigger.By)
            {
                return RuleSilence.Answered;
            }

            // Files alone, and what was imported, begin no wait: the one that runs goes on.
            if (later is { Event: PublicCommentAdded, Actor.Kind: ActorKind.Person })
            {
                return RuleSilence.BegunAnew;
            }
        }

        return RuleSilence.Holds;
    }

    private static RuleAuthor? WriterOf(RecordedEvent recorded, TicketState ticket) =>
        SlaHappenings.IsSaidByCustomer(recorded, ticket) is { } isCustomer ? SideOf(isCustomer) : null;

    private static RuleAuthor SideOf(bool isCustomer) => isCustomer ? RuleAuthor.Customer : RuleAuthor.Agent;
}
