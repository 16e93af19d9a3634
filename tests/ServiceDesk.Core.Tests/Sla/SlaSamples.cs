using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>Policies that tests share. Calendars: <c>all</c> (24×7) and <c>office</c> (Seoul, Monday to Friday 09:00 to 18:00).</summary>
internal static class SlaSamples
{
    public const string Metric = "time-to-resolution";

    public static SlaCondition On(string happening) => new() { On = happening };

    public static SlaCondition Entering(string status) => new() { Status = status };

    public static SlaCondition In(StatusCategory category) => new() { Category = category };

    public static SlaCondition When(string query) => new() { Query = query };

    public static SlaGoal Goal(
        double hours,
        string calendar = "all",
        string query = "",
        params ReadOnlySpan<string> reminders
    ) =>
        new()
        {
            Target = Duration.FromHours(hours),
            Calendar = calendar,
            Query = query,
            Reminders = ValueList.Create(reminders),
        };

    /// <summary>From opening or reopening to resolving, paused while waiting for the customer or the supplier.</summary>
    public static SlaMetric Resolution(params ReadOnlySpan<SlaGoal> goals) =>
        new()
        {
            Id = Metric,
            Name = LocalizedText.Of("Time to resolution", "해결 시간"),
            Start = [On("opened"), On("reopened")],
            Pause = [Entering("waiting-for-customer"), Entering("waiting-for-supplier")],
            Stop = [On("resolved")],
            Goals = goals.IsEmpty ? [Goal(8)] : ValueList.Create(goals),
        };

    public static SlaMetric Measuring(SlaCondition start, SlaCondition stop, SlaCondition? pause = null) =>
        new()
        {
            Id = "measure",
            Name = LocalizedText.Of("Measure"),
            Start = [start],
            Stop = [stop],
            Pause = pause is null ? [] : [pause],
            Goals = [Goal(8)],
        };

    public static SlaPolicyDocument Policy(params ReadOnlySpan<SlaMetric> metrics) =>
        new()
        {
            Id = "standard",
            Name = LocalizedText.Of("Standard"),
            Metrics = ValueList.Create(metrics),
        };

    public static ConfigurationSnapshot Configured(params IEnumerable<ConfigurationDocument> documents) =>
        ConfigurationSnapshot.Of(
            1,
            [
                CalendarSamples.AllTime() with
                {
                    Id = "all",
                },
                CalendarSamples.Office() with
                {
                    Id = "office",
                },
                .. documents,
            ]
        );

    public static Story Told(params ReadOnlySpan<SlaMetric> metrics) => new(Configured(Policy(metrics)));
}
