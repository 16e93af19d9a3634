using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.ServiceNow;

/// <summary>Callers, agents and groups of a file as people and teams; made when they are not there.</summary>
public sealed class ImportedPeople(IPeopleStore people)
{
    private readonly Dictionary<string, PersonId> callers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonId> agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TeamId> teams = new(StringComparer.Ordinal);

    /// <summary>People and teams that were made.</summary>
    public int Made { get; private set; }

    public PersonId Caller(string name) => callers[name];

    public PersonId? Agent(string? name) => name is null ? null : agents[name];

    public TeamId? Team(string? name) => name is null ? null : teams[name];

    /// <summary>Makes everyone whom the rows name. An agent belongs to the groups under which the agent was given work.</summary>
    public async Task PrepareAsync(IReadOnlyCollection<IncidentRow> rows, CancellationToken cancellation)
    {
        foreach (var group in rows.Select(row => row.Group).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            teams[group] = await TeamAsync(group, cancellation);
        }

        foreach (
            var work in rows.Where(row => row.Assignee is not null)
                .GroupBy(row => row.Assignee!, StringComparer.Ordinal)
        )
        {
            var groups = work.Select(row => Team(row.Group)).OfType<TeamId>().Distinct().ToValueList();
            agents[work.Key] = await PersonAsync(work.Key, "agent", groups, cancellation);
        }

        foreach (var caller in rows.Select(row => row.Caller).Distinct(StringComparer.Ordinal))
        {
            callers[caller] = await PersonAsync(caller, "customer", [], cancellation);
        }
    }

    private async Task<TeamId> TeamAsync(string name, CancellationToken cancellation)
    {
        if (await people.FindTeamAsync(name, cancellation) is { } known)
        {
            return known.Id;
        }

        Made++;
        return (await people.CreateTeamAsync(name, cancellation)).Id;
    }

    private async Task<PersonId> PersonAsync(
        string name,
        string role,
        ValueList<TeamId> groups,
        CancellationToken cancellation
    )
    {
        var externalId = $"servicenow:{name}";
        if (await people.FindByExternalIdAsync(externalId, cancellation) is { } known)
        {
            return known.Id;
        }

        Made++;
        var person = new NewPerson(name, string.Empty, role) { ExternalId = externalId, Teams = groups };
        return (await people.CreateAsync(person, cancellation)).Id;
    }
}
