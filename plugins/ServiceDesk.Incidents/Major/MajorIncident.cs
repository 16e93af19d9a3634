using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Incidents.Major;

/// <summary>Says that an incident is a major one; an incident without it is not.</summary>
/// <param name="DeclaredAt">Since when.</param>
/// <param name="Notice">What customers of the desk read in the portal; empty when they are told nothing.</param>
public sealed record MajorIncident(Instant DeclaredAt, string Notice);

/// <summary>The incident was declared a major one, or its notice was changed.</summary>
/// <param name="Notice">What customers of the desk read in the portal; empty when they are told nothing.</param>
[StoredName("incidents.major-declared", 1)]
public sealed record MajorDeclared(string Notice) : TicketEvent;

/// <summary>The incident is no longer a major one.</summary>
[StoredName("incidents.major-withdrawn", 1)]
public sealed record MajorWithdrawn : TicketEvent;

/// <summary>Keeps on the ticket whether it is a major incident.</summary>
public sealed class MajorFacet : Facet<MajorIncident>
{
    /// <inheritdoc/>
    public override string Id => IncidentsPlugin.Id;

    /// <inheritdoc/>
    public override MajorIncident? Evolve(MajorIncident? current, RecordedEvent @event, TicketState? ticket) =>
        @event.Event switch
        {
            MajorDeclared declared => new MajorIncident(current?.DeclaredAt ?? @event.At, declared.Notice),
            MajorWithdrawn => null,
            _ => current,
        };
}

/// <summary>Reads the facet.</summary>
public static class MajorIncidents
{
    /// <summary>What makes the ticket a major incident; null when it is none.</summary>
    public static MajorIncident? Major(this TicketState ticket) => ticket.Facet<MajorIncident>(IncidentsPlugin.Id);

    /// <summary>Whether everybody must know of it now: a major incident that is not solved.</summary>
    public static bool IsOpenMajor(this TicketState ticket) =>
        ticket.Major() is not null && ticket.Category != StatusCategory.Done;
}
