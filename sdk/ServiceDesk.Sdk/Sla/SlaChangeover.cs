using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Sla
{
    /// <summary>What clocks that run do when their policy or calendar has a new version. A closed verdict never changes.</summary>
    public enum ChangeoverMode
    {
        /// <summary>They go on under the version that they started with.</summary>
        NewTicketsOnly = 1,

        /// <summary>They go on under the new version; what has elapsed stays.</summary>
        KeepElapsed = 2,

        /// <summary>They are counted again as if the new version had been in force since they started.</summary>
        Recompute = 3,
    }
}

namespace ServiceDesk.Sdk.Tickets
{
    /// <summary>Let the live clocks of a ticket go on under a new version of their policy or calendar. Only the product sends it.</summary>
    /// <param name="Kind">The kind of document: <c>sla-policy</c> or <c>calendar</c>.</param>
    /// <param name="Document">The document's id.</param>
    /// <param name="Version">The version that shall count.</param>
    /// <param name="Mode">What becomes of the time that has elapsed.</param>
    /// <param name="Recomputed">For <see cref="ChangeoverMode.Recompute"/>: the clocks as they come out, computed from the ticket's expected version.</param>
    /// <param name="By">Who published the version.</param>
    public sealed record ApplySlaVersion(
        string Kind,
        string Document,
        int Version,
        ChangeoverMode Mode,
        ValueList<SlaClock> Recomputed,
        PersonId By
    ) : TicketCommand;

    /// <summary>The live clocks of a ticket went on under a new version of their policy or calendar.</summary>
    /// <param name="Kind">The kind of document: <c>sla-policy</c> or <c>calendar</c>.</param>
    /// <param name="Document">The document's id.</param>
    /// <param name="Version">The version that counts from here on.</param>
    /// <param name="Mode">What became of the time that had elapsed.</param>
    /// <param name="Recomputed">For <see cref="ChangeoverMode.Recompute"/>: the clocks as they came out.</param>
    /// <param name="By">Who published the version.</param>
    [StoredName("sla.version-applied", 1)]
    public sealed record SlaVersionApplied(
        string Kind,
        string Document,
        int Version,
        ChangeoverMode Mode,
        ValueList<SlaClock> Recomputed,
        PersonId By
    ) : TicketEvent;
}
