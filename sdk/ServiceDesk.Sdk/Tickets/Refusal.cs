using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>What kind of no it is; decides the HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The input is wrong: 400, or 422 with the field named.</summary>
    Invalid = 1,

    /// <summary>The actor may see it but not do this: 403.</summary>
    Forbidden = 2,

    /// <summary>It does not exist, or must look so to the actor: 404.</summary>
    NotFound = 3,

    /// <summary>The ticket has changed meanwhile, or its state does not allow it: 409.</summary>
    Conflict = 4,

    /// <summary>The expected version is not the current one: 412.</summary>
    Stale = 5,
}

/// <summary>A no, as a value: a code with arguments, translated once at the edge.</summary>
/// <param name="Kind">What kind of no.</param>
/// <param name="Code">The text key, such as <c>refusal.transition-not-possible</c>; its owner has the sentence in every language.</param>
/// <param name="Arguments">What fills the sentence's places, in order; plain text.</param>
/// <param name="Field">The input that is wrong, as the API names it (<c>summary</c>, <c>fields.impact</c>); null when it is none.</param>
public sealed record Refusal(RefusalKind Kind, string Code, ValueList<string> Arguments, string? Field = null)
{
    /// <summary>Wrong input in <paramref name="field"/>.</summary>
    public static Refusal Invalid(string code, string? field, params ReadOnlySpan<string> arguments) =>
        new(RefusalKind.Invalid, code, ValueList.Create(arguments), field);

    /// <summary>The actor may not do this.</summary>
    public static Refusal Forbidden(string code, params ReadOnlySpan<string> arguments) =>
        new(RefusalKind.Forbidden, code, ValueList.Create(arguments));

    /// <summary>It does not exist, or must look so.</summary>
    public static Refusal NotFound(string code, params ReadOnlySpan<string> arguments) =>
        new(RefusalKind.NotFound, code, ValueList.Create(arguments));

    /// <summary>The state does not allow it.</summary>
    public static Refusal Conflict(string code, params ReadOnlySpan<string> arguments) =>
        new(RefusalKind.Conflict, code, ValueList.Create(arguments));
}

/// <summary>What a ticket says to a command: events in order (none when nothing would change), or refusals.</summary>
public sealed record Decision
{
    private Decision(ValueList<TicketEvent> events, ValueList<Refusal> refusals)
    {
        Events = events;
        Refusals = refusals;
    }

    /// <summary>The events; empty when refused or when nothing would change.</summary>
    public ValueList<TicketEvent> Events { get; }

    /// <summary>Every reason for the no; empty when accepted.</summary>
    public ValueList<Refusal> Refusals { get; }

    /// <summary>Whether it was accepted.</summary>
    public bool IsAccepted => Refusals.Count == 0;

    /// <summary>Yes, with these events.</summary>
    public static Decision Accept(params ReadOnlySpan<TicketEvent> events) => new(ValueList.Create(events), []);

    /// <summary>Yes, with these events.</summary>
    public static Decision Accept(IEnumerable<TicketEvent> events) => new(events.ToValueList(), []);

    /// <summary>No, for these reasons.</summary>
    /// <param name="refusals">At least one.</param>
    /// <exception cref="ArgumentException">There is none: a no without a reason would be a yes.</exception>
    public static Decision Refuse(params ReadOnlySpan<Refusal> refusals) => Refuse(ValueList.Create(refusals));

    /// <inheritdoc cref="Refuse(ReadOnlySpan{Refusal})"/>
    public static Decision Refuse(IEnumerable<Refusal> refusals) => Refuse(refusals.ToValueList());

    private static Decision Refuse(ValueList<Refusal> refusals) =>
        refusals.Count > 0
            ? new Decision([], refusals)
            : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));
}
