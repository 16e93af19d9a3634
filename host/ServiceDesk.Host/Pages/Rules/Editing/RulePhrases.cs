using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Rules.Editing;

/// <summary>Draws triggers and actions as sentences of choices, in the order of the reader's language.</summary>
/// <param name="teams">Names of teams.</param>
/// <param name="secrets">Names of the secrets that are kept here.</param>
/// <param name="completion">Where queries are completed.</param>
internal sealed class RulePhrases(
    ITexts texts,
    RuleVocabulary vocabulary,
    RuleChoices choices,
    RuleControls controls,
    IReadOnlyList<string> teams,
    IReadOnlySet<string> secrets,
    string completion
)
{
    /// <summary>Names of files that may go along with a comment.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>A trigger.</summary>
    public IHtmlContent Trigger(string path, RuleTrigger trigger)
    {
        var kind = controls.Choice(
            $"{path}.on",
            texts["rule.label-on"],
            choices.Triggers(),
            trigger.On,
            reshapes: true
        );
        var said = trigger.On switch
        {
            TriggerWords.Changed => Phrase("rule.edit-when-changed", kind, Parts(path, trigger)),
            TriggerWords.Commented => Phrase("rule.edit-when-commented", kind, By(path, trigger), Seen(path, trigger)),
            TriggerWords.Transition => Phrase(
                "rule.edit-when-transition",
                kind,
                Open($"{path}.from", "rule.label-from", "rule.any-status", choices.Statuses(), trigger.From),
                Open($"{path}.to", "rule.label-to", "rule.any-status", choices.Statuses(), trigger.To)
            ),
            TriggerWords.SlaReminder => Phrase(
                "rule.edit-when-sla-reminder",
                kind,
                Open($"{path}.metric", "rule.label-metric", "rule.any-clock", choices.Metrics(), trigger.Metric),
                Open(
                    $"{path}.threshold",
                    "rule.label-threshold",
                    "rule.any-reminder",
                    choices.Reminders(),
                    trigger.Threshold
                )
            ),
            TriggerWords.SlaBreached or TriggerWords.SlaMet => Phrase(
                "rule.edit-when-sla-breached",
                kind,
                Open($"{path}.metric", "rule.label-metric", "rule.any-clock", choices.Metrics(), trigger.Metric)
            ),
            TriggerWords.Schedule => Phrase(
                "rule.edit-when-schedule",
                kind,
                controls.Line($"{path}.cron", texts["rule.label-cron"], trigger.Cron, "0 9 * * 1-5"),
                controls.Line($"{path}.zone", texts["rule.label-zone"], trigger.Zone, "Asia/Seoul")
            ),
            var word when word.StartsWith("approval-", StringComparison.Ordinal) => Phrase(
                "rule.edit-when-approval",
                kind,
                Open(
                    $"{path}.approval",
                    "rule.label-approval",
                    "rule.any-approval",
                    choices.Named<ApprovalDocument>(),
                    trigger.Approval
                )
            ),
            var word => With(kind, path, vocabulary.Trigger(word)?.Parameters, trigger.With),
        };
        return trigger.On is TriggerWords.Schedule or TriggerWords.Manual
            ? said
            : RuleControls.Several(
                said,
                trigger.On == TriggerWords.Commented
                    ? Phrase("rule.edit-after-comment", After(path, trigger), Unanswered(path, trigger))
                    : Phrase("rule.edit-after", After(path, trigger))
            );
    }

    /// <summary>The script that has a say in the condition.</summary>
    public IHtmlContent Script(string? script) =>
        Phrase("rule.edit-if-script", Open("script", "rule.label-script", "rule.no-script", choices.Scripts(), script));

    /// <summary>An action.</summary>
    /// <param name="among">The words of the actions that can be chosen; null for all.</param>
    /// <param name="without">The words of actions that cannot be chosen.</param>
    /// <param name="others">Whether it can act on other tickets too.</param>
    public IHtmlContent Action(
        string path,
        RuleAction action,
        IReadOnlyList<string>? among = null,
        IReadOnlyList<string>? without = null,
        bool others = true
    )
    {
        var kind = controls.Choice(
            $"{path}.do",
            texts["rule.label-do"],
            choices.Actions(among).Where(option => without?.Contains(option.Value) != true),
            action.Do,
            reshapes: true
        );
        var said = action.Do switch
        {
            ActionWords.Edit => Phrase(
                "rule.edit-do-edit",
                kind,
                controls.Line($"{path}.summary", texts["rule.label-summary"], action.Summary, texts["rule.unchanged"]),
                Fields(path, action),
                controls.Line($"{path}.labels-add", texts["rule.label-add"], Joined(action.AddLabels)),
                controls.Line($"{path}.labels-remove", texts["rule.label-remove"], Joined(action.RemoveLabels))
            ),
            ActionWords.Assign => Phrase(
                "rule.edit-do-assign",
                kind,
                controls.Line(
                    $"{path}.assignee",
                    texts["rule.label-assignee"],
                    action.Assignee,
                    texts["rule.hint-agent"]
                ),
                Team(path, action)
            ),
            ActionWords.Priority => Phrase("rule.edit-do-priority", kind, Priority(path, action, isOpen: false)),
            ActionWords.Raise => Phrase("rule.edit-do-raise", kind),
            ActionWords.Watch => Phrase("rule.edit-do-watch", kind, Told(path, action)),
            ActionWords.Rule => Phrase(
                "rule.edit-do-rule",
                kind,
                Open($"{path}.rule", "rule.label-rule", "rule.choose-rule", choices.Rules(), action.Rule)
            ),
            ActionWords.Approval => Phrase(
                "rule.edit-do-approval",
                kind,
                Open(
                    $"{path}.approval",
                    "rule.label-approval",
                    "rule.choose-approval",
                    choices.Named<ApprovalDocument>(),
                    action.Approval
                )
            ),
            ActionWords.Comment => among is null
                ? RuleControls.Several(
                    Phrase("rule.edit-do-comment", kind, Seen(path, action), Words(path, action)),
                    Along(path, action)
                )
                : Phrase("rule.edit-do-note", kind, Words(path, action)),
            ActionWords.Transition => Phrase(
                "rule.edit-do-transition",
                kind,
                controls.Choice($"{path}.to", texts["rule.label-to"], choices.Statuses(), action.To),
                Open(
                    $"{path}.resolution",
                    "rule.label-resolution",
                    "rule.no-resolution",
                    choices.Resolutions(),
                    action.Resolution
                ),
                Fields(path, action)
            ),
            ActionWords.Notify => Phrase("rule.edit-do-notify", kind, Told(path, action), Words(path, action)),
            ActionWords.Create => Create(path, action, kind),
            ActionWords.Webhook => Phrase(
                "rule.edit-do-webhook",
                kind,
                controls.Line($"{path}.url", texts["rule.label-url"], action.Url, "https://", "rule-line-l"),
                controls.Secret($"{path}.secret", texts["rule.label-secret"], texts[SecretHint(action)]),
                Words(path, action)
            ),
            ActionWords.Script => Phrase(
                "rule.edit-do-script",
                kind,
                Open($"{path}.script", "rule.label-script", "rule.choose-script", choices.Scripts(), action.Script),
                Arguments(path, action)
            ),
            var word => With(kind, path, vocabulary.Action(word)?.Parameters, action.With),
        };
        return among is null && others ? RuleControls.Several(Target(path, action), said) : said;
    }

    private string SecretHint(RuleAction action) =>
        action.SecretName is not { } name ? "rule.secret-new"
        : secrets.Contains(name) ? "rule.secret-kept"
        : "rule.secret-missing";

    private IHtmlContent Target(string path, RuleAction action)
    {
        var relation = action.For?.Relation;
        if (vocabulary.Relations.Count == 0 && relation is null)
        {
            return HtmlString.Empty;
        }

        var whom = controls.Choice($"{path}.for", texts["rule.label-for"], choices.Targets(), relation, reshapes: true);
        if (relation is null)
        {
            return Phrase("rule.edit-for", whom);
        }

        var ways = choices.Ways(relation).ToList();
        var way =
            ways.Count > 1 || action.For?.As is not null
                ? controls.Choice($"{path}.for-as", texts["rule.label-way"], ways, action.For?.As)
                : HtmlString.Empty;
        var query = controls.Query(
            $"{path}.for-if",
            texts["rule.label-for-if"],
            action.For?.Condition,
            completion,
            texts["rule.hint-query"]
        );
        return Phrase("rule.edit-for-others", whom, way, query);
    }

    private IHtmlContent Create(string path, RuleAction action, IHtmlContent kind) =>
        Phrase(
            "rule.edit-do-create",
            kind,
            controls.Choice($"{path}.type", texts["rule.label-type"], choices.Named<TicketTypeDocument>(), action.Type),
            Open($"{path}.desk", "rule.label-desk", "rule.any-desk", choices.Named<DeskDocument>(), action.Desk),
            controls.Line(
                $"{path}.summary",
                texts["rule.label-summary"],
                action.Summary,
                "{{ticket.summary}}",
                "rule-line-l"
            ),
            Words(path, action),
            Priority(path, action, isOpen: true),
            controls.Choice($"{path}.join", texts["rule.label-join"], choices.Joins(), action.Join),
            controls.Line($"{path}.labels-add", texts["rule.label-add"], Joined(action.AddLabels)),
            Fields(path, action)
        );

    private IHtmlContent With(
        IHtmlContent kind,
        string path,
        ValueList<RuleParameter>? parameters,
        ValueMap<string> given
    ) =>
        RuleControls.Several([
            kind,
            .. (parameters ?? []).Select(parameter =>
                Phrase(
                    "rule.edit-parameter",
                    new HtmlContentBuilder().Append(texts[parameter.LabelKey]),
                    Value($"{path}.with.{parameter.Name}", parameter, given.Find(parameter.Name))
                )
            ),
        ]);

    private IHtmlContent Value(string name, RuleParameter parameter, string? value) =>
        choices.Of(parameter) is { } options
            ? controls.Choice(name, texts[parameter.LabelKey], options, value)
            : controls.Line(name, texts[parameter.LabelKey], value);

    // One choice for each, and an open one for another.
    private IHtmlContent Parts(string path, RuleTrigger trigger) =>
        RuleControls.Several(
            trigger
                .Fields.Append("")
                .Select(
                    (field, number) =>
                        controls.Choice(
                            $"{path}.fields",
                            texts["rule.label-part"],
                            number == 0
                                ? choices.Parts()
                                : choices.Any("rule.or-another").Concat(choices.Parts().Skip(1)),
                            field,
                            reshapes: true,
                            number
                        )
                )
        );

    private IHtmlContent Fields(string path, RuleAction action) =>
        RuleControls.Several(
            action
                .Fields.Append(KeyValuePair.Create("", ""))
                .Select(
                    (field, number) =>
                        Phrase(
                            "rule.edit-field",
                            controls.Choice(
                                $"{path}.field",
                                texts["rule.label-field"],
                                choices.Any("rule.no-field").Concat(choices.Fields()),
                                field.Key,
                                reshapes: true,
                                number
                            ),
                            controls.Line($"{path}.field-value", texts["rule.label-value"], field.Value, number: number)
                        )
                )
        );

    // One row for each, and an open one for another.
    private IHtmlContent Arguments(string path, RuleAction action) =>
        RuleControls.Several(
            action
                .With.Append(KeyValuePair.Create("", ""))
                .Select(
                    (argument, number) =>
                        Pair(
                            "rule.edit-argument",
                            controls.Line(
                                $"{path}.argument",
                                texts["rule.label-argument"],
                                argument.Key,
                                texts["rule.no-argument"],
                                "rule-line-s",
                                number
                            ),
                            controls.Line(
                                $"{path}.argument-value",
                                texts["rule.label-value"],
                                argument.Value,
                                "{{ticket.summary}}",
                                number: number,
                                reshapes: true
                            )
                        )
                )
        );

    // Stays together where the line breaks.
    private IHtmlContent Pair(string key, params IReadOnlyList<IHtmlContent> parts)
    {
        var span = new TagBuilder("span");
        span.AddCssClass("rule-pair");
        span.InnerHtml.AppendHtml(Phrase(key, parts));
        return span;
    }

    // One choice for each, and an open one for another.
    private IHtmlContent Along(string path, RuleAction action) =>
        Files.Count + action.Files.Count == 0
            ? HtmlString.Empty
            : Phrase(
                "rule.edit-files",
                RuleControls.Several(
                    action
                        .Files.Append("")
                        .Select(
                            (file, number) =>
                                controls.Choice(
                                    $"{path}.files",
                                    texts["rule.label-file"],
                                    choices
                                        .Any(number == 0 ? "rule.no-file" : "rule.and-another")
                                        .Concat(Files.Select(name => new RuleOption(name, name))),
                                    file,
                                    reshapes: true,
                                    number
                                )
                        )
                )
            );

    private IHtmlContent By(string path, RuleTrigger trigger) =>
        controls.Choice(
            $"{path}.by",
            texts["rule.label-by"],
            Options("rule.by", "", "customer", "agent"),
            trigger.By?.ToString().ToLowerInvariant()
        );

    private IHtmlContent Seen(string path, RuleTrigger trigger) =>
        controls.Choice(
            $"{path}.visibility",
            texts["rule.label-visibility"],
            Options("rule.written", "", "public", "internal"),
            trigger.Visibility?.ToString().ToLowerInvariant()
        );

    private IHtmlContent Seen(string path, RuleAction action) =>
        controls.Choice(
            $"{path}.visibility",
            texts["rule.label-visibility"],
            Options("rule.write", "internal", "public"),
            (action.Visibility ?? Visibility.Internal).ToString().ToLowerInvariant()
        );

    private IHtmlContent Told(string path, RuleAction action) =>
        RuleControls.Several([
            .. PeopleWords.All.Select(word => Tick(path, action, word, $"rule.told-{word}")),
            .. vocabulary.Recipients.Select(recipient => Tick(path, action, recipient.Id, recipient.NameKey)),
            controls.Line(
                $"{path}.emails",
                texts["rule.label-emails"],
                Joined(
                    action
                        .People.Except(PeopleWords.All)
                        .Except(vocabulary.Recipients.Select(recipient => recipient.Id))
                ),
                "kim@example.com"
            ),
        ]);

    private IHtmlContent Tick(string path, RuleAction action, string word, string nameKey) =>
        controls.Tick($"{path}.people", word, texts[nameKey], action.People.Contains(word));

    private IHtmlContent Words(string path, RuleAction action) =>
        RuleControls.Several(
            Texts.Languages.All.Select(language =>
                controls.Area(
                    $"{path}.text-{language}",
                    texts[$"rule.label-text-{language}"],
                    action.Text?.Texts.Find(language)
                )
            )
        );

    private IHtmlContent Priority(string path, RuleAction action, bool isOpen) =>
        controls.Choice(
            $"{path}.priority",
            texts["rule.label-priority"],
            isOpen ? choices.Any("rule.usual-priority").Concat(choices.Priorities()) : choices.Priorities(),
            action.Priority?.ToString().ToLowerInvariant()
        );

    private IHtmlContent Team(string path, RuleAction action) =>
        Open(
            $"{path}.team",
            "rule.label-team",
            "rule.unchanged",
            [
                new RuleOption(ActionWords.Nobody, texts["rule.no-team"]),
                .. teams.Select(team => new RuleOption(team, team)),
            ],
            action.Team
        );

    private IHtmlContent After(string path, RuleTrigger trigger) =>
        controls.Line(
            $"{path}.after",
            texts["rule.label-after"],
            trigger.After is { } after
                ? DurationText.Format(
                    after,
                    CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                    DurationDays.Of24Hours,
                    4
                )
                : "",
            texts["rule.at-once"],
            "rule-line-s"
        );

    private IHtmlContent Unanswered(string path, RuleTrigger trigger) =>
        controls.Choice(
            $"{path}.unanswered",
            texts["rule.label-unanswered"],
            Options("rule.unanswered", "", "true"),
            trigger.Unanswered ? "true" : ""
        );

    private IHtmlContent Open(string name, string label, string any, IEnumerable<RuleOption> options, string? value) =>
        controls.Choice(name, texts[label], choices.Any(any).Concat(options), value);

    private IEnumerable<RuleOption> Options(string key, params IEnumerable<string> values) =>
        values.Select(value => new RuleOption(value, texts[$"{key}-{(value.Length == 0 ? "any" : value)}"]));

    private IHtmlContent Phrase(string key, params IReadOnlyList<IHtmlContent> parts) =>
        RuleControls.Phrase(texts[key], parts);

    private static string Joined(IEnumerable<string> words) => string.Join(", ", words);
}
