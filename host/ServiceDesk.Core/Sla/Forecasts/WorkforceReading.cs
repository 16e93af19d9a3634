using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>
/// Reads from a roster who works when, and on whose work: an agent on the own and, as a stand-in, on that of absent ones; the
/// members of a team on what has no agent; everybody of a desk on what has neither. People whom a team might get help its members.
/// </summary>
/// <param name="roster">Who works when, with what is supposed of absences.</param>
/// <param name="teams">All teams.</param>
/// <param name="configuration">The calendars.</param>
/// <param name="from">From when.</param>
/// <param name="to">To when.</param>
public sealed class WorkforceReading(
    WorkRoster roster,
    IReadOnlyDictionary<TeamId, Team> teams,
    IConfiguration configuration,
    Instant from,
    Instant to
)
{
    // A week, and one of holidays before it.
    private const int MostDaysBack = 21;
    private readonly Dictionary<ForecastWorker, HoursLine> hours = [];

    /// <summary>Reads it for these owners.</summary>
    /// <param name="ofDesks">Who works on each desk.</param>
    public Workforce Read(
        IReadOnlyCollection<ForecastOwner> owners,
        IReadOnlyDictionary<string, IReadOnlyList<PersonId>> ofDesks,
        ForecastChange change
    )
    {
        var hands = new Dictionary<ForecastOwner, IReadOnlyList<ForecastHand>>();
        var cuts = new Dictionary<ForecastOwner, IReadOnlyList<HoursCut>>();
        foreach (var owner in owners.Distinct())
        {
            IReadOnlyList<ForecastHand> mine =
            [
                .. owner.Person is { } person ? OfPerson(person)
                : owner.Team is { } team ? OfPeople(teams.GetValueOrDefault(team)?.Members ?? [])
                : OfPeople(ofDesks.GetValueOrDefault(owner.Desk ?? "") ?? []),
                .. More(owner, change),
            ];
            foreach (var hand in mine)
            {
                Know(hand.Worker, change);
            }

            hands[owner] = [.. mine.Where(hand => hours[hand.Worker].Spans.Count > 0 || IsThere(hand.Worker))];
            cuts[owner] = [.. mine.SelectMany(CutsOf).OrderBy(cut => cut.From).DistinctBy(Same)];
        }

        return new Workforce(hours, hands, cuts);
    }

    private static (Instant, long?, string?, string?) Same(HoursCut cut) =>
        cut.Absence is { } absence
            ? (cut.From, absence.Person.Value, null, null)
            : (cut.From, null, cut.Calendar, cut.Line);

    private bool IsThere(ForecastWorker worker) =>
        worker.Person is not { } person || roster.At(person, from).State != DutyState.Gone;

    private IEnumerable<ForecastHand> OfPerson(PersonId person)
    {
        yield return new ForecastHand(new ForecastWorker(person));
        var away = roster.AbsentSpans(person, from, to);
        if (away.Count == 0)
        {
            yield break;
        }

        // Who stands in may be absent in turn: asked anew whenever somebody's absence begins or ends.
        var borders = Chain(person)
            .SelectMany(one => roster.AbsentSpans(one, from, to))
            .SelectMany(one => new[] { one.Span.Start, one.Span.End })
            .Distinct()
            .Order()
            .ToList();
        var windows = new Dictionary<PersonId, List<Interval>>();
        foreach (var (span, _) in away)
        {
            var inside = borders.Where(at => span.Start <= at && at <= span.End).ToList();
            foreach (var (start, end) in inside.Zip(inside.Skip(1)))
            {
                if (roster.StandIn(person, start) is { } standIn)
                {
                    windows.TryAdd(standIn, []);
                    windows[standIn].Add(new Interval(start, end));
                }
            }
        }

        foreach (var (standIn, when) in windows)
        {
            yield return new ForecastHand(new ForecastWorker(standIn), when);
        }
    }

    private HashSet<PersonId> Chain(PersonId person)
    {
        var chain = new HashSet<PersonId>();
        var next = new Queue<PersonId>([person]);
        while (next.TryDequeue(out var one))
        {
            if (chain.Add(one))
            {
                foreach (var (_, absence) in roster.AbsentSpans(one, from, to))
                {
                    if (absence.Substitute is { } substitute)
                    {
                        next.Enqueue(substitute);
                    }
                }
            }
        }

        return chain;
    }

    private static IEnumerable<ForecastHand> OfPeople(IEnumerable<PersonId> people) =>
        people.Select(person => new ForecastHand(new ForecastWorker(person)));

    private IEnumerable<ForecastHand> More(ForecastOwner owner, ForecastChange change) =>
        change
            .More.Where(more =>
                owner.Team == more.Key
                || owner.Person is { } person && teams.GetValueOrDefault(more.Key)?.Members.Contains(person) == true
            )
            .SelectMany(more =>
                Enumerable
                    .Range(1, more.Value)
                    .Select(number => new ForecastHand(new ForecastWorker(null, more.Key, number)))
            );

    private void Know(ForecastWorker worker, ForecastChange change)
    {
        if (hours.ContainsKey(worker))
        {
            return;
        }

        var line = new HoursLine(
            worker.Person is { } person ? roster.WorkingSpans(person, from, to) : OfTeam(worker.Team!.Value)
        );
        var extra = change
            .Works.Where(works => IsOf(worker, works.Team))
            .SelectMany(works => SupposedSpans(worker, works.Day))
            .ToList();
        hours[worker] = extra.Count > 0 ? line.Plus(extra) : line;
    }

    private bool IsOf(ForecastWorker worker, TeamId team) =>
        worker.Person is { } person
            ? teams.GetValueOrDefault(team)?.Members.Contains(person) == true && IsThere(worker)
            : worker.Team == team;

    private IReadOnlyList<Interval> OfTeam(TeamId team) =>
        CalendarOf(new ForecastWorker(null, team)) is { } calendar
            ? [.. Working(calendar.Segments(from, to))]
            : [new Interval(from, to)];

    private static IEnumerable<Interval> Working(IEnumerable<CalendarSegment> segments) =>
        segments
            .Where(segment => segment.Kind == CalendarSegmentKind.Working)
            .Select(segment => new Interval(segment.From, segment.To));

    // The hours of the last day before that has any; nobody is called back from an absence.
    private IEnumerable<Interval> SupposedSpans(ForecastWorker worker, LocalDate day)
    {
        if (CalendarOf(worker) is not { } calendar)
        {
            return [];
        }

        var model = Enumerable
            .Range(1, MostDaysBack)
            .Select(back => calendar.HoursOf(day.PlusDays(-back)))
            .FirstOrDefault(found => found.Spans.Count > 0);
        var midnight = day.AtMidnight();
        var spans = (model?.Spans ?? [])
            .Select(span => (From: At(span.From), To: At(span.To)))
            .Select(span => (From: Instant.Max(from, span.From), To: Instant.Min(to, span.To)))
            .Where(span => span.From < span.To)
            .Select(span => new Interval(span.From, span.To))
            .ToList();
        if (worker.Person is { } person)
        {
            var away = roster.AbsentSpans(person, from, to);
            spans.RemoveAll(span => away.Any(one => one.Span.Start < span.End && span.Start < one.Span.End));
        }

        return spans;

        Instant At(Duration sinceMidnight) =>
            midnight.PlusNanoseconds(sinceMidnight.ToInt64Nanoseconds()).InZoneLeniently(calendar.Zone).ToInstant();
    }

    private WorkingCalendar? CalendarOf(ForecastWorker worker) =>
        worker.Person is { } person ? roster.CalendarOf(person)
        : teams.GetValueOrDefault(worker.Team!.Value)?.Calendar is { } id
        && configuration.TryGet<CalendarDocument>(id, out var document)
            ? WorkingCalendar.Of(document)
        : null;

    private IEnumerable<HoursCut> CutsOf(ForecastHand hand)
    {
        if (hand.Windows is not null)
        {
            return [];
        }

        var absences = hand.Worker.Person is { } person
            ? roster
                .AbsentSpans(person, from, to)
                .Select(one => new HoursCut(one.Span.Start, one.Span.End, person, one.Absence))
            : [];
        var days = CalendarOf(hand.Worker) is { } calendar
            ? calendar
                .Segments(from, to)
                .Where(segment => segment.Kind is CalendarSegmentKind.Holiday or CalendarSegmentKind.Exception)
                .Select(segment => new HoursCut(
                    segment.From,
                    segment.To,
                    hand.Worker.Person,
                    null,
                    segment.HolidayName,
                    NameOf(hand.Worker),
                    segment.Line
                ))
            : [];
        return absences.Concat(days);
    }

    private string? NameOf(ForecastWorker worker) =>
        worker.Person is { } person
            ? roster.CalendarNameOf(person)
            : teams.GetValueOrDefault(worker.Team!.Value)?.Calendar;
}
