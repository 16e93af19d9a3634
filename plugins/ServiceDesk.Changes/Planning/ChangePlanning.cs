using System.Globalization;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Planning;

/// <summary>
/// What holds before a change is asked for approval, scheduled and made: it has a time, its risk is known, no freeze lies in
/// its time unless it is an emergency with a reason. That what waits for the board goes on only by the board's word is the
/// workflow's. Imported history is taken as it was.
/// </summary>
public sealed class ChangePlanning : ITicketPolicy
{
    private static readonly ValueList<string> Guarded =
    [
        ChangeReading.AwaitingApproval,
        ChangeReading.AwaitingEmergencyApproval,
        ChangeReading.Scheduled,
        ChangeReading.Implementing,
    ];

    /// <inheritdoc/>
    public IEnumerable<Refusal> Check(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    )
    {
        if (!after.IsChange() || context.Envelope.Actor.Kind == ActorKind.Import)
        {
            return [];
        }

        var changesWindow = events.Any(TouchesWindow);
        var refusals = changesWindow ? Order(after) : [];
        var enters = before is not null && before.Status != after.Status && Guarded.Contains(after.Status);
        return enters || (changesWindow && Guarded.Contains(after.Status))
            ? refusals.Concat(Unready(after, context))
            : refusals;
    }

    private static bool TouchesWindow(TicketEvent happened) =>
        happened switch
        {
            TicketOpened => true,
            FieldsChanged changed => changed.Fields.ContainsKey(ChangeReading.StartField)
                || changed.Fields.ContainsKey(ChangeReading.EndField),
            TicketMoved moved => moved.Fields.ContainsKey(ChangeReading.StartField)
                || moved.Fields.ContainsKey(ChangeReading.EndField),
            _ => false,
        };

    private static IEnumerable<Refusal> Order(TicketState ticket)
    {
        var start = ChangeReading.Moment(ticket, ChangeReading.StartField);
        var end = ChangeReading.Moment(ticket, ChangeReading.EndField);
        if (start >= end)
        {
            yield return Refusal.Invalid("changes.refusal.window-order", $"fields.{ChangeReading.EndField}");
        }
    }

    private static IEnumerable<Refusal> Unready(TicketState ticket, DecisionContext context)
    {
        var settings = context.Configuration.Settings<ChangeSettings>(ChangesPlugin.Id);
        if (settings.RiskNeeded && ticket.ChangeKind() == ChangeReading.Normal && ticket.Risk() is null)
        {
            yield return Refusal.Conflict("changes.refusal.risk-missing");
        }

        if (
            settings.StandardFromCatalogue
            && ticket.ChangeKind() == ChangeReading.Standard
            && !ticket.IsOfCatalogue(context.Configuration)
        )
        {
            yield return Refusal.Conflict("changes.refusal.not-in-catalogue");
        }

        if (ticket.Planned() is not { } window)
        {
            yield return Refusal.Invalid("changes.refusal.window-missing", $"fields.{ChangeReading.StartField}");
            yield break;
        }

        if (FreezeWindows.Of(settings).FirstOrDefault(freeze => freeze.Overlaps(window)) is not { } frozen)
        {
            yield break;
        }

        var isEmergency = ticket.ChangeKind() == ChangeReading.Emergency;
        var hasReason =
            ticket.Fields.Find(ChangeReading.FreezeReasonField) is TextValue reason
            && !string.IsNullOrWhiteSpace(reason.Text);
        if (!isEmergency || !hasReason)
        {
            yield return Refusal.Conflict(
                isEmergency ? "changes.refusal.freeze-reason" : "changes.refusal.freeze",
                frozen.Name,
                Shown(frozen.Start, settings),
                Shown(frozen.End, settings)
            );
        }
    }

    private static string Shown(Instant at, ChangeSettings settings)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.Zone) ?? DateTimeZone.Utc;
        return LocalDateTimePattern
            .Create("uuuu'-'MM'-'dd HH':'mm", CultureInfo.InvariantCulture)
            .Format(at.InZone(zone).LocalDateTime);
    }
}
