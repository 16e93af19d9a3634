using System.Globalization;

namespace Browser.Tests.Running;

/// <summary>
/// An SLA policy under which a ticket's summary says how much time it has, so that a story can have a clock in each state
/// without waiting for it: on a calendar without end, or on one that is closed today.
/// </summary>
internal static class Promises
{
    /// <summary>Words in a summary: much time, less than an hour, less than half an hour, none, and not today.</summary>
    public const string Plenty = "plenty";

    /// <summary>Less than an hour is left.</summary>
    public const string Hour = "within-the-hour";

    /// <summary>Less than half an hour is left.</summary>
    public const string HalfHour = "at-once";

    /// <summary>Broken as soon as it begins.</summary>
    public const string Late = "already-late";

    /// <summary>Outside the hours of its calendar.</summary>
    public const string Closed = "not-today";

    /// <summary>Promised to customers, broken as soon as it begins.</summary>
    public const string Agreed = "agreed-with-us";

    /// <summary>Writes policies and calendar.</summary>
    public static async Task WriteAsync(RunningServer server)
    {
        var folder = Path.Combine(Path.GetDirectoryName(server.Data)!, "configuration");
        await SaveAsync(Path.Combine(folder, "calendars", "closed-today.yaml"), Calendar());
        await SaveAsync(Path.Combine(folder, "sla-policies", "incident.yaml"), Policy);
        await SaveAsync(Path.Combine(folder, "sla-policies", "agreed.yaml"), Agreement);
        foreach (var (name, text) in Yard.Documents)
        {
            await SaveAsync(Path.Combine(folder, name), text);
        }

        await server.RunAsync(null, "config", "import", folder, "--keep-others");
    }

    private static async Task SaveAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
    }

    private static string Calendar()
    {
        var day = CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(
            TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek
        );
        return $"""
            kind: calendar
            id: closed-today
            name:
              en: Closed today
              ko: 오늘 휴무
            zone: UTC
            hours:
              {day.ToLowerInvariant()}:
                - from: "09:00"
                  to: "18:00"

            """;
    }

    private const string Agreement = $"""
        kind: sla-policy
        id: agreed
        name:
          en: What we agreed
          ko: 합의한 약속
        order: 1
        query: summary ~ {Agreed}
        metrics:
          - id: time-to-resolution
            name:
              en: Time to resolution
              ko: 해결 시간
            start:
              - "on": opened
            pause:
              - status: waiting-for-customer
            stop:
              - "on": resolved
            goals:
              - target: PT1S
                calendar: "24x7"
        published:
          everyone: true

        """;

    private const string Policy = $"""
        kind: sla-policy
        id: incident
        name:
          en: Incidents
          ko: 장애
        query: type = incident
        metrics:
          - id: time-to-first-response
            name:
              en: Time to first response
              ko: 첫 응답 시간
            start:
              - "on": opened
            stop:
              - "on": agent-comment
            goals:
              - query: summary ~ {Late}
                target: PT1S
                calendar: "24x7"
              - target: PT8H
                calendar: "24x7"
          - id: time-to-resolution
            name:
              en: Time to resolution
              ko: 해결 시간
            start:
              - "on": opened
              - "on": reopened
            pause:
              - status: waiting-for-customer
              - status: waiting-for-supplier
            stop:
              - "on": resolved
            goals:
              - query: summary ~ {Late}
                target: PT1S
                calendar: "24x7"
              - query: summary ~ {HalfHour}
                target: PT20M
                calendar: "24x7"
              - query: summary ~ {Hour}
                target: PT50M
                calendar: "24x7"
              - query: summary ~ {Closed}
                target: PT8H
                calendar: closed-today
              - target: PT8H
                calendar: "24x7"

        """;
}
