using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.State;

/// <summary>What is known of a problem.</summary>
/// <param name="IsKnownError">Whether the cause is known and there is a way to live with it.</param>
/// <param name="Workaround">Markdown; empty when there is none.</param>
/// <param name="IsPublished">Whether customers of its incidents read the workaround.</param>
/// <param name="RootCause">Markdown; empty while it is not known.</param>
/// <param name="Telling">The solution that is being, or was last, told to customers of incidents; null when none was.</param>
public sealed record ProblemRecord(
    bool IsKnownError,
    string Workaround,
    bool IsPublished,
    string RootCause,
    SolutionTelling? Telling
)
{
    /// <summary>Nothing is known.</summary>
    public static ProblemRecord None { get; } = new(false, "", false, "", null);
}

/// <summary>A solution on its way to the incidents.</summary>
/// <param name="Position">The version of the event that decided it: names it for ever.</param>
/// <param name="English">The message to customers who read English.</param>
/// <param name="Korean">The message to customers who read Korean.</param>
/// <param name="By">Who decided it.</param>
/// <param name="Since">When it was decided.</param>
/// <param name="Incidents">Each incident with what became of it.</param>
public sealed record SolutionTelling(
    long Position,
    string English,
    string Korean,
    PersonId? By,
    Instant Since,
    ValueList<ToldIncident> Incidents
)
{
    /// <summary>Those that still wait.</summary>
    public IEnumerable<TicketId> Pending =>
        Incidents.Where(one => one.Outcome == TellingOutcome.Pending).Select(one => one.Incident);

    /// <summary>Whether some still wait.</summary>
    public bool IsRunning => Pending.Any();

    /// <summary>How many ended so.</summary>
    public int Count(TellingOutcome outcome) => Incidents.Count(one => one.Outcome == outcome);
}

/// <summary>An incident with what became of it.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Code">The text key of the reason, where it was refused.</param>
public sealed record ToldIncident(TicketId Incident, TellingOutcome Outcome, string? Code = null);

/// <summary>What became of an incident whose problem was solved.</summary>
public enum TellingOutcome
{
    /// <summary>It waits for its turn.</summary>
    Pending = 1,

    /// <summary>Its customer was told and it was resolved.</summary>
    Told = 2,

    /// <summary>It was done already; nobody was told.</summary>
    AlreadyDone = 3,

    /// <summary>It refused.</summary>
    Refused = 4,
}

/// <summary>What is known of the problem was written down.</summary>
/// <param name="IsKnownError">Whether it is a known error.</param>
/// <param name="Workaround">Markdown.</param>
/// <param name="IsPublished">Whether customers of its incidents read the workaround.</param>
/// <param name="RootCause">Markdown.</param>
[StoredName("problems.described", 1)]
public sealed record ProblemDescribed(bool IsKnownError, string Workaround, bool IsPublished, string RootCause)
    : TicketEvent;

/// <summary>It was decided that incidents are resolved and their customers told.</summary>
[StoredName("problems.solution-decided", 1)]
public sealed record SolutionDecided(ValueList<TicketId> Incidents, string English, string Korean) : TicketEvent;

/// <summary>An incident had its turn.</summary>
[StoredName("problems.incident-told", 1)]
public sealed record IncidentTold(TicketId Incident, TellingOutcome Outcome, string? Code) : TicketEvent;

/// <summary>Keeps what is known of a problem.</summary>
public sealed class ProblemFacet : Facet<ProblemRecord>
{
    /// <inheritdoc/>
    public override string Id => ProblemsPlugin.Id;

    /// <inheritdoc/>
    public override ProblemRecord? Evolve(ProblemRecord? current, RecordedEvent @event, TicketState? ticket) =>
        @event.Event switch
        {
            ProblemDescribed e => (current ?? ProblemRecord.None) with
            {
                IsKnownError = e.IsKnownError,
                Workaround = e.Workaround,
                IsPublished = e.IsPublished,
                RootCause = e.RootCause,
            },
            SolutionDecided e => (current ?? ProblemRecord.None) with
            {
                Telling = new SolutionTelling(
                    @event.Version,
                    e.English,
                    e.Korean,
                    @event.Actor.Person,
                    @event.At,
                    e.Incidents.Select(incident => new ToldIncident(incident, TellingOutcome.Pending)).ToValueList()
                ),
            },
            IncidentTold e when current?.Telling is { } telling => current with
            {
                Telling = telling with
                {
                    Incidents = telling
                        .Incidents.Select(one =>
                            one.Incident == e.Incident ? new ToldIncident(e.Incident, e.Outcome, e.Code) : one
                        )
                        .ToValueList(),
                },
            },
            _ => current,
        };
}

/// <summary>Reads the facet.</summary>
public static class ProblemReading
{
    /// <summary>What is known of a problem; nothing when it was never written down.</summary>
    public static ProblemRecord Problem(this TicketState ticket) =>
        ticket.Facet<ProblemRecord>(ProblemsPlugin.Id) ?? ProblemRecord.None;
}
