using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Calendars;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>Writes the account of a clock for the reader.</summary>
public sealed class LedgerWords(
    ITexts texts,
    ReaderTimes times,
    ICurrentConfiguration configuration,
    ConditionWords conditionWords,
    CalendarWords calendarWords
)
{
    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>Working time, in the units of its clock.</summary>
    public string Write(Duration duration, DurationDays days) => DurationText.Format(duration, Language, days, 3);

    /// <summary>A verdict in a word.</summary>
    public string VerdictOf(ClockVerdict verdict) =>
        texts[$"sla-trial.verdict-{verdict.ToString().ToLowerInvariant()}"];

    /// <summary>Calendar time.</summary>
    public string Calendar(Duration duration) => DurationText.Format(duration, Language, DurationDays.Of24Hours, 3);

    /// <summary>A moment in the reader's zone.</summary>
    public string Moment(Instant instant) => times.Moment(instant, isShort: true);

    /// <summary>A whole number.</summary>
    public string Number(int number) => number.ToString(CultureInfo.CurrentCulture);

    /// <summary>The segment's state, for class names.</summary>
    public string KindOf(LedgerSegment segment) =>
        segment.Kind switch
        {
            LedgerSegmentKind.Running => "running",
            LedgerSegmentKind.Paused => "paused",
            _ => "outside",
        };

    /// <summary>The segment's icon.</summary>
    public string IconOf(LedgerSegment segment) =>
        segment.Kind switch
        {
            LedgerSegmentKind.Running => "player-play",
            LedgerSegmentKind.Paused => "player-pause",
            _ => "moon",
        };

    /// <summary>The segment's state in words.</summary>
    public string StateOf(LedgerSegment segment) => texts[$"promises.state-{KindOf(segment)}"];

    /// <summary>Why it counted or not: the holiday, the calendar, or the condition of the policy.</summary>
    public string ReasonOf(LedgerSegment segment, TicketView view, IConfiguration? known = null) =>
        segment switch
        {
            { Holiday: { } holiday } => texts.Format("promises.because-holiday", holiday.ToString()),
            { Kind: LedgerSegmentKind.OutsideHours } => texts.Format(
                "promises.because-hours",
                NameOf<CalendarDocument>(segment.Calendar, known)
            ),
            { Condition: null } => texts["rule.part-unseen"],
            { Condition: "" } => texts[$"promises.because-{Unconditioned(segment.Mark)}"],
            { Mark: ClockMarkKind.Resumed } => texts.Format(
                "promises.because-no-longer",
                conditionWords.Write(SlaConditions.Read(segment.Condition), view.Workflow)
            ),
            _ => Sentence(conditionWords.Write(SlaConditions.Read(segment.Condition), view.Workflow)),
        };

    /// <summary>The policy and the calendar that a clock pinned.</summary>
    public string Under(SlaClock clock, IConfiguration? known = null) =>
        texts.Format(
            "promises.under",
            NameOf<SlaPolicyDocument>(clock.Policy, known),
            Number(clock.Policy.Version),
            NameOf<CalendarDocument>(clock.Calendar, known),
            Number(clock.Calendar.Version)
        );

    /// <summary>Shares of the clock's life in percent, in order, for the bar above the table. Slivers are left out.</summary>
    public IEnumerable<(string Kind, string Share)> Shares(ClockLedger ledger)
    {
        var whole = ledger.Segments.Aggregate(Duration.Zero, (sum, s) => sum + (s.To - s.From));
        return whole <= Duration.Zero
            ? []
            : ledger
                .Segments.Select(s => (KindOf(s), Share: (s.To - s.From) / whole * 100))
                .Where(part => part.Share >= 0.1)
                .Select(part => (part.Item1, part.Share.ToString("0.##", CultureInfo.InvariantCulture)));
    }

    /// <summary>Conditions in words, for "what would stop it next".</summary>
    public string Conditions(ValueList<SlaCondition> conditions, TicketView view) =>
        conditionWords.Write(conditions, view.Workflow);

    /// <summary>The line of the calendar that made it so: the hours of the day on which it begins, and the rule of a day that is not as others.</summary>
    public string CalendarOf(LedgerSegment segment, IConfiguration? known = null)
    {
        var document = (known ?? configuration.Snapshot).AtVersion<CalendarDocument>(
            segment.Calendar.Id,
            segment.Calendar.Version
        );
        var isSpecial = segment.CalendarLine?.StartsWith("/hours/", StringComparison.Ordinal) == false;
        var rule = document is not null && isSpecial ? calendarWords.Line(document, segment.CalendarLine) : "";
        return rule.Length == 0
            ? HoursOf(segment, known)
            : texts.Format("promises.calendar-rule", HoursOf(segment, known), rule);
    }

    /// <summary>The hours of the calendar on the day on which a span begins: <c>09:00–12:00, 13:00–18:00 (Asia/Seoul)</c>.</summary>
    public string HoursOf(LedgerSegment segment, IConfiguration? known = null)
    {
        var calendar = PinnedCalendar.At(known ?? configuration.Snapshot, segment.Calendar).Calendar;
        if (calendar.IsRoundTheClock)
        {
            return texts["promises.hours-all"];
        }

        var day = segment.From.InZone(calendar.Zone).Date;
        var (begin, end) = (calendar.Zone.AtStartOfDay(day), calendar.Zone.AtStartOfDay(day.PlusDays(1)));
        var spans = calendar
            .Segments(begin.ToInstant(), end.ToInstant())
            .Where(span => span.Kind == CalendarSegmentKind.Working)
            .Select(span => $"{Clock(span.From, calendar.Zone)}–{Clock(span.To, calendar.Zone)}");
        var hours = string.Join(", ", spans);
        return hours.Length == 0
            ? texts["promises.hours-none"]
            : texts.Format("promises.hours", hours, calendar.Zone.Id);
    }

    // What has no condition of its own: the goal that asks for nothing, and what people decided about a clock.
    private static string Unconditioned(ClockMarkKind mark) =>
        mark switch
        {
            ClockMarkKind.VersionApplied => "version",
            ClockMarkKind.Recomputed => "recomputed",
            ClockMarkKind.Paused or ClockMarkKind.Resumed => "corrected",
            _ => "others",
        };

    private static string Clock(Instant at, DateTimeZone zone)
    {
        var local = at.InZone(zone);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Hour:00}:{local.Minute:00}");
    }

    private string NameOf<T>(DocumentVersion pinned, IConfiguration? known)
        where T : ConfigurationDocument =>
        (known ?? configuration.Snapshot).AtVersion<T>(pinned.Id, pinned.Version)?.Name.ToString() ?? pinned.Id;

    private static string Sentence(string words) =>
        words.Length == 0 ? words : char.ToUpper(words[0], CultureInfo.CurrentCulture) + words[1..];
}
