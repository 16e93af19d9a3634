using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets.Bulk;

/// <summary>What became of a ticket in a bulk edit, or would become of it.</summary>
public enum BulkOutcome
{
    /// <summary>Its turn has not come.</summary>
    Waiting = 0,

    /// <summary>It changes.</summary>
    Changes = 1,

    /// <summary>It is already as it is to be.</summary>
    Stays = 2,

    /// <summary>The person may not do this to it, or not see it.</summary>
    MayNot = 3,

    /// <summary>It cannot be done to it as it is.</summary>
    Cannot = 4,

    /// <summary>Of an undo: everything that the edit changed was changed again since, and is left.</summary>
    Left = 5,
}

/// <summary>How decisions are told apart.</summary>
public static class BulkOutcomes
{
    /// <summary>What a ticket's answer means. Only what the person's command made counts: a timer that was due meanwhile is no change of the edit.</summary>
    public static BulkOutcome Of(ValueList<Refusal> refusals, ValueList<RecordedEvent> events, Actor actor) =>
        refusals.Count == 0
            ? events.Any(recorded => recorded.Actor == actor)
                ? BulkOutcome.Changes
                : BulkOutcome.Stays
            : refusals.Any(refusal => refusal.Kind is RefusalKind.Forbidden or RefusalKind.NotFound)
                ? BulkOutcome.MayNot
                : BulkOutcome.Cannot;
}
