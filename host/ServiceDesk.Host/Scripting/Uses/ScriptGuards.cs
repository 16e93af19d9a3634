using System.Text.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Uses;

/// <summary>
/// Asks the scripts of transitions before a ticket decides. All scripts of a command have <see cref="Limit"/> together: a ticket
/// takes one command at a time and waits for none longer. What cannot be asked says no.
/// </summary>
/// <param name="scripts">Runs them; got when it is needed, since scripts send commands themselves.</param>
public sealed class ScriptGuards(Func<IScriptRunner> scripts)
{
    /// <summary>How long a command waits for its scripts.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private const int MostAttempts = 2;

    /// <summary>What the scripts say to the transitions that a command may take.</summary>
    public async ValueTask<ValueList<TransitionVerdict>> AskAsync(
        TicketSnapshot? before,
        CommandEnvelope envelope,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var isAsked = envelope.Actor.Kind != ActorKind.Import;
        if (
            !isAsked
            || TransitionGuards.Asked(before?.State, envelope.Command, configuration) is not { Count: > 0 } asked
        )
        {
            return [];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        var verdicts = new List<TransitionVerdict>();
        foreach (var question in asked)
        {
            var argument = GuardArgument.Of(question, envelope);
            var against = await ConditionAsync(question.Transition, before!, argument, isQuiet: false, limit.Token);
            var said = against is null ? await ValidateAsync(question.Transition, before!, argument, limit.Token) : [];
            cancellation.ThrowIfCancellationRequested();
            verdicts.Add(new TransitionVerdict(question.Transition.Id, against, said));
        }

        return verdicts.ToValueList();
    }

    /// <summary>Those of the transitions that no condition keeps away.</summary>
    public async Task<IReadOnlyList<WorkflowTransition>> OfferedAsync(
        TicketSnapshot ticket,
        IReadOnlyList<WorkflowTransition> transitions,
        CancellationToken cancellation
    )
    {
        if (transitions.All(transition => transition.Scripts?.Condition is null))
        {
            return transitions;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        var offered = new List<WorkflowTransition>();
        foreach (var transition in transitions)
        {
            var argument = GuardArgument.Of(new GuardQuestion(transition, null), null);
            if (await ConditionAsync(transition, ticket, argument, isQuiet: true, limit.Token) is null)
            {
                offered.Add(transition);
            }
        }

        cancellation.ThrowIfCancellationRequested();
        return offered;
    }

    private async Task<Refusal?> ConditionAsync(
        WorkflowTransition transition,
        TicketSnapshot ticket,
        JsonElement argument,
        bool isQuiet,
        CancellationToken limit
    )
    {
        if (transition.Scripts?.Condition is not { } script)
        {
            return null;
        }

        var occasion = Occasion("transition-condition", ticket, argument) with { IsQuiet = isQuiet };
        var (outcome, refusal) = await AskAsync(script, occasion, limit);
        return outcome is null ? refusal
            : outcome.IsTrue ? null
            : Refusal.Conflict(RefusalCodes.TransitionCondition, transition.Id);
    }

    private async Task<ValueList<Refusal>> ValidateAsync(
        WorkflowTransition transition,
        TicketSnapshot ticket,
        JsonElement argument,
        CancellationToken limit
    )
    {
        if (transition.Scripts?.Validator is not { } script)
        {
            return [];
        }

        var occasion = Occasion("transition-validator", ticket, argument) with { Check = ValidatorAnswer.Wrong };
        var (outcome, refusal) = await AskAsync(script, occasion, limit);
        return outcome is null ? [refusal!] : ValidatorAnswer.Refusals(outcome.Result.Value, transition);
    }

    // A worker that went away is nobody's fault: once more. Everything else that goes wrong says no.
    private async Task<(ScriptOutcome? Outcome, Refusal? Refusal)> AskAsync(
        string script,
        ScriptOccasion occasion,
        CancellationToken limit
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await scripts().RunAsync(script, occasion, limit) switch
                {
                    null => (null, Refusal.Conflict(RefusalCodes.GuardMissing, script)),
                    { IsDone: true } outcome => (outcome, null),
                    _ => (null, Failed(script)),
                };
            }
            catch (ScriptWorkerLostException) when (attempt < MostAttempts)
            {
                // Again.
            }
            catch (Exception problem)
                when (problem is ScriptWorkerLostException or ScriptsBusyException or OperationCanceledException)
            {
                return (null, Failed(script));
            }
        }
    }

    private static Refusal Failed(string script) => Refusal.Conflict(RefusalCodes.GuardFailed, script);

    private static ScriptOccasion Occasion(string use, TicketSnapshot ticket, JsonElement argument) =>
        new(use)
        {
            Ticket = ticket.State.Id,
            Seen = ticket,
            Argument = argument,
            IsAsked = true,
        };
}
