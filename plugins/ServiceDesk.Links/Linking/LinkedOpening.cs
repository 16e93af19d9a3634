using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Linking;

/// <summary>A ticket to open with a link to another one.</summary>
/// <param name="From">The ticket that it is linked with; its requester asks for the new one too.</param>
/// <param name="As">The link type, and how <paramref name="From"/> reads it.</param>
/// <param name="Desk">The desk's key.</param>
/// <param name="Type">The ticket type's id.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">Markdown.</param>
public sealed record LinkedTicket(
    TicketState From,
    (string Type, LinkDirection Direction) As,
    string Desk,
    string Type,
    string Summary,
    string Description
);

/// <summary>Opens a ticket and links it in the same commit: there is never one without the other.</summary>
public sealed class LinkedOpening(ITicketGrains grains, IPeople people)
{
    /// <summary>Opens it, as <see cref="Envelope"/> says.</summary>
    public Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation = default) =>
        grains.OpenAsync(envelope, cancellation);

    /// <summary>The command of a viewer that opens it.</summary>
    public async Task<CommandEnvelope> EnvelopeAsync(
        Viewer viewer,
        LinkedTicket wanted,
        Channel channel,
        CancellationToken cancellation = default
    )
    {
        var open = new OpenTicket(
            wanted.Desk,
            wanted.Type,
            RequestType: null,
            wanted.Summary,
            wanted.Description,
            wanted.From.Requester,
            await OrganizationAsync(wanted.From, cancellation),
            Priority: null,
            ValueMap<FieldValue>.Empty,
            channel
        )
        {
            IsPrivate = wanted.From.IsPrivate,
            Then = [new LinkTickets(wanted.As.Type, wanted.As.Direction.Opposite(), wanted.From.Key)],
        };
        return new CommandEnvelope(open, Actor.Of(viewer.Person.Id)) { Viewer = viewer };
    }

    // That of the ticket, where its requester is still of it. Else the requester's first one: agents see it on the ticket and change
    // it there, while nobody is asked here.
    private async Task<OrganizationId?> OrganizationAsync(TicketState from, CancellationToken cancellation)
    {
        var of = (await people.FindAsync(from.Requester, cancellation))?.Organizations ?? [];
        return from.Organization is { } organization && of.Contains(organization) ? organization
            : of.Count > 0 ? of[0]
            : null;
    }
}
