using System.Text.Json.Nodes;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>A person as scripts see one.</summary>
public sealed record ScriptPerson(
    long Id,
    string Name,
    string Email,
    string Role,
    string Language,
    string Zone,
    IReadOnlyList<string> Organizations,
    IReadOnlyList<string> Teams,
    bool IsActive
);

/// <summary>People and teams, for scripts of people who work on tickets; a customer's script finds its own person only.</summary>
public sealed class PeopleModule(IPeopleStore people, ReferenceReader references, ICurrentConfiguration configuration)
    : IHostModule
{
    private const string Name = "people";

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Describing.Function(
                    Name,
                    "me",
                    [],
                    Person,
                    (call, cancellation) => ShownAsync(call.Viewer, call.Viewer.Person, cancellation)
                ),
                Describing.Function(Name, "find", [new("person", Words.Person)], Person.OrNull(), FindAsync),
                Describing.Function(Name, "teams", [], ScriptType.ListOf(ScriptType.Text), TeamsAsync),
            ]
        );

    /// <summary>The type's name in declarations.</summary>
    public static ScriptType Person { get; } = new ScriptType.NamedType("Person");

    private async Task<JsonNode?> FindAsync(ScriptCall call, CancellationToken cancellation)
    {
        try
        {
            var id = await references.PersonAsync(call.Viewer, call.Argument(0)!.Value, "person", cancellation);
            var isSeen = call.Viewer.May(Permissions.WorkTickets) || id == call.Viewer.Person.Id;
            return isSeen && await people.FindAsync(id, cancellation) is { } found
                ? await ShownAsync(call.Viewer, found, cancellation)
                : null;
        }
        catch (ScriptRefusedException)
        {
            return null;
        }
    }

    private async Task<JsonNode?> TeamsAsync(ScriptCall call, CancellationToken cancellation) =>
        Describing.Shown(
            call.Viewer.May(Permissions.WorkTickets)
                ? (await people.TeamsAsync(cancellation)).Select(team => team.Name).ToList()
                : []
        );

    // Who belongs to several organizations is known to somebody for one of them: the others are nobody else's business.
    private async Task<JsonNode?> ShownAsync(Viewer viewer, Person person, CancellationToken cancellation)
    {
        var known = Acquaintances.Of(viewer, configuration.Snapshot);
        var organizations = new List<string>();
        foreach (var id in person.Organizations)
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization && known.Knows(organization))
            {
                organizations.Add(organization.Key);
            }
        }

        var teams = new List<string>();
        foreach (var id in person.Teams)
        {
            teams.Add((await people.FindTeamAsync(id, cancellation))?.Name ?? "");
        }

        return Describing.Shown(
            new ScriptPerson(
                person.Id.Value,
                person.Name,
                person.Email,
                person.Role,
                person.Language,
                person.Zone,
                organizations,
                teams,
                person.IsActive
            )
        );
    }
}
