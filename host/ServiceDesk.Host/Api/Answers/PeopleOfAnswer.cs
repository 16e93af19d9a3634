using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Answers;

/// <summary>Shows the people of an answer: looked up once, addresses only to agents and to oneself.</summary>
public sealed class PeopleOfAnswer
{
    private readonly IReadOnlyDictionary<PersonId, Person> people;
    private readonly Viewer viewer;

    private PeopleOfAnswer(IReadOnlyDictionary<PersonId, Person> people, Viewer viewer)
    {
        this.people = people;
        this.viewer = viewer;
    }

    /// <summary>Looks up people for a viewer.</summary>
    public static async Task<PeopleOfAnswer> LookUpAsync(
        IPeople people,
        Viewer viewer,
        IEnumerable<PersonId?> ids,
        CancellationToken cancellation
    ) => new(await people.FindAsync([.. ids.OfType<PersonId>().Distinct()], cancellation), viewer);

    /// <summary>The person; null for nobody.</summary>
    /// <param name="desk">The desk of the ticket on which the person stands.</param>
    public PersonAnswer? Show(PersonId? id, string desk) =>
        id is { } known && people.TryGetValue(known, out var person)
            ? new PersonAnswer(
                known.Value,
                person.Name,
                viewer.WorksOn(desk) || viewer.Person.Id == known ? person.Email : null
            )
            : null;
}
