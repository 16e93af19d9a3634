using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
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

    private const int MostCorrections = 50;
    private const int LongestCorrection = 2_000;

    private static Decision Correct(TicketQuestion asked, CorrectSla command)
    {
        var clock = asked.Before!.Clocks.FirstOrDefault(one =>
            one.Metric == command.Metric && one.Cycle == command.Cycle
        );
        if (clock is null)
        {
            return Decision.Refuse(Refusal.NotFound(RefusalCodes.SlaClockUnknown));
        }

        return Rules.Unless(
            [
                Rules.OnlyAgents(asked),
                asked.Viewer?.May(Permissions.CorrectClocks) == true
                    ? null
                    : Refusal.Forbidden(RefusalCodes.SlaCorrectionPermission),
                asked.Viewer?.Person.Id == command.By ? Refusal.Forbidden(RefusalCodes.SlaCorrectionOwn) : null,
                TextRules.Text(command.Reason, "reason", required: true, LongestCorrection),
                WhyNotCorrect(clock, command, asked.Now),
            ],
            () =>
                [
                    new SlaCorrected(
                        command.Metric,
                        command.Cycle,
                        command.Spans,
                        command.KeptGoals,
                        command.Reason.Trim(),
                        command.By,
                        asked.Viewer!.Person.Id
                    ),
                ]
        );
    }

    /// <summary>What speaks against a correction of a clock, whoever approves it; null when nothing does.</summary>
    public static Refusal? WhyNotCorrect(SlaClock clock, CorrectSla command, Instant now)
    {
        var end = clock.StoppedAt ?? now;
        var isInside = command.Spans.All(span => span.From < span.To && span.From >= clock.StartedAt && span.To <= end);
        var isInOrder = command.Spans.Zip(command.Spans.Skip(1)).All(pair => pair.First.To <= pair.Second.From);
        return clock.Correction is not null ? Refusal.Conflict(RefusalCodes.SlaCorrectedBefore)
            : command.Spans.Count == 0 && command.KeptGoals.Count == 0
                ? Refusal.Invalid(RefusalCodes.SlaCorrectionNothing, "spans")
            : !isInside || !isInOrder || command.Spans.Count > MostCorrections
                ? Refusal.Invalid(RefusalCodes.SlaCorrectionSpan, "spans")
            : command.KeptGoals.Count > 0 && clock.Status != ClockStatus.Stopped
                ? Refusal.Conflict(RefusalCodes.SlaCorrectionRunning)
            : null;
    }
}
