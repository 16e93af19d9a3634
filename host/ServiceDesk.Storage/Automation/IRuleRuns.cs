using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Automation;

/// <summary>What rules did, and what they wait for.</summary>
public interface IRuleRuns
{
    /// <summary>Which rules were recorded on a ticket for an occasion.</summary>
    Task<IReadOnlySet<string>> RecordedAsync(TicketId ticket, string occasion, CancellationToken cancellation);

    /// <summary>Records runs, begins waits and takes others away, all or none. A run whose rule, ticket and occasion stand already is left out; a wait that stands already begins anew when its event is newer.</summary>
    Task SaveAsync(
        IReadOnlyCollection<RuleRun> runs,
        IReadOnlyCollection<RuleWait> begin,
        IReadOnlyCollection<RuleWait> end,
        CancellationToken cancellation
    );

    /// <summary>The newest runs that a question asks for, newest first.</summary>
    Task<IReadOnlyList<RuleRun>> FindAsync(RuleRunQuestion question, int limit, CancellationToken cancellation);

    /// <summary>How many runs a ticket has, counted up to a limit.</summary>
    Task<int> CountAsync(TicketId ticket, int atMost, CancellationToken cancellation);

    /// <summary>How often each rule was set off and how often it acted since an instant, and when it acted last.</summary>
    Task<IReadOnlyDictionary<string, RuleCounts>> CountAsync(Instant since, CancellationToken cancellation);

    /// <summary>Waits that are due, the longest due first.</summary>
    Task<IReadOnlyList<RuleWait>> DueAsync(Instant now, int limit, CancellationToken cancellation);

    /// <summary>The waits of a ticket, soonest first.</summary>
    Task<IReadOnlyList<RuleWait>> WaitsAsync(TicketId ticket, CancellationToken cancellation);

    /// <summary>Forgets what was recorded before an instant.</summary>
    /// <returns>How many runs.</returns>
    Task<int> ForgetAsync(Instant before, CancellationToken cancellation);
}

/// <summary>Which runs. Every part that is not null must fit.</summary>
public sealed record RuleRunQuestion
{
    /// <summary>Of this ticket.</summary>
    public TicketId? Ticket { get; init; }

    /// <summary>Of this rule.</summary>
    public string? Rule { get; init; }

    /// <summary>That ended so.</summary>
    public RuleOutcome? Outcome { get; init; }

    /// <summary>Recorded before this one.</summary>
    public long? Before { get; init; }
}

/// <summary>What a rule did since an instant.</summary>
/// <param name="Called">How often it was set off.</param>
/// <param name="Acted">How often it did something: THEN or ELSE.</param>
/// <param name="Refused">How often something that it wanted was refused, or it was stopped.</param>
/// <param name="Last">When it was set off last.</param>
public sealed record RuleCounts(int Called, int Acted, int Refused, Instant Last);

/// <summary>A rule that acts on a ticket some time after an event, if its condition holds then.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Place">The place of the trigger in the rule.</param>
/// <param name="Position">The last such event of the ticket.</param>
/// <param name="DueAt">When it acts.</param>
public sealed record RuleWait(TicketId Ticket, string Rule, int Place, long Position, Instant DueAt);
