using NodaTime;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Api.Duty;

/// <summary>When a person works and what the person can do.</summary>
/// <param name="Person">The person.</param>
/// <param name="Manager">Whom the person reports to; null for nobody.</param>
/// <param name="Calendar">The id of the own calendar; null for the team's.</param>
/// <param name="Skills">Short words.</param>
/// <param name="QuietHours">Whether notifications wait for working time.</param>
/// <param name="State">Whether the person works now.</param>
/// <param name="Again">When the person works next; null when working now, and when it is not known.</param>
/// <param name="StandIn">Who stands in now; null when the person is there, or nobody does.</param>
/// <param name="Absences">Those that have not ended.</param>
public sealed record DutyAnswer(
    PersonAnswer Person,
    PersonAnswer? Manager,
    string? Calendar,
    ValueList<string> Skills,
    bool QuietHours,
    DutyState State,
    Instant? Again,
    PersonAnswer? StandIn,
    IReadOnlyList<AbsenceAnswer> Absences
);

/// <summary>Days on which a person does not work.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, itself included.</param>
/// <param name="Note">A word about it.</param>
/// <param name="Substitute">Who stands in; null for nobody in particular.</param>
public sealed record AbsenceAnswer(long Id, LocalDate From, LocalDate To, string Note, PersonAnswer? Substitute);

/// <summary>A team with its working time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lead">Who leads it; null for nobody.</param>
/// <param name="Calendar">The id of its calendar; null for all time.</param>
/// <param name="Members">Its agents.</param>
public sealed record TeamAnswer(
    long Id,
    string Name,
    PersonAnswer? Lead,
    string? Calendar,
    IReadOnlyList<PersonAnswer> Members
);

/// <summary>A person's work as a client writes it; what is left out is emptied.</summary>
public sealed record DutyBody(
    PersonReference? Manager = null,
    string? Calendar = null,
    ValueList<string>? Skills = null
);

/// <summary>An absence as a client enters it; without a last day it is one day.</summary>
public sealed record AbsenceBody(
    LocalDate? From = null,
    LocalDate? To = null,
    string? Note = null,
    PersonReference? Substitute = null
);

/// <summary>A team's work as a client writes it; what is left out is emptied.</summary>
public sealed record TeamDutyBody(PersonReference? Lead = null, string? Calendar = null);

/// <summary>Shows who works when.</summary>
public sealed class DutyAnswers(IPeopleStore people, Rosters rosters, IClock clock)
{
    /// <summary>A person's duty now.</summary>
    public async Task<DutyAnswer> OfAsync(Person person, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var roster = await rosters.OfAsync([person.Id], now, cancellation);
        var status = roster.At(person.Id, now);
        var standIn = roster.StandIn(person.Id, now);
        var absences = await people.AbsencesAsync(person.Id, now.InUtc().Date.PlusDays(-1), cancellation);
        var named = absences.Select(absence => absence.Substitute).Append(person.Manager).Append(standIn);
        var names = await people.FindAsync([.. named.OfType<PersonId>()], cancellation);
        return new DutyAnswer(
            Show(person),
            Find(names, person.Manager),
            person.Calendar,
            person.Skills,
            person.QuietHours,
            status.State,
            status.Again,
            Find(names, standIn),
            [.. absences.Select(absence => Show(absence, names))]
        );
    }

    /// <summary>An absence.</summary>
    public async Task<AbsenceAnswer> OfAsync(Absence absence, CancellationToken cancellation) =>
        Show(absence, await people.FindAsync(absence.Substitute is { } substitute ? [substitute] : [], cancellation));

    /// <summary>A team.</summary>
    public async Task<TeamAnswer> OfAsync(Team team, CancellationToken cancellation)
    {
        var named = await people.FindAsync(
            [.. team.Members.Select(member => (PersonId?)member).Append(team.Lead).OfType<PersonId>()],
            cancellation
        );
        return new TeamAnswer(
            team.Id.Value,
            team.Name,
            Find(named, team.Lead),
            team.Calendar,
            [.. team.Members.Select(member => Find(named, member)).OfType<PersonAnswer>()]
        );
    }

    private static AbsenceAnswer Show(Absence absence, IReadOnlyDictionary<PersonId, Person> names) =>
        new(absence.Id, absence.From, absence.To, absence.Note, Find(names, absence.Substitute));

    private static PersonAnswer? Find(IReadOnlyDictionary<PersonId, Person> names, PersonId? id) =>
        id is { } known && names.TryGetValue(known, out var person) ? Show(person) : null;

    // Only agents, who may look up one another, and the person itself see these answers.
    private static PersonAnswer Show(Person person) => new(person.Id.Value, person.Name, person.Email);
}
