using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>Scripts that rules name: what they say to a condition, and what they do as an action, each as its own person.</summary>
/// <param name="scripts">Runs them; got when it is needed, since scripts send commands themselves.</param>
public sealed class RuleScripts(Func<IScriptRunner> scripts)
{
    private const int LongestShown = 200;

    /// <summary>What the script of the condition says of the ticket as the rule sees it; null when the rule has none.</summary>
    public async Task<ScriptTruth?> ConditionAsync(RuleOccasion occasion, CancellationToken cancellation)
    {
        if (occasion.Rule.Script is not { } script)
        {
            return null;
        }

        var asked = Occasion("rule-condition", occasion) with { Seen = occasion.Seen, IsAsked = true };
        return await scripts().RunAsync(script, asked, cancellation) switch
        {
            null => new ScriptTruth(script, Holds: false, "", $"There is no script '{script}', or it is off."),
            { IsDone: true } outcome => new ScriptTruth(script, outcome.IsTrue, Shown(outcome.Result.Value), null),
            var outcome => new ScriptTruth(script, Holds: false, "", Error(outcome)),
        };
    }

    /// <summary>Runs the script of an action; the texts beside it are its argument.</summary>
    public async Task<ActionResult> ActAsync(
        RuleOccasion occasion,
        RuleAction action,
        RuleScene scene,
        string key,
        CancellationToken cancellation
    )
    {
        var argument = new JsonObject();
        foreach (var (name, text) in action.With)
        {
            argument[name] = scene.Plain(text);
        }

        var script = action.Script ?? "";
        var acting = Occasion("rule-action", occasion) with
        {
            Ticket = scene.Ticket.State.Id,
            Argument = JsonSerializer.SerializeToElement(argument),
            KeyPrefix = key,
        };
        return await scripts().RunAsync(script, acting, cancellation) switch
        {
            null => Refused(action, Refusal.NotFound(RuleRefusals.ScriptGone, script)),
            { IsDone: true } outcome => new ActionResult(
                action.Do,
                outcome.Calls > 0 ? ActionStatus.Done : ActionStatus.Nothing,
                []
            ),
            var outcome => Refused(action, Refusal.Conflict(RuleRefusals.ScriptFailed, script, Error(outcome))),
        };
    }

    private static ScriptOccasion Occasion(string use, RuleOccasion occasion) =>
        new(use) { Ticket = occasion.Ticket, Event = occasion.Event };

    private static ActionResult Refused(RuleAction action, Refusal refusal) =>
        new(action.Do, ActionStatus.Refused, [refusal]);

    private static string Error(ScriptOutcome outcome) => Cut(outcome.Result.Error ?? outcome.Result.End.ToString());

    private static string Shown(JsonElement? value) => Cut(value?.GetRawText() ?? "undefined");

    private static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown];
}
