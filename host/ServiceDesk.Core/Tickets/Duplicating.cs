using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What a copy takes along besides words, fields, priority and labels.</summary>
/// <param name="Channel">By which way it was asked.</param>
/// <param name="Public">Public files to attach.</param>
/// <param name="Internal">Internal files to attach.</param>
/// <param name="Participants">Who takes part.</param>
public sealed record CopyWish(
    Channel Channel,
    ValueList<AttachedFile> Public,
    ValueList<AttachedFile> Internal,
    ValueList<PersonId> Participants
)
{
    /// <summary>Another summary than the ticket's.</summary>
    public string? Summary { get; init; }
}

/// <summary>Makes a copy of a ticket, which begins its workflow anew and is nobody's work yet.</summary>
public static class Duplicating
{
    /// <summary>The command that opens the copy. Values that their field takes no longer stay behind, and so does what scripts work out.</summary>
    public static OpenTicket Of(TicketState ticket, CopyWish wish, IConfiguration configuration)
    {
        var files = Splitting.Portions(wish.Public).ToList();
        return new OpenTicket(
            ticket.Desk,
            ticket.Type,
            HasRequestType(ticket, configuration) ? ticket.RequestType : null,
            wish.Summary ?? ticket.Summary,
            ticket.Description,
            ticket.Requester,
            ticket.Organization,
            ticket.Priority,
            ValueMap<FieldValue>.From(ticket.Fields.Where(field => IsTaken(field, ticket.Type, configuration))),
            wish.Channel
        )
        {
            Origin = new TicketOrigin(OriginKind.Duplicate, ticket.Id, ticket.Key),
            IsPrivate = ticket.IsPrivate,
            Labels = ticket.Labels,
            Files = files.Count > 0 ? files[0] : [],
            Then =
            [
                .. files.Skip(1).Select(more => new AttachFiles(more, Visibility.Public)),
                .. Splitting.Portions(wish.Internal).Select(some => new AttachFiles(some, Visibility.Internal)),
                .. wish.Participants.Count == 0 ? [] : (TicketCommand[])[new AddParticipants(wish.Participants)],
            ],
        };
    }

    private static bool HasRequestType(TicketState ticket, IConfiguration configuration) =>
        ticket.RequestType is { } id
        && configuration.TryGet<RequestTypeDocument>(id, out var type)
        && (type.Desk, type.Type) == (ticket.Desk, ticket.Type);

    private static bool IsTaken(KeyValuePair<string, FieldValue> field, string type, IConfiguration configuration) =>
        configuration.TryGet<TicketTypeDocument>(type, out var ticketType)
        && ticketType.Fields.Contains(field.Key)
        && configuration.TryGet<FieldDocument>(field.Key, out var document)
        && document.Script is null
        && (FieldRules.IsReference(field.Value) || FieldRules.Refused(document, field.Value) is null);
}
