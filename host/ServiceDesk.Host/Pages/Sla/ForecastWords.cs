using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Forecasts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>Something that is supposed, in words, with its place in the address.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Value">Its value.</param>
/// <param name="Words">The words.</param>
/// <param name="Absence">Who would be off when, to be kept as an absence; null for anything else.</param>
public sealed record SupposedWords(string Name, string Value, string Words, SupposedAbsence? Absence = null);

/// <summary>Says forecasts to the reader.</summary>
public sealed class ForecastWords(ReaderTimes times, ICurrentConfiguration configuration, ITexts texts)
{
    private const int MostCuts = 4;

    /// <summary>A working time.</summary>
    public static string Time(Duration time) =>
        DurationText.Format(time, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, DurationDays.None);

    /// <summary>Who has a ticket.</summary>
    public string Owner(ForecastOwner owner, ForecastReport report) =>
        owner.Person is { } person ? Person(person, report)
        : owner.Team is { } team ? texts.Format("sla-forecast.team-queue", Team(team, report))
        : texts.Format("sla-forecast.desk-queue", owner.Desk ?? "");

    /// <summary>The name of a person.</summary>
    public static string Person(PersonId person, ForecastReport report) =>
        report.People.GetValueOrDefault(person)?.Name ?? "?";

    /// <summary>The name of a team.</summary>
    public static string Team(TeamId team, ForecastReport report) => report.Teams.GetValueOrDefault(team)?.Name ?? "?";

    /// <summary>The name of a metric.</summary>
    public string Metric(string metric) =>
        configuration
            .Snapshot.All<SlaPolicyDocument>()
            .SelectMany(policy => policy.Metrics)
            .FirstOrDefault(one => one.Id == metric)
            ?.Name.ToString()
        ?? metric;

    /// <summary>The name of a kind of tickets.</summary>
    public string Kind(MeasuredPace pace)
    {
        var type =
            pace.Type is { } id && configuration.Snapshot.TryGet<TicketTypeDocument>(id, out var document)
                ? document.Name.ToString()
                : pace.Type ?? texts["sla-forecast.all-types"];
        return pace.Priority is { } priority
            ? $"{type} · {texts[$"common.priority-{priority.ToString().ToLowerInvariant()}"]}"
            : type;
    }

    /// <summary>Why a clock will break.</summary>
    public string Why(ForecastLine line, ForecastReport report)
    {
        var who = Owner(line.Clock.Owner, report);
        return line.Why switch
        {
            ForecastReason.Nobody => texts.Format("sla-forecast.why-nobody", who),
            ForecastReason.Absent => texts.Format("sla-forecast.why-absent", who),
            ForecastReason.OutsideHours => texts.Format("sla-forecast.why-hours", who),
            _ => texts.Format(
                line.Ahead > 0 ? "sla-forecast.why-load" : "sla-forecast.why-long",
                who,
                Time(line.Available),
                Time(line.Taken),
                line.Ahead.ToString("N0", CultureInfo.CurrentCulture),
                Time(line.Left),
                Time(line.Clock.Need)
            ),
        };
    }

    /// <summary>What takes hours away before a clock is due.</summary>
    public IReadOnlyList<string> Cuts(ForecastLine line, ForecastReport report) =>
        [
            .. report
                .Workforce.CutsOf(line.Clock.Owner, line.Clock.DueAt)
                .Select(cut => Cut(cut, report))
                .Distinct(StringComparer.Ordinal)
                .Take(MostCuts),
        ];

    /// <summary>What is supposed.</summary>
    public IReadOnlyList<SupposedWords> Supposed(ForecastReport report)
    {
        var change = report.Question.Change;
        return
        [
            .. change.Off.Select(off => new SupposedWords(
                "off",
                ForecastReading.Write(off),
                texts.Format("sla-forecast.if-off", Person(off.Person, report), Days(off.From, off.To)),
                off
            )),
            .. change.Present.Select(id => new SupposedWords("present", $"{id}", texts["sla-forecast.if-present"])),
            .. change.More.Select(more => new SupposedWords(
                "more",
                $"{more.Key}:{more.Value}",
                texts.Format("sla-forecast.if-more", Team(more.Key, report), $"{more.Value}")
            )),
            .. change.Works.Select(works => new SupposedWords(
                "works",
                $"{works.Team}:{Iso(works.Day)}",
                texts.Format("sla-forecast.if-works", Team(works.Team, report), Weekday(works.Day))
            )),
            .. change.Moves.Select(move => new SupposedWords(
                "move",
                $"{Key(move.Ticket, report)}:{move.To}",
                texts.Format("sla-forecast.if-move", Key(move.Ticket, report), Person(move.To, report))
            )),
        ];
    }

    /// <summary>A day with its weekday.</summary>
    public static string Weekday(LocalDate day) =>
        $"{ReaderTimes.Date(day)} ({BacktestWords.Weekday((int)day.DayOfWeek - 1)})";

    /// <summary>A day, as addresses have it.</summary>
    public static string Iso(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);

    private static string Days(LocalDate from, LocalDate to) =>
        from == to ? Weekday(from) : $"{Weekday(from)} – {Weekday(to)}";

    // A move of a ticket without a clock in sight is kept by the identity that it was understood from.
    private static string Key(TicketId ticket, ForecastReport report) =>
        report.Tickets.TryGetValue(ticket, out var found)
            ? found.Key
            : report.Question.Keys.GetValueOrDefault(ticket, "?");

    private string Cut(HoursCut cut, ForecastReport report)
    {
        if (cut.Absence is { } absence)
        {
            var who = cut.Person is { } person ? Person(person, report) : "";
            var days = Days(absence.From, absence.To);
            return absence.Substitute is { } substitute
                ? texts.Format("sla-forecast.cut-substitute", who, days, Person(substitute, report))
                : texts.Format("sla-forecast.cut-absence", who, days);
        }

        return texts.Format(
            "sla-forecast.cut-day",
            cut.Name?.ToString() ?? texts["sla-forecast.holiday"],
            Weekday(cut.From.InZone(times.Zone).Date)
        );
    }
}
