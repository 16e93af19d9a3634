using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla;

/// <summary>Each metric can start, stop and reach a goal; schema, references and queries are checked elsewhere.</summary>
public sealed class SlaPolicyCheck : DocumentCheck<SlaPolicyDocument>
{
    private static readonly Duration LongestTarget = Duration.FromDays(3650);

    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(SlaPolicyDocument document, IConfiguration configuration) =>
        document.Metrics.Index().SelectMany(entry => OfMetric(entry.Item, $"/metrics/{entry.Index}"));

    private static IEnumerable<DocumentProblem> OfMetric(SlaMetric metric, string path)
    {
        if (metric.Start.Count == 0)
        {
            yield return DocumentProblem.At($"{path}/start", "sla.policy-start-missing", metric.Id);
        }

        if (metric.Stop.Count == 0)
        {
            yield return DocumentProblem.At($"{path}/stop", "sla.policy-stop-missing", metric.Id);
        }

        if (metric.Goals.Count == 0)
        {
            yield return DocumentProblem.At($"{path}/goals", "sla.policy-goal-missing", metric.Id);
        }

        foreach (var (index, condition) in metric.Pause.Index().Where(entry => entry.Item.On is not null))
        {
            yield return DocumentProblem.At(
                $"{path}/pause/{index}/on",
                "sla.policy-pause-happening",
                condition.On ?? string.Empty
            );
        }

        foreach (
            var problem in metric.Goals.Index().SelectMany(goal => OfGoal(goal.Item, $"{path}/goals/{goal.Index}"))
        )
        {
            yield return problem;
        }
    }

    private static IEnumerable<DocumentProblem> OfGoal(SlaGoal goal, string path)
    {
        if (goal.Target <= Duration.Zero || goal.Target > LongestTarget)
        {
            yield return DocumentProblem.At($"{path}/target", "sla.policy-target", IsoDuration.Format(goal.Target));
            yield break;
        }

        foreach (var (index, reminder) in goal.Reminders.Index())
        {
            if (Reminders.After(reminder, goal.Target) is null)
            {
                yield return DocumentProblem.At($"{path}/reminders/{index}", "sla.policy-reminder", reminder);
            }
        }
    }
}
