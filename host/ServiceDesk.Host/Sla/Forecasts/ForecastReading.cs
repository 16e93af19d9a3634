using System.Globalization;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Sla.Forecasts;

/// <summary>What was written in an address or a call, before it is understood.</summary>
/// <param name="Values">The values of a parameter, in order; empty when it is not there.</param>
public sealed record WrittenForecast(Func<string, IReadOnlyList<string>> Values)
{
    internal string? One(string name) =>
        Values(name).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))?.Trim();

    internal IEnumerable<string> All(string name) =>
        Values(name).Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim());
}

/// <summary>
/// Understands what somebody asks of the next days: <c>desk</c>, <c>team</c>, <c>days</c>, <c>pace</c>, <c>answer</c>,
/// <c>late</c>, <c>paused</c>, and what is supposed: <c>off=PERSON:DAY..DAY</c>, <c>present=ABSENCE</c>, <c>more=TEAM:NUMBER</c>, <c>works=TEAM:DAY</c>,
/// <c>move=KEY:PERSON</c>, each as often as wanted.
/// </summary>
public sealed class ForecastReading(IPeopleStore people, ITicketQueries tickets, ICurrentConfiguration configuration)
{
    /// <summary>How much may be supposed at once.</summary>
    public const int MostChanges = 20;

    private const int MostMore = 20;
    private const int LongestOff = 60;
    private static readonly Duration LongestWork = Duration.FromHours(200);

    /// <summary>Understands it.</summary>
    /// <returns>The question without what is wrong, and that.</returns>
    public async Task<(ForecastQuestion Question, ValueList<Refusal> Wrong)> ReadAsync(
        Viewer viewer,
        WrittenForecast written,
        CancellationToken cancellation
    )
    {
        var wrong = new List<Refusal>();
        var teams = (await people.TeamsAsync(cancellation)).ToDictionary(team => team.Id);
        var keys = new Dictionary<TicketId, string>();
        var question = new ForecastQuestion
        {
            Desk = Desk(viewer, written.One("desk"), wrong),
            Team = written.One("team") is { } team ? Team(team, "team", teams, wrong) : null,
            Days = Days(written.One("days"), wrong),
            Pace = Time(written.One("pace"), "pace", wrong),
            Answer = Time(written.One("answer"), "answer", wrong) ?? ForecastQuestion.UsualAnswer,
            Late = Choice(written.One("late"), "late", "first", "last", wrong) ? LateWork.Last : LateWork.First,
            Paused = Choice(written.One("paused"), "paused", "false", "true", wrong),
            Change = new ForecastChange
            {
                Off = await OffAsync(Some("off"), wrong, cancellation),
                Present = Present(Some("present"), wrong),
                More = More(Some("more"), teams, wrong),
                Works = Works(Some("works"), teams, wrong),
                Moves = await MovesAsync(viewer, Some("move"), keys, wrong, cancellation),
            },
            Keys = keys,
        };
        return (question, wrong.ToValueList());

        IReadOnlyList<string> Some(string name)
        {
            var all = written.All(name).Distinct(StringComparer.Ordinal).ToList();
            if (all.Count > MostChanges)
            {
                wrong.Add(Wrong("too-many", name, $"{MostChanges}"));
            }

            return [.. all.Take(MostChanges)];
        }
    }

    /// <summary>Days as they are written: one, or the first and the last.</summary>
    public static string Write(SupposedAbsence off) =>
        off.From == off.To
            ? $"{off.Person}:{LocalDatePattern.Iso.Format(off.From)}"
            : $"{off.Person}:{LocalDatePattern.Iso.Format(off.From)}..{LocalDatePattern.Iso.Format(off.To)}";

    private static Refusal Wrong(string what, string name, params ReadOnlySpan<string> arguments) =>
        Refusal.Invalid($"sla-forecast.{what}", name, arguments);

    private static string? Desk(Viewer viewer, string? desk, List<Refusal> wrong)
    {
        if (desk is not null && !viewer.WorksOn(desk))
        {
            wrong.Add(Wrong("desk-unknown", "desk"));
            return null;
        }

        return desk;
    }

    private static int Days(string? text, List<Refusal> wrong)
    {
        if (text is null)
        {
            return ForecastQuestion.UsualDays;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= ForecastQuestion.MostDays
        )
        {
            return days;
        }

        wrong.Add(Wrong("days-wrong", "days", $"{ForecastQuestion.MostDays}"));
        return ForecastQuestion.UsualDays;
    }

    private static Duration? Time(string? text, string name, List<Refusal> wrong)
    {
        if (text is null)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var time) && time > Duration.Zero && time <= LongestWork)
        {
            return time;
        }

        wrong.Add(Wrong("time-wrong", name));
        return null;
    }

    private static bool Choice(string? text, string name, string no, string yes, List<Refusal> wrong)
    {
        if (text is not null && text != no && text != yes)
        {
            wrong.Add(Wrong("choice-wrong", name, no, yes));
        }

        return text == yes;
    }

    private async Task<IReadOnlyList<SupposedAbsence>> OffAsync(
        IReadOnlyList<string> all,
        List<Refusal> wrong,
        CancellationToken cancellation
    )
    {
        var off = new List<SupposedAbsence>();
        foreach (var text in all)
        {
            var (who, when) = Split(text);
            var (from, to) = Span(when);
            if (from is not { } first || to is not { } last || last < first || last > first.PlusDays(LongestOff))
            {
                wrong.Add(Wrong("off-wrong", "off"));
            }
            else if (await AgentAsync(who, "off", wrong, cancellation) is { } person)
            {
                off.Add(new SupposedAbsence(person, first, last));
            }
        }

        return off;
    }

    private static List<long> Present(IReadOnlyList<string> all, List<Refusal> wrong)
    {
        var present = new List<long>();
        foreach (var text in all)
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                present.Add(id);
            }
            else
            {
                wrong.Add(Wrong("present-wrong", "present"));
            }
        }

        return present;
    }

    private static Dictionary<TeamId, int> More(
        IReadOnlyList<string> all,
        IReadOnlyDictionary<TeamId, Team> teams,
        List<Refusal> wrong
    )
    {
        var more = new Dictionary<TeamId, int>();
        foreach (var text in all)
        {
            var (which, many) = Split(text);
            if (
                !int.TryParse(many ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > MostMore
            )
            {
                wrong.Add(Wrong("more-wrong", "more", $"{MostMore}"));
            }
            else if (Team(which, "more", teams, wrong) is { } team)
            {
                more[team] = number;
            }
        }

        return more;
    }

    private static List<SupposedDay> Works(
        IReadOnlyList<string> all,
        IReadOnlyDictionary<TeamId, Team> teams,
        List<Refusal> wrong
    )
    {
        var works = new List<SupposedDay>();
        foreach (var text in all)
        {
            var (which, when) = Split(text);
            if (Day(when) is not { } day)
            {
                wrong.Add(Wrong("works-wrong", "works"));
            }
            else if (Team(which, "works", teams, wrong) is { } team)
            {
                works.Add(new SupposedDay(team, day));
            }
        }

        return works;
    }

    private async Task<IReadOnlyList<SupposedMove>> MovesAsync(
        Viewer viewer,
        IReadOnlyList<string> all,
        Dictionary<TicketId, string> keys,
        List<Refusal> wrong,
        CancellationToken cancellation
    )
    {
        var moves = new List<SupposedMove>();
        foreach (var text in all)
        {
            var (key, to) = Split(text);
            var ticket = TicketKey.TryParse(key.ToUpperInvariant(), out var parsed)
                ? await tickets.FindByKeyAsync(viewer, parsed, cancellation)
                : null;
            if (ticket is null || !viewer.WorksOn(ticket.State.Desk))
            {
                wrong.Add(Wrong("move-wrong", "move"));
            }
            else if (await AgentAsync(to, "move", wrong, cancellation) is { } person)
            {
                keys[ticket.State.Id] = ticket.State.Key.ToString();
                moves.Add(new SupposedMove(ticket.State.Id, person));
            }
        }

        return moves;
    }

    // Only who works on tickets: of anybody else it is not even told whether there is such a person.
    private async Task<PersonId?> AgentAsync(
        string? text,
        string name,
        List<Refusal> wrong,
        CancellationToken cancellation
    )
    {
        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await people.FindAsync(new PersonId(id), cancellation) is { IsActive: true } person
            && configuration.Snapshot.TryGet<RoleDocument>(person.Role, out var role)
            && role.Permissions.Contains(Permissions.WorkTickets)
        )
        {
            return person.Id;
        }

        wrong.Add(Wrong("person-unknown", name));
        return null;
    }

    private static TeamId? Team(string text, string name, IReadOnlyDictionary<TeamId, Team> teams, List<Refusal> wrong)
    {
        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && teams.ContainsKey(new TeamId(id))
        )
        {
            return new TeamId(id);
        }

        wrong.Add(Wrong("team-unknown", name));
        return null;
    }

    private static (string First, string? Second) Split(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

    private static (LocalDate? From, LocalDate? To) Span(string? text)
    {
        var parts = (text ?? "").Split("..", 2);
        var from = Day(parts[0]);
        return (from, parts.Length > 1 ? Day(parts[1]) : from);
    }

    private static LocalDate? Day(string? text) =>
        LocalDatePattern.Iso.Parse((text ?? "").Trim()) is { Success: true, Value: { Year: > 1900 and < 3000 } day }
            ? day
            : null;
}
