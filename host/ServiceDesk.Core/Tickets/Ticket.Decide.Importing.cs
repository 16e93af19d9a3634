using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// What only importers ask.
public static partial class Ticket
{
    private static Decision MarkHistory(TicketQuestion asked, MarkImported command) =>
        Rules.Unless(
            [ImportRules.History(asked, command)],
            () =>
                asked.Ticket.ImportedUntil is { } until && until >= command.Until
                    ? []
                    : [new TicketImported(command.Source, command.Until)]
        );

    private static Decision Correct(TicketQuestion asked, CorrectDates command)
    {
        var ticket = asked.Ticket;
        var isChange =
            (ticket.CreatedAt, ticket.ResolvedAt, ticket.ClosedAt)
            != (command.CreatedAt, command.ResolvedAt, command.ClosedAt);
        return Rules.Unless(
            [Rules.OnlyImporters(asked), ImportRules.DatesArePossible(asked, command)],
            () => isChange ? [new DatesCorrected(command.CreatedAt, command.ResolvedAt, command.ClosedAt)] : []
        );
    }
}

/// <summary>What holds for history that is brought in.</summary>
internal static class ImportRules
{
    private const int SourceLimit = 60;

    /// <summary>Only importers bring history, and it has a source.</summary>
    public static Refusal? History(TicketQuestion asked, MarkImported history) =>
        Rules.OnlyImporters(asked) ?? TextRules.Line(history.Source, "source", required: true, SourceLimit);

    /// <summary>Only what is done was resolved, only what is in a closing status was closed.</summary>
    public static Refusal? DatesArePossible(TicketQuestion asked, CorrectDates dates)
    {
        var isDone = asked.Ticket.Category == StatusCategory.Done;
        var isClosed = isDone && asked.Workflow?.Status(asked.Ticket.Status) is { Closes: true };
        return (dates.ResolvedAt is null || isDone) && (dates.ClosedAt is null || isClosed)
            ? null
            : Refusal.Conflict(RefusalCodes.DatesNotPossible);
    }

    /// <summary>Only importers say when something happened; in order, and not in the future.</summary>
    public static Refusal? Time(CommandEnvelope envelope, TicketState? ticket, Instant now) =>
        (envelope.At, Until(envelope.Command)) switch
        {
            (_, { } until) when until > now => Refusal.Invalid(RefusalCodes.ImportInFuture, null, Shown(until)),
            (null, _) => null,
            _ when envelope.Actor.Kind != ActorKind.Import || envelope.Viewer is not null => Refusal.Forbidden(
                RefusalCodes.ImportersOnly
            ),
            ({ } at, _) when at > now => Refusal.Invalid(RefusalCodes.ImportInFuture, null, Shown(at)),
            ({ } at, _) when ticket is not null && at < ticket.UpdatedAt => Refusal.Conflict(
                RefusalCodes.ImportOutOfOrder,
                Shown(at),
                Shown(ticket.UpdatedAt)
            ),
            _ => null,
        };

    private static string Shown(Instant instant) => InstantPattern.General.Format(instant);

    private static Instant? Until(TicketCommand command) =>
        command switch
        {
            OpenTicket open => open.History?.Until,
            MarkImported history => history.Until,
            _ => null,
        };
}
