using ServiceDesk.Incidents.Major;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Incidents.Priorities;

/// <summary>
/// The priority of an incident follows from its impact and urgency whenever one of them changes. A priority that somebody set
/// stands until then; one that is given together with them stands too. Imported history keeps its priorities.
/// </summary>
public sealed class PriorityFromImpactAndUrgency : ITicketPolicy
{
    private const string Impact = "impact";
    private const string Urgency = "urgency";

    /// <inheritdoc/>
    public IEnumerable<TicketEvent> Follow(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    )
    {
        if (after.Type != IncidentsPlugin.Type || context.Envelope.Actor.Kind == ActorKind.Import)
        {
            return [];
        }

        var settings = context.Configuration.Settings<IncidentSettings>(IncidentsPlugin.Id);
        return Wanted(before, after, events, context, settings) is { } priority && priority != after.Priority
            ? [new PriorityChanged(after.Priority, priority)]
            : [];
    }

    private static Priority? Wanted(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context,
        IncidentSettings settings
    )
    {
        if (settings.MajorIsCritical && events.Any(happened => happened is MajorDeclared))
        {
            return Priority.Critical;
        }

        var held = settings.MajorIsCritical && after.Major() is not null;
        var changed =
            Choice(before, Impact) != Choice(after, Impact) || Choice(before, Urgency) != Choice(after, Urgency);
        return changed && !held && !GivesPriority(context.Envelope.Command, events)
            ? settings.PriorityFor(Choice(after, Impact), Choice(after, Urgency))
            : null;
    }

    private static bool GivesPriority(TicketCommand command, ValueList<TicketEvent> events) =>
        command is OpenTicket { Priority: not null } || events.Any(happened => happened is PriorityChanged);

    private static string? Choice(TicketState? ticket, string field) =>
        (ticket?.Fields.Find(field) as ChoiceValue)?.Choice;
}
