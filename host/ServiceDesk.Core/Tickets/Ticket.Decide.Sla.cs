using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// What becomes of promises that were made.
public static partial class Ticket
{
    private static Decision Apply(TicketQuestion asked, ApplySlaVersion command) =>
        Rules.Unless(
            [Rules.OnlyProduct(asked), WhyNotApply(asked.Configuration, command)],
            () =>
                asked.Before!.Clocks.Any(clock => SlaFold.Takes(clock, command.Kind, command.Document, command.Version))
                    ?
                    [
                        new SlaVersionApplied(
                            command.Kind,
                            command.Document,
                            command.Version,
                            command.Mode,
                            command.Recomputed,
                            command.By
                        ),
                    ]
                    : []
        );

    // A node that has not read the version yet must not decide by it.
    private static Refusal? WhyNotApply(IConfiguration configuration, ApplySlaVersion command) =>
        (
            command.Kind == DocumentKinds.Calendar
                ? (ConfigurationDocument?)configuration.AtVersion<CalendarDocument>(command.Document, command.Version)
                : configuration.AtVersion<SlaPolicyDocument>(command.Document, command.Version)
        )
            is null
            ? Refusal.Conflict(RefusalCodes.SlaVersionUnknown, command.Document, $"{command.Version}")
            : null;
}
