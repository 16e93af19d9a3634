using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Facts;

/// <summary>A promise whose outcome is known.</summary>
public sealed record Verdict(string Metric, int Cycle, Instant At, bool Kept);

/// <summary>What facts there are, and how those of a ticket follow from its figures. Pure.</summary>
public static class FactKinds
{
    /// <summary>It was opened.</summary>
    public const string Opened = "opened";

    /// <summary>It was resolved; the value is how long that took.</summary>
    public const string Resolved = "resolved";

    /// <summary>It was answered first; the value is how long that took.</summary>
    public const string Responded = "responded";

    /// <summary>It was opened again.</summary>
    public const string Reopened = "reopened";

    /// <summary>A promise was kept or broken.</summary>
    public const string Promise = "promise";

    /// <summary>The kind of a plugin's series.</summary>
    public static string OfSeries(string series) => $"series:{series}";

    /// <summary>The kind of a duration that is counted on a calendar.</summary>
    /// <param name="kind"><see cref="Resolved"/> or <see cref="Responded"/>.</param>
    /// <param name="calendar">The calendar's id; null counts all time.</param>
    public static string On(string kind, string? calendar) => calendar is null ? kind : $"{kind}@{calendar}";

    /// <summary>The outcomes among the clocks of a ticket.</summary>
    public static ValueList<Verdict> Verdicts(IEnumerable<SlaClock> clocks) =>
        clocks
            .Where(clock => clock.Verdict is ClockVerdict.Met or ClockVerdict.Breached)
            .Select(clock => new Verdict(
                clock.Metric,
                clock.Cycle,
                clock.Verdict == ClockVerdict.Met
                    ? clock.StoppedAt ?? clock.Since
                    : clock.DueAt ?? clock.StoppedAt ?? clock.Since,
                clock.Verdict == ClockVerdict.Met
            ))
            .OrderBy(one => one.Metric, StringComparer.Ordinal)
            .ThenBy(one => one.Cycle)
            .ToValueList();

    /// <summary>All facts of a ticket.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="figures">What is known of it.</param>
    /// <param name="verdicts">Its promises.</param>
    /// <param name="calendars">Calendars on which durations are counted besides all time.</param>
    /// <param name="time">Counts.</param>
    public static IEnumerable<FactRow> Of(
        long ticket,
        TicketFigures figures,
        IReadOnlyList<Verdict> verdicts,
        IReadOnlyCollection<string> calendars,
        IWorkingTime time
    )
    {
        yield return Fact(Opened, 1, figures.OpenedAt);
        foreach (var duration in Durations(ticket, figures, [null, .. calendars], time))
        {
            yield return duration;
        }

        foreach (var (index, at) in figures.Reopenings.Index())
        {
            yield return Fact(Reopened, index + 1, at);
        }

        foreach (var (index, verdict) in verdicts.Index())
        {
            var fact = Fact(Promise, index + 1, verdict.At);
            fact.Kept = verdict.Kept;
            fact.Metric = verdict.Metric;
            yield return fact;
        }

        foreach (var (index, reading) in figures.Readings.Index())
        {
            var fact = Fact(OfSeries(reading.Series), index + 1, reading.At);
            fact.Value = reading.Value;
            yield return fact;
        }

        FactRow Fact(string kind, int number, Instant at) => Made(ticket, figures.Marks, kind, number, at);
    }

    /// <summary>The durations of a ticket on some calendars.</summary>
    public static IEnumerable<FactRow> Durations(
        long ticket,
        TicketFigures figures,
        IEnumerable<string?> calendars,
        IWorkingTime time
    )
    {
        foreach (var calendar in calendars)
        {
            foreach (var (kind, end) in new[] { (Resolved, figures.ResolvedAt), (Responded, figures.RespondedAt) })
            {
                if (end is { } at)
                {
                    var fact = Made(ticket, figures.Marks, On(kind, calendar), 1, at);
                    fact.Value = (long)time.Between(calendar, figures.OpenedAt, at).TotalSeconds;
                    yield return fact;
                }
            }
        }
    }

    /// <summary>The stretches of a ticket.</summary>
    public static IEnumerable<StretchRow> Stretches(long ticket, TicketFigures figures) =>
        figures
            .Stretches.Index()
            .Select(one => new StretchRow
            {
                TicketId = ticket,
                Number = one.Index + 1,
                From = one.Item.From.ToUnixTimeTicks(),
                To = one.Item.To?.ToUnixTimeTicks() ?? StretchRow.Lasting,
                Desk = one.Item.Marks.Desk,
                Type = one.Item.Marks.Type,
                RequestType = one.Item.Marks.RequestType,
                Priority = one.Item.Marks.Priority,
                Organization = one.Item.Marks.Organization,
                Assignee = one.Item.Marks.Assignee,
                Team = one.Item.Marks.Team,
                Channel = one.Item.Marks.Channel,
            });

    private static FactRow Made(long ticket, Marks marks, string kind, int number, Instant at) =>
        new()
        {
            TicketId = ticket,
            Kind = kind,
            Number = number,
            At = at.ToUnixTimeTicks(),
            Desk = marks.Desk,
            Type = marks.Type,
            RequestType = marks.RequestType,
            Priority = marks.Priority,
            Organization = marks.Organization,
            Assignee = marks.Assignee,
            Team = marks.Team,
            Channel = marks.Channel,
        };
}
