using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla.Editing;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Sla.Reports;

/// <summary>Writes reports of promises for the reader.</summary>
public sealed class PromiseWords(ITexts texts, IPeopleStore people, ICurrentConfiguration configuration)
{
    private Dictionary<long, string>? teams;

    /// <summary>A whole number.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A share in percent; a dash when there is none.</summary>
    public static string Share(double? share) =>
        share is { } known ? known.ToString("P1", CultureInfo.CurrentCulture) : "—";

    /// <summary>How long, to the minute; a dash when there is none.</summary>
    public static string Length(Duration? time, bool isCalendarTime = false) =>
        time is { } known
            ? DurationText.Format(
                Duration.FromMinutes(Math.Floor(known.TotalMinutes)),
                CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                isCalendarTime ? DurationDays.Of24Hours : DurationDays.None
            )
            : "—";

    /// <summary>Hours with two places behind the point, for files.</summary>
    public static double? Hours(Duration? time) => time is { } known ? Math.Round(known.TotalHours, 2) : null;

    /// <summary>The days of a span.</summary>
    public static string Span(DaySpan span) =>
        span.Days == 1
            ? ReaderTimes.Date(span.First)
            : $"{ReaderTimes.Date(span.First)} – {ReaderTimes.Date(span.Last)}";

    /// <summary>A month, in the reader's language.</summary>
    public static string Month(DaySpan month) =>
        month.First.ToDateTimeUnspecified().ToString("y", CultureInfo.CurrentCulture);

    /// <summary>An hour of the week, 0 is Monday from midnight.</summary>
    public static string Hour(int hour) =>
        $"{BacktestWords.Weekday(hour / 24)} {(hour % 24).ToString(CultureInfo.InvariantCulture)}:00";

    /// <summary>The colour of a share that was kept.</summary>
    public static string Tone(double? share) =>
        share switch
        {
            null => "gray",
            >= 0.95 => "green",
            >= 0.85 => "amber",
            _ => "red",
        };

    /// <summary>The name of a policy.</summary>
    public string Policy(string id) =>
        configuration.Snapshot.TryGet<SlaPolicyDocument>(id, out var policy) ? policy.Name.ToString() : id;

    /// <summary>The name of a metric of a policy.</summary>
    public string Metric(string policy, string metric) =>
        MetricOf(policy, metric)?.Name.ToString()
        ?? configuration
            .Snapshot.All<SlaPolicyDocument>()
            .SelectMany(one => one.Metrics)
            .FirstOrDefault(one => one.Id == metric)
            ?.Name.ToString()
        ?? metric;

    /// <summary>The name of a calendar.</summary>
    public string Calendar(string id) => CalendarOf(id)?.Name.ToString() ?? id;

    /// <summary>What a goal allows.</summary>
    public string Target(PromisedGoal goal) => PolicyPhrases.Write(goal.Target, CalendarOf(goal.Calendar));

    /// <summary>The state in words.</summary>
    public string State(PromiseState state) => texts[$"sla-report.state-{PromiseWord.Of(state)}"];

    /// <summary>A verdict in a word.</summary>
    public string Verdict(PromiseLine line) =>
        texts[
            line is { Status: not ClockStatus.Stopped, Verdict: ClockVerdict.Open }
                ? line.Status == ClockStatus.Paused
                    ? "sla-report.state-paused"
                    : "sla-report.running"
                : $"sla-trial.verdict-{PromiseWord.Of(line.Verdict)}"
        ];

    /// <summary>A status by its name for agents; its id when no workflow has it any longer.</summary>
    public string Status(string type, string status) =>
        configuration.Snapshot.WorkflowOf(type)?.Status(status)?.Name.ToString() ?? status;

    /// <summary>The name of a ticket type.</summary>
    public string Type(string type) =>
        configuration.Snapshot.TryGet<TicketTypeDocument>(type, out var found) ? found.Name.ToString() : type;

    /// <summary>With whom time passed, for agents.</summary>
    public async Task<string> CauseAsync(CauseFigure figure, CancellationToken cancellation) =>
        figure is { Cause: WaitCause.Team, Team: { } team }
            ? texts.Format("sla-report.cause-team", await TeamAsync(team, cancellation))
            : Cause(figure.Cause);

    /// <summary>With whom time passed, without the team.</summary>
    public string Cause(WaitCause cause) =>
        texts[cause == WaitCause.Team ? "sla-report.cause-teams" : $"sla-report.cause-{PromiseWord.Of(cause)}"];

    /// <summary>With whom time passed, for customers: what happens inside the house is one.</summary>
    public string CauseForCustomer(WaitCause cause) =>
        texts[
            cause switch
            {
                WaitCause.Customer => "sla-report.cause-you",
                WaitCause.Supplier => "sla-report.cause-supplier",
                WaitCause.OffHours => "sla-report.cause-off-hours",
                _ => "sla-report.cause-us",
            }
        ];

    /// <summary>With whom most of a promise's time passed, for customers.</summary>
    public string LongestForCustomer(ListedPromise promise) =>
        promise.Longest is { } longest
            ? $"{CauseForCustomer(longest.Cause)} {Length(longest.Time, isCalendarTime: true)}"
            : texts["sla-report.running"];

    /// <summary>The name of a team, 0 for none.</summary>
    public async Task<string> TeamAsync(long team, CancellationToken cancellation)
    {
        teams ??= (await people.TeamsAsync(cancellation)).ToDictionary(one => one.Id.Value, one => one.Name);
        return team == 0 ? texts["sla-trial.no-team"] : teams.GetValueOrDefault(team, "?");
    }

    private SlaMetric? MetricOf(string policy, string metric) =>
        configuration.Snapshot.TryGet<SlaPolicyDocument>(policy, out var found)
            ? found.Metrics.FirstOrDefault(one => one.Id == metric)
            : null;

    private CalendarDocument? CalendarOf(string id) =>
        configuration.Snapshot.TryGet<CalendarDocument>(id, out var calendar) ? calendar : null;
}
