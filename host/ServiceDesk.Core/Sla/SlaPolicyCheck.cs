using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>Says what is wrong in an SLA policy's document, each with the place in its JSON. Queries are checked by the query language.</summary>
public static class SlaPolicyCheck
{
    private static readonly Duration LongestTarget = Duration.FromDays(3650);

    /// <summary>Every reason against a document; empty when it is right.</summary>
    /// <param name="hasCalendar">Whether a calendar with an id exists.</param>
    public static IEnumerable<Refusal> Of(SlaPolicyDocument document, Func<string, bool> hasCalendar)
    {
        for (var i = 0; i < document.Metrics.Count; i++)
        {
            var (metric, place) = (document.Metrics[i], $"metrics[{i}]");
            if (!IsId(metric.Id))
            {
                yield return Refusal.Invalid("sla.policy-metric-id", $"{place}.id", metric.Id ?? string.Empty);
            }
            else if (document.Metrics.Take(i).Any(other => other.Id == metric.Id))
            {
                yield return Refusal.Invalid("sla.policy-metric-twice", $"{place}.id", metric.Id);
            }

            foreach (var refusal in OfConditions(metric, place).Concat(OfGoals(metric, place, hasCalendar)))
            {
                yield return refusal;
            }
        }
    }

    private static IEnumerable<Refusal> OfConditions(SlaMetric metric, string place)
    {
        if (metric.Start.Count == 0)
        {
            yield return Refusal.Invalid("sla.policy-start-missing", $"{place}.start", metric.Id);
        }

        if (metric.Stop.Count == 0)
        {
            yield return Refusal.Invalid("sla.policy-stop-missing", $"{place}.stop", metric.Id);
        }

        var refusals = OfConditions(metric.Start, $"{place}.start", mayHappen: true)
            .Concat(OfConditions(metric.Pause, $"{place}.pause", mayHappen: false))
            .Concat(OfConditions(metric.Stop, $"{place}.stop", mayHappen: true));
        foreach (var refusal in refusals)
        {
            yield return refusal;
        }
    }

    private static IEnumerable<Refusal> OfConditions(ValueList<SlaCondition> conditions, string place, bool mayHappen)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var condition = conditions[i];
            string?[] parts = [condition.On, condition.Status, condition.Query, condition.Category?.ToString()];
            if (parts.Count(part => !string.IsNullOrWhiteSpace(part)) != 1)
            {
                yield return Refusal.Invalid("sla.policy-condition-unclear", $"{place}[{i}]");
            }
            else if (condition.On is { } happening && !mayHappen)
            {
                yield return Refusal.Invalid("sla.policy-pause-happening", $"{place}[{i}].on", happening);
            }
            else if (condition.On is { } unknown && !SlaConditions.Happenings.Contains(unknown, StringComparer.Ordinal))
            {
                yield return Refusal.Invalid(
                    "sla.policy-happening-unknown",
                    $"{place}[{i}].on",
                    unknown,
                    string.Join(", ", SlaConditions.Happenings)
                );
            }
        }
    }

    private static IEnumerable<Refusal> OfGoals(SlaMetric metric, string place, Func<string, bool> hasCalendar)
    {
        if (metric.Goals.Count == 0)
        {
            yield return Refusal.Invalid("sla.policy-goal-missing", $"{place}.goals", metric.Id);
        }

        for (var i = 0; i < metric.Goals.Count; i++)
        {
            var (goal, at) = (metric.Goals[i], $"{place}.goals[{i}]");
            if (goal.Target <= Duration.Zero || goal.Target > LongestTarget)
            {
                yield return Refusal.Invalid("sla.policy-target", $"{at}.target", IsoDurations.Format(goal.Target));
            }

            if (!hasCalendar(goal.Calendar ?? string.Empty))
            {
                yield return Refusal.Invalid(
                    "sla.policy-calendar-unknown",
                    $"{at}.calendar",
                    goal.Calendar ?? string.Empty
                );
            }

            foreach (var reminder in goal.Reminders.Where(reminder => Reminders.After(reminder, goal.Target) is null))
            {
                yield return Refusal.Invalid("sla.policy-reminder", $"{at}.reminders", reminder ?? string.Empty);
            }
        }
    }

    private static bool IsId(string? text) =>
        text is { Length: > 0 and <= 60 }
        && char.IsAsciiLetterLower(text[0])
        && text.All(character =>
            char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-'
        );
}
