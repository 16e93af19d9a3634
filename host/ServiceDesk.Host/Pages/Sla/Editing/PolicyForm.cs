using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Sla.Editing;

/// <summary>
/// Reads an SLA policy from the editor's form. What the form does not show stays as it stood in the document that the form was
/// drawn from; rows move, and each carries the place from which it was drawn.
/// </summary>
/// <param name="form">What was sent.</param>
/// <param name="vocabulary">The triggers of plugins.</param>
/// <param name="escalations">Reads the levels of goals.</param>
public sealed class PolicyForm(IFormCollection form, RuleVocabulary vocabulary, EscalationForms escalations)
    : EditorForm(form)
{
    /// <summary>What a condition's choice says when it is a status.</summary>
    public const string Status = "status";

    /// <summary>What a condition's choice says when it is a category.</summary>
    public const string Category = "category";

    /// <summary>What a condition's choice says when it is a query alone.</summary>
    public const string Query = "query";

    /// <summary>The lists of conditions, in the order in which they stand in the form.</summary>
    public static IReadOnlyList<string> Lists { get; } = ["start", "pause", "stop", "reset", "cancel"];

    /// <summary>The policy as it is written; it need not be valid.</summary>
    public SlaPolicyDocument Read()
    {
        var rest = Rest();
        var english = Text("name-en");
        return rest with
        {
            Id = Given("id") ?? RuleIds.From(english, "sla"),
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Order = Number("order") ?? rest.Order,
            Type = Word<AgreementType>("type") ?? rest.Type,
            Query = Text("query"),
            Metrics = Parts("metric", "name-en", path => Metric(path, rest.Metrics)),
            Terms = Terms(rest.Terms),
            Published = Text("published") switch
            {
                "everyone" => new SlaPublication { Everyone = true },
                "organizations" => new SlaPublication { Organizations = Many("organizations") },
                _ => null,
            },
            Review = Review(),
        };
    }

    /// <summary>What a button of the form asks for, on what was read.</summary>
    public static SlaPolicyDocument Apply(SlaPolicyDocument policy, string? asked)
    {
        if (asked?.Contains(':', StringComparison.Ordinal) == true)
        {
            return ApplyLevels(policy, asked);
        }

        var parts = (asked ?? "").Split('.');
        var at = parts.Skip(1).Select(Place).ToList();
        var (metric, place) = (at.ElementAtOrDefault(0, -1), at.ElementAtOrDefault(1, -1));
        return parts[0] switch
        {
            "add-metric" => policy with { Metrics = policy.Metrics.Add(NewMetric()) },
            "remove-metric" => policy with { Metrics = Without(policy.Metrics, metric) },
            "up-metric" => policy with { Metrics = Swapped(policy.Metrics, metric - 1) },
            "down-metric" => policy with { Metrics = Swapped(policy.Metrics, metric) },
            var word when metric >= 0 && metric < policy.Metrics.Count => policy with
            {
                Metrics = policy.Metrics.SetItem(metric, Apply(policy.Metrics[metric], word, place)),
            },
            _ => policy,
        };
    }

    /// <summary>Before the names of the controls of a goal.</summary>
    public static string PathOf(int metric, int goal) =>
        string.Create(CultureInfo.InvariantCulture, $"metric.{metric}.goal.{goal}");

    private static SlaPolicyDocument ApplyLevels(SlaPolicyDocument policy, string asked) =>
        policy with
        {
            Metrics = policy
                .Metrics.Select(
                    (metric, m) =>
                        metric with
                        {
                            Goals = metric
                                .Goals.Select(
                                    (goal, g) =>
                                        goal with
                                        {
                                            Escalations = EscalationForms.Apply(goal.Escalations, PathOf(m, g), asked),
                                        }
                                )
                                .ToValueList(),
                        }
                )
                .ToValueList(),
        };

    /// <summary>A new metric: the time until a ticket is resolved.</summary>
    public static SlaMetric NewMetric() =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Start = [new SlaCondition { On = "opened" }],
            Stop = [new SlaCondition { On = "resolved" }],
            Goals = [NewGoal()],
        };

    private static SlaMetric Apply(SlaMetric metric, string word, int place) =>
        word.Split('-') switch
        {
            ["add", "goal"] => metric with { Goals = metric.Goals.Add(NewGoal()) },
            ["remove", "goal"] => metric with { Goals = Without(metric.Goals, place) },
            ["up", "goal"] => metric with { Goals = Swapped(metric.Goals, place - 1) },
            ["down", "goal"] => metric with { Goals = Swapped(metric.Goals, place) },
            ["add", var list] => With(metric, list, Of(metric, list).Add(NewCondition(list))),
            ["remove", var list] => With(metric, list, Without(Of(metric, list), place)),
            _ => metric,
        };

    /// <summary>A list of conditions by its name.</summary>
    public static ValueList<SlaCondition> Of(SlaMetric metric, string list) =>
        SlaPolicyCheck.Conditions(metric).FirstOrDefault(one => one.Name == list).Conditions ?? [];

    private static SlaMetric With(SlaMetric metric, string list, ValueList<SlaCondition> conditions) =>
        list switch
        {
            "start" => metric with { Start = conditions },
            "pause" => metric with { Pause = conditions },
            "stop" => metric with { Stop = conditions },
            "reset" => metric with { Reset = conditions },
            "cancel" => metric with { Cancel = conditions },
            _ => metric,
        };

    private static SlaCondition NewCondition(string list) =>
        list == "pause"
            ? new SlaCondition { Category = StatusCategory.Waiting }
            : new SlaCondition { On = list == "start" ? "opened" : "resolved" };

    private static SlaGoal NewGoal() => new() { Target = Duration.FromHours(8), Calendar = "24x7" };

    private SlaMetric Metric(string path, ValueList<SlaMetric> before)
    {
        var rest = Drawn(path, before) ?? NewMetric();
        var id = Given($"{path}.id") ?? RuleIds.From(Text($"{path}.name-en"), "metric");
        return rest with
        {
            Id = id,
            Name = Words($"{path}.name", rest.Name) ?? LocalizedText.Of(""),
            Start = Conditions(path, "start"),
            Pause = Conditions(path, "pause"),
            Stop = Conditions(path, "stop"),
            Reset = Conditions(path, "reset"),
            Cancel = Conditions(path, "cancel"),
            Goals = Parts($"{path}.goal", "target", goal => Goal(goal, rest.Goals)),
            Within = Given($"{path}.within"),
            CustomersSee = Text($"{path}.customers") switch
            {
                "yes" => true,
                "no" => false,
                _ => null,
            },
        };
    }

    private ValueList<SlaCondition> Conditions(string path, string list) =>
        Parts($"{path}.{list}", "kind", part => Condition(part));

    private SlaCondition Condition(string path)
    {
        var kind = Text($"{path}.kind");
        var condition = new SlaCondition { Query = Given($"{path}.query"), First = IsTicked($"{path}.first") };
        return kind switch
        {
            Query => condition with { Query = condition.Query ?? "" },
            Status => condition with { Status = Given($"{path}.status") },
            Category => condition with { Category = Word<StatusCategory>($"{path}.category") },
            _ => condition with
            {
                On = kind,
                Of = SlaHappenings.Takes(kind) is null or HappeningOf.Nothing ? null : Given($"{path}.of"),
                With = Parameters(path, vocabulary.Trigger(kind)),
            },
        };
    }

    private ValueMap<string> Parameters(string path, RuleTriggerDefinition? trigger) =>
        (trigger?.Parameters ?? [])
            .Select(parameter => (parameter.Name, Value: Given($"{path}.with.{parameter.Name}")))
            .Where(pair => pair.Value is not null)
            .Aggregate(ValueMap<string>.Empty, (given, pair) => given.SetItem(pair.Name, pair.Value!));

    private SlaGoal Goal(string path, ValueList<SlaGoal> before)
    {
        var rest = Drawn(path, before) ?? NewGoal();
        return rest with
        {
            Query = Text($"{path}.query"),
            Target = Time($"{path}.target") ?? Duration.Zero,
            InternalTarget = Time($"{path}.internal"),
            Calendar = Text($"{path}.calendar"),
            Reminders = List($"{path}.reminders").Select(Reminder).ToValueList(),
            Escalations = escalations.Read(Form, path),
        };
    }

    // "75%" stays; "30m" is what is left.
    private static string Reminder(string text) =>
        !text.EndsWith('%') && DurationText.TryParse(text, out var left) ? Core.Json.IsoDuration.Format(left) : text;

    private SlaTerms? Terms(SlaTerms? before)
    {
        var terms = new SlaTerms
        {
            Scope = Words("terms.scope", before?.Scope),
            Exclusions = Words("terms.exclusions", before?.Exclusions),
            Quality = Words("terms.quality", before?.Quality),
            Contacts = Words("terms.contacts", before?.Contacts),
            References = Words("terms.references", before?.References),
        };
        return terms.Equals(new SlaTerms()) ? null : terms;
    }

    private SlaReview? Review()
    {
        if (Given("review-on") is not { } day)
        {
            return null;
        }

        var parsed = LocalDatePattern.Iso.Parse(day);
        if (!parsed.Success)
        {
            Refuse("review-on", "sla.edit-day-wrong", day);
            return null;
        }

        return new SlaReview
        {
            On = parsed.Value,
            Owner = Given("review-owner"),
            DaysBefore = Number("review-days") ?? 14,
        };
    }

    private SlaPolicyDocument Rest()
    {
        try
        {
            if (Text("rest") is { Length: > 0 } json)
            {
                return (SlaPolicyDocument)DocumentText.FromStored(DocumentKinds.SlaPolicy, json);
            }
        }
        catch (JsonException)
        {
            // A form that was tampered with, or of another version: what it shows is read all the same.
        }

        return new SlaPolicyDocument { Id = "", Name = LocalizedText.Of("") };
    }

    private T? Drawn<T>(string path, ValueList<T> before)
        where T : class => Number($"{path}.drawn") is { } drawn ? before.ElementAtOrDefault(drawn) : null;

    private static int Place(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}

/// <summary>Reading beyond the end.</summary>
file static class Places
{
    public static int ElementAtOrDefault(this IReadOnlyList<int> list, int index, int otherwise) =>
        index < list.Count ? list[index] : otherwise;
}
