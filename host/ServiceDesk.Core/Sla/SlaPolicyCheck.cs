using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>Each metric can start, stop and reach a goal, and each condition says one thing; schema, references and queries are checked elsewhere.</summary>
/// <param name="vocabulary">The triggers of plugins; null without plugins.</param>
public sealed class SlaPolicyCheck(RuleVocabulary? vocabulary = null) : DocumentCheck<SlaPolicyDocument>
{
    private static readonly Duration LongestTarget = Duration.FromDays(3650);

    /// <summary>The lists of conditions of a metric, by their names in a document.</summary>
    public static IEnumerable<(string Name, ValueList<SlaCondition> Conditions)> Conditions(SlaMetric metric) =>
        [
            ("start", metric.Start),
            ("pause", metric.Pause),
            ("stop", metric.Stop),
            ("reset", metric.Reset),
            ("cancel", metric.Cancel),
        ];

    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(SlaPolicyDocument document, IConfiguration configuration) =>
        document
            .Metrics.Index()
            .SelectMany(entry => OfMetric(entry.Item, $"/metrics/{entry.Index}", configuration))
            .Concat(
                document
                    .Metrics.Index()
                    .SelectMany(entry => Within(document, entry.Item, $"/metrics/{entry.Index}/within", configuration))
            );

    private IEnumerable<DocumentProblem> OfMetric(SlaMetric metric, string path, IConfiguration configuration)
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

        var conditions = Conditions(metric)
            .SelectMany(list =>
                list.Conditions.Index()
                    .SelectMany(entry =>
                        OfCondition(list.Name, entry.Item, $"{path}/{list.Name}/{entry.Index}", configuration)
                    )
            );
        var goals = metric.Goals.Index().SelectMany(goal => OfGoal(goal.Item, $"{path}/goals/{goal.Index}"));
        foreach (var problem in conditions.Concat(goals))
        {
            yield return problem;
        }
    }

    private IEnumerable<DocumentProblem> OfCondition(
        string list,
        SlaCondition condition,
        string path,
        IConfiguration configuration
    )
    {
        var plugin = condition.On is { } word ? vocabulary?.Trigger(word) : null;
        var parts = new[] { condition.On, condition.Status, condition.Category?.ToString() }.OfType<string>().Count();
        if (parts > 1 || (parts == 0 && string.IsNullOrWhiteSpace(condition.Query)))
        {
            yield return DocumentProblem.At(path, "sla.policy-condition-unclear");
        }

        if (condition.On is { } happening)
        {
            if (list == "pause")
            {
                yield return DocumentProblem.At($"{path}/on", "sla.policy-pause-happening", happening);
            }

            if (SlaHappenings.Takes(happening) is null && plugin is null)
            {
                yield return DocumentProblem.At($"{path}/on", "sla.policy-happening-unknown", happening);
            }
        }

        if (condition.Of is { } of && SlaHappenings.Takes(condition.On ?? "") is null or HappeningOf.Nothing)
        {
            yield return DocumentProblem.At($"{path}/of", "sla.policy-of-nothing", of);
        }

        foreach (var problem in ParameterCheck.Of(plugin?.Parameters, condition.With, path, configuration))
        {
            yield return problem;
        }

        if (condition.First && list != "start")
        {
            yield return DocumentProblem.At($"{path}/first", "sla.policy-first-start-only");
        }
    }

    // Only what teams promise each other stands inside a promise to customers.
    private static IEnumerable<DocumentProblem> Within(
        SlaPolicyDocument document,
        SlaMetric metric,
        string path,
        IConfiguration configuration
    )
    {
        if (metric.Within is not { } within)
        {
            yield break;
        }

        if (document.Type != AgreementType.Ola)
        {
            yield return DocumentProblem.At(path, "sla.policy-within-ola-only", within);
        }
        else if (
            !configuration
                .All<SlaPolicyDocument>()
                .Any(policy => policy.Type == AgreementType.Sla && policy.Metrics.Any(one => one.Id == within))
        )
        {
            yield return DocumentProblem.At(path, "configuration.no-such-metric", within);
        }
    }

    private static IEnumerable<DocumentProblem> OfGoal(SlaGoal goal, string path)
    {
        if (goal.Target <= Duration.Zero || goal.Target > LongestTarget)
        {
            yield return DocumentProblem.At($"{path}/target", "sla.policy-target", IsoDuration.Format(goal.Target));
            yield break;
        }

        if (goal.InternalTarget is { } own && (own <= Duration.Zero || own >= goal.Target))
        {
            yield return DocumentProblem.At(
                $"{path}/internalTarget",
                "sla.policy-internal-target",
                IsoDuration.Format(own)
            );
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
