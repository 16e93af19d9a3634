using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Workflow;

/// <summary>What the scripts of a transition said before a command was decided.</summary>
/// <param name="Transition">The transition's id.</param>
/// <param name="Condition">Why there is no such way now; null when there is, or when no script was asked.</param>
/// <param name="Validator">What speaks against taking it.</param>
public sealed record TransitionVerdict(string Transition, Refusal? Condition, ValueList<Refusal> Validator);

/// <summary>A transition whose scripts have to be asked.</summary>
/// <param name="Transition">The transition.</param>
/// <param name="Command">The command that would take it; null for a comment that goes on by itself.</param>
public sealed record GuardQuestion(WorkflowTransition Transition, TransitionTicket? Command);

/// <summary>Which scripts of transitions a command depends on, and what follows from what they said. Pure.</summary>
public static class TransitionGuards
{
    /// <summary>The transitions that a command may take and that scripts guard.</summary>
    public static IReadOnlyList<GuardQuestion> Asked(
        TicketState? before,
        TicketCommand command,
        IConfiguration configuration
    ) => [.. Possible(before, command, configuration).Where(question => IsGuarded(question.Transition))];

    /// <summary>The transitions that a command may take, each once.</summary>
    public static IEnumerable<GuardQuestion> Possible(
        TicketState? before,
        TicketCommand command,
        IConfiguration configuration
    ) =>
        before is not null && configuration.WorkflowOf(before.Type) is { } workflow
            ? Asked(workflow, command).DistinctBy(question => question.Transition.Id)
            : [];

    /// <summary>Why a transition's condition keeps it away; null when it does not.</summary>
    public static Refusal? Against(this DecisionFacts facts, WorkflowTransition transition) =>
        transition.Scripts?.Condition is null ? null
        : Find(facts, transition) is { } verdict ? verdict.Condition
        : NotAsked(transition);

    /// <summary>What a transition's validator has against it.</summary>
    public static IEnumerable<Refusal?> Validated(this DecisionFacts facts, WorkflowTransition transition) =>
        transition.Scripts?.Validator is null ? []
        : Find(facts, transition) is { } verdict ? verdict.Validator
        : [NotAsked(transition)];

    private static IEnumerable<GuardQuestion> Asked(WorkflowDocument workflow, TicketCommand command) =>
        command switch
        {
            TransitionTicket transition => workflow
                .Transitions.Where(way => way.To == transition.To || way.Id == transition.To)
                .Select(way => new GuardQuestion(way, transition)),
            AddPublicComment => workflow
                .Transitions.Where(way => way.OnCustomerComment)
                .Select(way => new GuardQuestion(way, null)),
            ChangeTicket change => change.Parts.SelectMany(part => Asked(workflow, part)),
            _ => [],
        };

    private static bool IsGuarded(WorkflowTransition way) =>
        way.Scripts is { Condition: not null } or { Validator: not null };

    private static TransitionVerdict? Find(DecisionFacts facts, WorkflowTransition transition) =>
        facts.Guards.FirstOrDefault(verdict => verdict.Transition == transition.Id);

    private static Refusal NotAsked(WorkflowTransition transition) =>
        Refusal.Conflict(RefusalCodes.GuardNotAsked, transition.Id);
}
