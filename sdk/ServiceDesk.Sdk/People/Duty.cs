using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.People;

/// <summary>Days on which a person does not work, whatever the calendar says.</summary>
/// <param name="Id">The identity; 1 or more.</param>
/// <param name="Person">Who is absent.</param>
/// <param name="From">The first day, in the zone of the person's working calendar, or of the person where there is none.</param>
/// <param name="To">The last day, itself included.</param>
/// <param name="Note">A word about it, at most 500 characters; may be empty. For agents.</param>
/// <param name="Substitute">Who stands in; null for nobody in particular.</param>
public sealed record Absence(
    long Id,
    PersonId Person,
    LocalDate From,
    LocalDate To,
    string Note = "",
    PersonId? Substitute = null
)
{
    /// <summary>Whether a day is one of its days.</summary>
    public bool Covers(LocalDate day) => From <= day && day <= To;
}

/// <summary>Whether somebody works at an instant.</summary>
public enum DutyState
{
    /// <summary>Works now.</summary>
    Working = 1,

    /// <summary>The working hours are over, or have not begun.</summary>
    OutsideHours = 2,

    /// <summary>An absence was entered for the day.</summary>
    Absent = 3,

    /// <summary>May not be given work any longer, or does not exist.</summary>
    Gone = 4,
}

/// <summary>Whether somebody works at an instant, and when again.</summary>
/// <param name="State">Whether.</param>
/// <param name="Absence">The absence, when there is one that day.</param>
/// <param name="Again">When the person works next; null when working now, and when it is not known.</param>
public sealed record DutyStatus(DutyState State, Absence? Absence = null, Instant? Again = null)
{
    /// <summary>Whether the person works.</summary>
    public bool IsWorking => State == DutyState.Working;
}

/// <summary>
/// Says who works when: the person's own calendar, else that of the team, less absences. Cached; a change shows within a second
/// on every node. Safe for use by many threads.
/// </summary>
public interface IDuty
{
    /// <summary>Whether a person works at an instant.</summary>
    /// <param name="person">The person; one who does not exist is gone.</param>
    /// <param name="at">The instant.</param>
    /// <param name="team">The team for which the person works, whose calendar counts where the person has no own one; null takes the first of the person's teams that has one.</param>
    ValueTask<DutyStatus> StatusAsync(
        PersonId person,
        Instant at,
        TeamId? team = null,
        CancellationToken cancellation = default
    );

    /// <summary>Absences of everybody that have a day within a span of days, by first day.</summary>
    ValueTask<IReadOnlyList<Absence>> AbsencesAsync(
        LocalDate from,
        LocalDate to,
        CancellationToken cancellation = default
    );
}
