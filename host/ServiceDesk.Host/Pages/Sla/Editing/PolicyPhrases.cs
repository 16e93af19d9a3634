using System.Globalization;
using Microsoft.AspNetCore.Html;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Sla.Editing;

/// <summary>Draws the conditions of metrics as sentences of choices.</summary>
/// <param name="teams">Names of teams.</param>
/// <param name="completion">Where queries are completed.</param>
internal sealed class PolicyPhrases(
    ITexts texts,
    RuleVocabulary vocabulary,
    RuleChoices choices,
    RuleControls controls,
    IReadOnlyList<string> teams,
    string completion
)
{
    /// <summary>A condition of a list.</summary>
    public IHtmlContent Condition(string list, string path, SlaCondition condition)
    {
        var kind = KindOf(condition);
        var choice = controls.Choice(
            $"{path}.kind",
            texts[$"sla.label-{list}"],
            Kinds(isOfState: list == "pause"),
            kind,
            reshapes: true
        );
        var said = kind switch
        {
            PolicyForm.Query => HtmlString.Empty,
            PolicyForm.Status => controls.Choice(
                $"{path}.status",
                texts["sla.label-status"],
                choices.Statuses(),
                condition.Status
            ),
            PolicyForm.Category => controls.Choice(
                $"{path}.category",
                texts["sla.label-category"],
                Categories(),
                (condition.Category ?? StatusCategory.Waiting).ToString().ToLowerInvariant()
            ),
            _ => Which(path, condition),
        };
        var query = controls.Query(
            $"{path}.query",
            texts["sla.label-query"],
            condition.Query,
            completion,
            texts[kind == PolicyForm.Query ? "rule.hint-query" : "sla.hint-where"]
        );
        return RuleControls.Several(
            choice,
            said,
            kind == PolicyForm.Query ? query : RuleControls.Phrase(texts["sla.edit-where"], query),
            list == "start"
                ? controls.Tick($"{path}.first", "true", texts["sla.edit-first"], condition.First)
                : HtmlString.Empty
        );
    }

    /// <summary>A stretch of time as people write it, with days where a day has 24 hours.</summary>
    /// <param name="time">How long; nothing is written for none.</param>
    /// <param name="calendar">What counts it; null for one that is not known.</param>
    public static string Write(Duration? time, CalendarDocument? calendar = null) =>
        time is { } given && given > Duration.Zero
            ? DurationText.Format(
                given,
                CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                calendar is not null && WorkingCalendar.Of(calendar).IsRoundTheClock
                    ? DurationDays.Of24Hours
                    : DurationDays.None,
                units: 4
            )
            : "";

    /// <summary>Reminders as people write them.</summary>
    public static string Write(SlaGoal goal) =>
        string.Join(", ", goal.Reminders.Select(text => IsoDuration.TryParse(text, out var left) ? Write(left) : text));

    private static string KindOf(SlaCondition condition) =>
        condition switch
        {
            { On: { } happening } => happening,
            { Status: not null } => PolicyForm.Status,
            { Category: not null } => PolicyForm.Category,
            _ => PolicyForm.Query,
        };

    private IEnumerable<RuleOption> Kinds(bool isOfState)
    {
        IEnumerable<RuleOption> states =
        [
            new(PolicyForm.Status, texts["sla.kind-status"]),
            new(PolicyForm.Category, texts["sla.kind-category"]),
            new(PolicyForm.Query, texts["sla.kind-query"]),
        ];
        return isOfState
            ? states
            : SlaHappenings
                .All.Select(word => new RuleOption(word, texts[$"promises.on-{word}"]))
                .Concat(states)
                .Concat(vocabulary.Triggers.Select(trigger => new RuleOption(trigger.Id, texts[trigger.NameKey])));
    }

    private IHtmlContent Which(string path, SlaCondition condition) =>
        SlaHappenings.Takes(condition.On!) switch
        {
            HappeningOf.Team => Of(path, "sla.any-team", teams.Select(team => new RuleOption(team, team)), condition),
            HappeningOf.Field => Of(path, "sla.any-field", choices.Fields(), condition),
            HappeningOf.Approval => Of(path, "sla.any-approval", choices.Named<ApprovalDocument>(), condition),
            null => RuleControls.Several(
                (vocabulary.Trigger(condition.On!)?.Parameters ?? []).Select(parameter =>
                {
                    var (name, value) = ($"{path}.with.{parameter.Name}", condition.With.Find(parameter.Name));
                    return choices.Of(parameter) is { } options
                        ? controls.Choice(name, texts[parameter.LabelKey], options, value)
                        : controls.Line(name, texts[parameter.LabelKey], value);
                })
            ),
            _ => HtmlString.Empty,
        };

    private IHtmlContent Of(string path, string any, IEnumerable<RuleOption> options, SlaCondition condition) =>
        controls.Choice($"{path}.of", texts["sla.label-of"], choices.Any(any).Concat(options), condition.Of);

    private IEnumerable<RuleOption> Categories() =>
        Enum.GetValues<StatusCategory>()
            .Select(category => category.ToString().ToLowerInvariant())
            .Select(word => new RuleOption(word, texts[$"promises.in-category-{word}"]));
}
