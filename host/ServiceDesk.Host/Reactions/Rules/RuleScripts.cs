using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// Scripts that rules name: what they say to a condition, and what they do as an action, each as its own person. On a trial
/// they run dry, only what failed is noted, and one that cannot run now is an answer.
/// </summary>
/// <param name="scripts">Runs them; got when it is needed, since scripts send commands themselves.</param>
public sealed class RuleScripts(Func<IScriptRunner> scripts)
{
    private const int LongestShown = 200;

    /// <summary>What the script of the condition says of the ticket as the rule sees it; null when the rule has none.</summary>
    public async Task<ScriptTruth?> ConditionAsync(RuleOccasion occasion, bool isTrial, CancellationToken cancellation)
    {
        if (occasion.Rule.Script is not { } script)
        {
            return null;
        }

        var asked = Occasion("rule-condition", occasion, isTrial) with { Seen = occasion.Seen, IsAsked = true };
        try
        {
            return await scripts().RunAsync(script, asked, cancellation) switch
            {
                null => new ScriptTruth(script, Holds: false, "", RuleRefusals.ScriptGone),
                { IsDone: true } outcome => new ScriptTruth(script, outcome.IsTrue, Shown(outcome.Result.Value), null),
                var outcome => new ScriptTruth(script, Holds: false, "", Error(outcome)),
            };
        }
        catch (Exception problem) when (isTrial && CannotRun(problem))
        {
            return new ScriptTruth(script, Holds: false, "", RuleRefusals.ScriptsBusy);
        }
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
        var acting = Acting(occasion, action, scene, isTrial: false) with { KeyPrefix = key };
        return Result(action, await scripts().RunAsync(action.Script ?? "", acting, cancellation));
    }

    /// <summary>What the script of an action would do.</summary>
    public async Task<ActionResult> TryAsync(
        RuleOccasion occasion,
        RuleAction action,
        RuleScene scene,
        CancellationToken cancellation
    )
    {
        var acting = Acting(occasion, action, scene, isTrial: true) with { Seen = scene.Ticket };
        try
        {
            return Result(action, await scripts().RunAsync(action.Script ?? "", acting, cancellation));
        }
        catch (Exception problem) when (CannotRun(problem))
        {
            return Refused(action, Refusal.Conflict(RuleRefusals.ScriptsBusy, action.Script ?? ""));
        }
    }

    private static ScriptOccasion Acting(RuleOccasion occasion, RuleAction action, RuleScene scene, bool isTrial)
    {
        var argument = new JsonObject();
        foreach (var (name, text) in action.With)
        {
            argument[name] = scene.Plain(text);
        }

        return Occasion("rule-action", occasion, isTrial) with
        {
            Ticket = scene.Ticket.State.Id,
            Argument = JsonSerializer.SerializeToElement(argument),
        };
    }

    private static ActionResult Result(RuleAction action, ScriptOutcome? outcome) =>
        outcome switch
        {
            null => Refused(action, Refusal.NotFound(RuleRefusals.ScriptGone, action.Script ?? "")),
            { IsDone: true } => new ActionResult(
                action.Do,
                outcome.Calls > 0 ? ActionStatus.Done : ActionStatus.Nothing,
                []
            ),
            _ => Refused(action, Refusal.Conflict(RuleRefusals.ScriptFailed, action.Script ?? "", Error(outcome))),
        };

    private static ScriptOccasion Occasion(string use, RuleOccasion occasion, bool isTrial) =>
        new(use)
        {
            Ticket = occasion.Ticket,
            Event = occasion.Event,
            IsTrial = isTrial,
            IsQuiet = isTrial,
        };

    private static bool CannotRun(Exception problem) =>
        problem is ScriptWorkerLostException or ScriptsBusyException or OperationCanceledException;

    private static ActionResult Refused(RuleAction action, Refusal refusal) =>
        new(action.Do, ActionStatus.Refused, [refusal]);

    private static string Error(ScriptOutcome outcome) => Cut(outcome.Result.Error ?? outcome.Result.End.ToString());

    private static string Shown(JsonElement? value) => Cut(value?.GetRawText() ?? "undefined");

    private static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown];
}
