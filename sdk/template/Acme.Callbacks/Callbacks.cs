using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace Acme.Callbacks;

/// <summary>A call that was promised and is not made yet: the plugin's part of a ticket's state.</summary>
public sealed record Callback(string Number, Instant PromisedAt);

/// <summary>Promise a call. Commands are imperative: what may be asked.</summary>
public sealed record PromiseCallback(string Number) : TicketCommand;

/// <summary>Tell that the call was made.</summary>
public sealed record MakeCallback : TicketCommand;

/// <summary>A call was promised. Events are past tense, and readable for ever once they were stored.</summary>
[StoredName("acme-callbacks.promised", 1)]
public sealed record CallbackPromised(string Number) : TicketEvent;

/// <summary>The call was made.</summary>
[StoredName("acme-callbacks.made", 1)]
public sealed record CallbackMade : TicketEvent;

/// <summary>Folds events into the state. Pure and total: every event that it does not know changes nothing.</summary>
public sealed class CallbackFacet : Facet<Callback>
{
    public override string Id => Plugin.Id;

    public override Callback? Evolve(Callback? current, RecordedEvent @event, TicketState? ticket) =>
        @event.Event switch
        {
            CallbackPromised promised => new Callback(promised.Number, @event.At),
            CallbackMade => null,
            _ => current,
        };
}

/// <summary>Decides <see cref="PromiseCallback"/>: events, or refusals whose codes are keys of the plugin's texts. Pure.</summary>
public sealed class Promising : ICommandDecider<PromiseCallback>
{
    public const int LongestNumber = 40;

    public Decision Decide(TicketState ticket, PromiseCallback command, DecisionContext context)
    {
        var number = command.Number.Trim();
        return Rights.Refuse(ticket, context) is { } no ? Decision.Refuse(no)
            : number.Length is 0 or > LongestNumber
                ? Decision.Refuse(Refusal.Invalid("acme-callbacks.refusal.number", "number", $"{LongestNumber}"))
            : ticket.Callback()?.Number == number ? Decision.Accept()
            : Decision.Accept(new CallbackPromised(number));
    }
}

/// <summary>Decides <see cref="MakeCallback"/>. Where nothing was promised, nothing happens.</summary>
public sealed class Making : ICommandDecider<MakeCallback>
{
    public Decision Decide(TicketState ticket, MakeCallback command, DecisionContext context) =>
        Rights.Refuse(ticket, context) is { } no ? Decision.Refuse(no)
        : ticket.Callback() is null ? Decision.Accept()
        : Decision.Accept(new CallbackMade());
}

/// <summary>Reads the facet.</summary>
public static class CallbackOfTicket
{
    public static Callback? Callback(this TicketState ticket) => ticket.Facet<Callback>(Plugin.Id);
}

/// <summary>Agents of the ticket's desk may; without a viewer it is the server itself. To others there is no such ticket.</summary>
internal static class Rights
{
    public static Refusal? Refuse(TicketState ticket, DecisionContext context) =>
        context.Envelope.Viewer is { } viewer && !viewer.WorksOn(ticket.Desk)
            ? Refusal.NotFound("acme-callbacks.refusal.no-ticket", ticket.Key.ToString())
            : null;
}
