using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// A new ticket says out of which one it came; that one follows.
public static partial class Ticket
{
    /// <summary>How many tickets may come out of one.</summary>
    public const int MostOffspring = 100;

    private static Decision Note(TicketQuestion asked, NoteOffspring command) =>
        Rules.Unless(
            [Rules.OnlyProduct(asked)],
            () =>
                asked.Ticket.Offspring.Any(one => one.Ticket == command.Ticket)
                    ? []
                    :
                    [
                        command is { Kind: OriginKind.Split, Comment: { } comment }
                            ? new TicketSplitOff(command.Ticket, command.Key, comment)
                            : new TicketDuplicated(command.Ticket, command.Key),
                    ]
        );
}
