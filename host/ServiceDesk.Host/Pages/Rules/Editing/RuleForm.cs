using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Rules.Editing;

/// <summary>
/// Reads a rule from the editor's form. What the form does not show, such as parts of newer versions and actions whose plugin
/// is not loaded, stays as it stood in the document that the form was drawn from.
/// </summary>
public sealed class RuleForm(IFormCollection form, RuleVocabulary vocabulary) : EditorForm(form)
{
    /// <summary>The rule as it is written; it need not be valid.</summary>
    public RuleDocument Read()
    {
        var rest = Rest();
        var english = Text("name-en");
        return rest with
        {
            Id = Text("id") is { Length: > 0 } id ? id : RuleIds.From(english),
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Description = Given("description"),
            Enabled = IsTicked("enabled"),
            Order = Number("order") ?? rest.Order,
            Desks = Many("desks"),
            When = Parts("when", "on", Trigger),
            Condition = Text("if"),
            Script = Has("script") ? Given("script") : rest.Script,
            Then = Parts("then", "do", path => Action(path, rest.Then)),
            Else = Parts("else", "do", path => Action(path, rest.Else)),
            Actor = Given("actor"),
        };
    }

    /// <summary>Actions that stand in the form under a name.</summary>
    /// <param name="before">What the form was drawn from.</param>
    public ValueList<RuleAction> Actions(string name, ValueList<RuleAction> before) =>
        Parts(name, "do", path => Action(path, before));

    /// <summary>What a button of the form asks for, on what was read.</summary>
    public static RuleDocument Apply(RuleDocument rule, string? asked)
    {
        var parts = (asked ?? "").Split('.');
        var number = parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var n) ? n : -1;
        return parts[0] switch
        {
            "add-when" => rule with { When = rule.When.Add(new RuleTrigger { On = TriggerWords.Commented }) },
            "add-then" => rule with { Then = rule.Then.Add(NewAction()) },
            "add-else" => rule with { Else = rule.Else.Add(NewAction()) },
            "remove-when" => rule with { When = Without(rule.When, number) },
            "remove-then" => rule with { Then = Without(rule.Then, number) },
            "remove-else" => rule with { Else = Without(rule.Else, number) },
            "up-then" => rule with { Then = Swapped(rule.Then, number - 1) },
            "down-then" => rule with { Then = Swapped(rule.Then, number) },
            "up-else" => rule with { Else = Swapped(rule.Else, number - 1) },
            "down-else" => rule with { Else = Swapped(rule.Else, number) },
            _ => rule,
        };
    }

    private static RuleAction NewAction() => new() { Do = ActionWords.Comment, Visibility = Visibility.Internal };

    private RuleDocument Rest()
    {
        try
        {
            if (Text("rest") is { Length: > 0 } json)
            {
                return (RuleDocument)DocumentText.FromStored(DocumentKinds.Rule, json);
            }
        }
        catch (JsonException)
        {
            // A form that was tampered with, or of another version: what it shows is read all the same.
        }

        return RuleIds.Blank();
    }

    private RuleTrigger Trigger(string path)
    {
        var on = Text($"{path}.on");
        return new RuleTrigger
        {
            On = on,
            Fields = on == TriggerWords.Changed ? Many($"{path}.fields") : [],
            Visibility = on == TriggerWords.Commented ? Word<Visibility>($"{path}.visibility") : null,
            By = on == TriggerWords.Commented ? Word<RuleAuthor>($"{path}.by") : null,
            Unanswered = on == TriggerWords.Commented && Text($"{path}.unanswered") == "true",
            From = on == TriggerWords.Transition ? Given($"{path}.from") : null,
            To = on == TriggerWords.Transition ? Given($"{path}.to") : null,
            Metric = on is TriggerWords.SlaReminder or TriggerWords.SlaBreached or TriggerWords.SlaMet
                ? Given($"{path}.metric")
                : null,
            Threshold = on == TriggerWords.SlaReminder ? Given($"{path}.threshold") : null,
            Approval = on.StartsWith("approval-", StringComparison.Ordinal) ? Given($"{path}.approval") : null,
            After = on is TriggerWords.Schedule or TriggerWords.Manual ? null : Time($"{path}.after"),
            Cron = on == TriggerWords.Schedule ? Given($"{path}.cron") : null,
            Zone = on == TriggerWords.Schedule ? Given($"{path}.zone") : null,
            With = Parameters(path, vocabulary.Trigger(on)?.Parameters),
        };
    }

    private RuleAction Action(string path, ValueList<RuleAction> before)
    {
        var word = Text($"{path}.do");
        // Rows move; each carries the place from which it was drawn.
        var drawn = int.TryParse(Text($"{path}.drawn"), CultureInfo.InvariantCulture, out var n) ? n : -1;
        var rest = drawn >= 0 && drawn < before.Count && before[drawn].Do == word ? before[drawn] : new() { Do = word };
        var shared = rest with { For = Target(path) };
        return word switch
        {
            ActionWords.Edit => shared with
            {
                Summary = Given($"{path}.summary"),
                Fields = Fields(path),
                AddLabels = List($"{path}.labels-add"),
                RemoveLabels = List($"{path}.labels-remove"),
            },
            ActionWords.Assign => shared with { Assignee = Given($"{path}.assignee"), Team = Given($"{path}.team") },
            ActionWords.Priority => shared with { Priority = Word<Priority>($"{path}.priority") },
            ActionWords.Watch => shared with
            {
                People = Many($"{path}.people").Concat(List($"{path}.emails")).ToValueList(),
            },
            ActionWords.Rule => shared with { Rule = Given($"{path}.rule") },
            ActionWords.Approval => shared with { Approval = Given($"{path}.approval") },
            ActionWords.Raise => shared,
            ActionWords.Comment => shared with
            {
                Visibility = Word<Visibility>($"{path}.visibility"),
                Text = Words($"{path}.text", rest.Text),
                Files = Has($"{path}.files") ? Many($"{path}.files") : rest.Files,
            },
            ActionWords.Transition => shared with
            {
                To = Given($"{path}.to"),
                Resolution = Given($"{path}.resolution"),
                Fields = Fields(path),
            },
            ActionWords.Notify => shared with
            {
                People = Many($"{path}.people").Concat(List($"{path}.emails")).ToValueList(),
                Text = Words($"{path}.text", rest.Text),
            },
            ActionWords.Create => shared with
            {
                Type = Given($"{path}.type"),
                Desk = Given($"{path}.desk"),
                Summary = Given($"{path}.summary"),
                Text = Words($"{path}.text", rest.Text),
                Priority = Word<Priority>($"{path}.priority"),
                Join = Given($"{path}.join"),
                AddLabels = List($"{path}.labels-add"),
                Fields = Fields(path),
            },
            ActionWords.Webhook => shared with
            {
                Url = Given($"{path}.url"),
                Secret = Given($"{path}.secret"),
                Text = Words($"{path}.text", rest.Text),
            },
            ActionWords.Script => shared with { Script = Given($"{path}.script"), With = Arguments(path) },
            _ when vocabulary.Action(word) is { } known => shared with { With = Parameters(path, known.Parameters) },
            _ => rest,
        };
    }

    private RuleTarget? Target(string path) =>
        Given($"{path}.for") is { } relation
            ? new RuleTarget(relation, Given($"{path}.for-as")) { Condition = Text($"{path}.for-if") }
            : null;

    private ValueMap<string> Fields(string path)
    {
        var fields = ValueMap<string>.Empty;
        foreach (var (id, value) in Pairs($"{path}.field", $"{path}.field-value"))
        {
            fields = id.Length > 0 ? fields.SetItem(id, value) : fields;
        }

        return fields;
    }

    private ValueMap<string> Arguments(string path)
    {
        var arguments = ValueMap<string>.Empty;
        foreach (var (name, value) in Pairs($"{path}.argument", $"{path}.argument-value"))
        {
            if (name.Length > 0)
            {
                arguments = arguments.SetItem(name, value);
            }
            else if (!string.IsNullOrWhiteSpace(value))
            {
                Refuse($"{path}.argument", "rule.edit-argument-nameless", value);
            }
        }

        return arguments;
    }

    private ValueMap<string> Parameters(string path, ValueList<Sdk.Plugins.RuleParameter>? known)
    {
        var given = ValueMap<string>.Empty;
        foreach (var parameter in known ?? [])
        {
            if (Given($"{path}.with.{parameter.Name}") is { } value)
            {
                given = given.SetItem(parameter.Name, value);
            }
        }

        return given;
    }
}
