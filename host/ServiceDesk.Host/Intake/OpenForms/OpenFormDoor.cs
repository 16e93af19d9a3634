using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.OpenForms;

/// <summary>What somebody sent without signing in.</summary>
/// <param name="Name">How the sender is called; a name that people may have.</param>
/// <param name="Email">The sender's address; one that people may have.</param>
/// <param name="Language">The language of the page.</param>
/// <param name="Once">The mark the form was shown with.</param>
public sealed record OpenRequest(
    RequestTypeDocument Type,
    string Name,
    string Email,
    string Language,
    string Summary,
    string Description,
    ValueMap<FieldValue> Fields,
    string Once
);

/// <summary>Takes requests of people who are not signed in, by forms that allow it. The requester is whoever has the address; that nobody checked it stands on the ticket as its channel.</summary>
public sealed class OpenFormDoor(ICurrentConfiguration configuration, IPeopleStore people, ITicketGrains grains)
{
    private const string CustomerRole = "customer";

    /// <summary>Somebody of whom nothing is known: sees what every customer may.</summary>
    public Viewer Stranger =>
        Viewers.Of(
            new Person(new PersonId(0), "", "", CustomerRole, "en", "UTC", [], [], IsActive: true),
            [],
            [],
            configuration.Snapshot
        );

    /// <summary>Opens the ticket. A person of an unknown address is made, and stays when the ticket is refused: the next try finds it.</summary>
    public async Task<(TicketKey? Key, ValueList<Refusal> Refusals)> SendAsync(
        OpenRequest sent,
        CancellationToken cancellation
    )
    {
        var person = await people.FindByEmailAsync(sent.Email, cancellation) ?? await MadeAsync(sent, cancellation);
        if (person is not { IsActive: true })
        {
            return (null, [Refusal.Invalid("portal.open-address", "email")]);
        }

        var command = new OpenTicket(
            sent.Type.Desk,
            null,
            sent.Type.Id,
            sent.Summary,
            sent.Description,
            person.Id,
            null,
            null,
            sent.Fields,
            Channel.Form
        );
        // The product did it: who the sender was is what the sender said.
        var envelope = new CommandEnvelope(command, Actor.System)
        {
            // With the rights of any customer, so that addresses of agents answer like others.
            Viewer = Stranger with
            {
                Person = person with { Role = CustomerRole },
            },
            IdempotencyKey = RepeatableKeys.OfPortal(person.Id, sent.Once),
        };
        var answer = await grains.OpenAsync(envelope, cancellation);
        return (answer.Ticket?.State.Key, answer.Refusals);
    }

    // Two may send the first request of an address at once.
    private async Task<Person?> MadeAsync(OpenRequest sent, CancellationToken cancellation)
    {
        try
        {
            var person = new NewPerson(sent.Name, sent.Email, CustomerRole) { Language = sent.Language };
            return await people.CreateAsync(person, cancellation);
        }
        catch (PeopleConflictException)
        {
            return await people.FindByEmailAsync(sent.Email, cancellation);
        }
    }
}
