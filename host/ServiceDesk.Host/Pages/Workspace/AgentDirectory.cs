using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Duty;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Who works on desks: to whom a ticket can be given.</summary>
public sealed class AgentDirectory(
    IPeopleStore people,
    ICurrentConfiguration configuration,
    Rosters rosters,
    IClock clock,
    ITexts texts
)
{
    private const int Most = 200;

    /// <summary>The names by which people are offered, those who are absent with their last day.</summary>
    public async Task<IReadOnlyDictionary<PersonId, string>> NamesAsync(
        IReadOnlyList<Person> agents,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        var today = now.InUtc().Date;
        var absences = await people.AbsencesAsync(today.PlusDays(-1), today.PlusDays(1), cancellation);
        var away = agents.Select(agent => agent.Id).Intersect(absences.Select(absence => absence.Person)).ToHashSet();
        var roster = away.Count == 0 ? null : await rosters.OfAsync(away, now, cancellation);
        return agents.ToDictionary(
            agent => agent.Id,
            agent =>
                away.Contains(agent.Id) && roster!.At(agent.Id, now).Absence is { } absence
                    ? texts.Format("workspace.agent-away", agent.Name, ReaderTimes.Date(absence.To))
                    : agent.Name
        );
    }

    /// <summary>Those who work on every one of the desks, by name; of very many the first.</summary>
    public async Task<IReadOnlyList<Person>> OfAsync(
        IReadOnlyCollection<DeskDocument> desks,
        IReadOnlyList<Team> teams,
        CancellationToken cancellation
    )
    {
        var snapshot = configuration.Snapshot;
        var working = snapshot.All<RoleDocument>().Where(role => role.Permissions.Contains(Permissions.WorkTickets));
        var filter = new PeopleFilter { Roles = working.Select(role => role.Id).ToValueList() };
        var found = new List<Person>();
        string? cursor = null;
        do
        {
            var page = await people.ListAsync(filter, Most, cursor, cancellation);
            found.AddRange(
                page.Items.Where(person => desks.All(desk => DeskAccess.WorksOn(desk, person, teams, snapshot)))
            );
            cursor = page.Next;
        } while (cursor is not null && found.Count < Most);

        return [.. found.Take(Most)];
    }
}
