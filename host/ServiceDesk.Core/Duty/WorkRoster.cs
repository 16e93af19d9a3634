using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Duty;

/// <summary>
/// Who works when, and who stands in. A person works in the hours of the own calendar, else of the team's, less absences;
/// without any calendar always. Pure, and total: who is not among the people is gone, and a calendar that does not exist counts
/// all time.
/// </summary>
/// <param name="people">The people who are asked about, with their substitutes.</param>
/// <param name="teams">Their teams.</param>
/// <param name="absences">Their absences. One that is only supposed, with the identity 0, says nothing of a day on which there is another.</param>
/// <param name="configuration">The calendars.</param>
public sealed class WorkRoster(
    IReadOnlyDictionary<PersonId, Person> people,
    IReadOnlyDictionary<TeamId, Team> teams,
    IEnumerable<Absence> absences,
    IConfiguration configuration
)
{
    // More absences in a row than anybody has.
    private const int MostSteps = 100;

    private readonly ILookup<PersonId, Absence> absences = absences
        .OrderBy(absence => absence.From)
        .ThenBy(absence => absence.Id)
        .ToLookup(absence => absence.Person);

    /// <summary>Whether a person works at an instant.</summary>
    /// <param name="team">For which team; null takes the first of the person's teams that has a calendar.</param>
    public DutyStatus At(PersonId id, Instant now, TeamId? team = null)
    {
        if (people.GetValueOrDefault(id) is not { IsActive: true } person)
        {
            return new DutyStatus(DutyState.Gone);
        }

        if (AbsenceAt(person, now, team) is { } absence)
        {
            return new DutyStatus(DutyState.Absent, absence, Next(person, now, team));
        }

        return CalendarOf(person, team)?.IsWorking(now) != false
            ? new DutyStatus(DutyState.Working)
            : new DutyStatus(DutyState.OutsideHours, null, Next(person, now, team));
    }

    /// <summary>Who stands in for a person at an instant: the substitute, or the substitute's when that one is absent too; null when the person is there, or nobody was named who is.</summary>
    public PersonId? StandIn(PersonId id, Instant now, TeamId? team = null)
    {
        var asked = new HashSet<PersonId> { id };
        var status = At(id, now, team);
        while (status.Absence?.Substitute is { } next && asked.Add(next))
        {
            status = At(next, now, team);
            if (status.State is DutyState.Working or DutyState.OutsideHours)
            {
                return next;
            }
        }

        return null;
    }

    /// <summary>The first instant from <paramref name="from"/> at which a person works; null when there is none to be seen.</summary>
    public Instant? NextWorking(PersonId id, Instant from, TeamId? team = null) =>
        people.GetValueOrDefault(id) is { IsActive: true } person ? Next(person, from, team) : null;

    /// <summary>The working time of a person; null when it is all time.</summary>
    public WorkingCalendar? CalendarOf(PersonId id, TeamId? team = null) =>
        people.GetValueOrDefault(id) is { } person ? CalendarOf(person, team) : null;

    /// <summary>The id of the calendar by which a person works; null for none.</summary>
    public string? CalendarNameOf(PersonId id) =>
        people.GetValueOrDefault(id) is { } person ? NameOf(person, null) : null;

    /// <summary>When a person works within a span: the hours of the calendar, less absences; in order, apart. All of it without any calendar.</summary>
    public IReadOnlyList<Interval> WorkingSpans(PersonId id, Instant from, Instant to)
    {
        if (people.GetValueOrDefault(id) is not { IsActive: true } person || from >= to)
        {
            return [];
        }

        var spans = CalendarOf(person, null) is { } calendar
            ? calendar
                .Segments(from, to)
                .Where(segment => segment.Kind == CalendarSegmentKind.Working)
                .Select(segment => new Interval(segment.From, segment.To))
            : [new Interval(from, to)];
        return [.. AbsentSpans(id, from, to).Aggregate(spans, (left, away) => Without(left, away.Span))];
    }

    /// <summary>When a person is absent within a span, with the absence that counts then; in order, apart.</summary>
    public IReadOnlyList<(Interval Span, Absence Absence)> AbsentSpans(PersonId id, Instant from, Instant to)
    {
        if (people.GetValueOrDefault(id) is not { } person || from >= to || !absences.Contains(id))
        {
            return [];
        }

        var zone = ZoneOf(person, null);
        var borders = absences[id]
            .SelectMany(absence => new[] { StartOf(absence, zone), EndOf(absence, zone) })
            .Where(at => from < at && at < to)
            .Append(from)
            .Append(to)
            .Distinct()
            .Order()
            .ToList();
        return
        [
            .. borders
                .Zip(borders.Skip(1), (start, end) => new Interval(start, end))
                .Select(span => (span, AbsenceAt(person, span.Start, null)))
                .Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.span, pair.Item2!)),
        ];
    }

    private static IEnumerable<Interval> Without(IEnumerable<Interval> spans, Interval away)
    {
        foreach (var span in spans)
        {
            if (span.Start < away.Start)
            {
                yield return new Interval(span.Start, Instant.Min(span.End, away.Start));
            }

            if (span.End > away.End)
            {
                yield return new Interval(Instant.Max(span.Start, away.End), span.End);
            }
        }
    }

    private static Instant StartOf(Absence absence, DateTimeZone zone) => zone.AtStartOfDay(absence.From).ToInstant();

    private static Instant EndOf(Absence absence, DateTimeZone zone) =>
        zone.AtStartOfDay(absence.To.PlusDays(1)).ToInstant();

    private Instant? Next(Person person, Instant from, TeamId? team)
    {
        var zone = ZoneOf(person, team);
        var calendar = CalendarOf(person, team);
        for (var (here, step) = ((Instant?)from, 0); here is { } at && step < MostSteps; step++)
        {
            var working = calendar is null ? at : calendar.NextWorking(at);
            if (working is not { } found || AbsenceAt(person, found, team) is not { } absence)
            {
                return working;
            }

            here = EndOf(absence, zone);
        }

        return null;
    }

    private Absence? AbsenceAt(Person person, Instant at, TeamId? team)
    {
        var mine = absences[person.Id];
        return mine.Any() && at.InZone(ZoneOf(person, team)).Date is var day
            ? mine.Where(absence => absence.Covers(day)).MaxBy(absence => (absence.Id != 0, absence.To))
            : null;
    }

    private WorkingCalendar? CalendarOf(Person person, TeamId? team) =>
        NameOf(person, team) is { } calendar && configuration.TryGet<CalendarDocument>(calendar, out var document)
            ? WorkingCalendar.Of(document)
            : null;

    private string? NameOf(Person person, TeamId? team)
    {
        return person.Calendar ?? Of(team) ?? person.Teams.Select(id => Of(id)).FirstOrDefault(id => id is not null);

        string? Of(TeamId? id) => id is { } known ? teams.GetValueOrDefault(known)?.Calendar : null;
    }

    private DateTimeZone ZoneOf(Person person, TeamId? team) =>
        CalendarOf(person, team)?.Zone ?? DateTimeZoneProviders.Tzdb.GetZoneOrNull(person.Zone) ?? DateTimeZone.Utc;
}
