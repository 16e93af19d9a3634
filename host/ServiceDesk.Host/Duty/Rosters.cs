using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Duty;

/// <summary>Makes rosters of what is stored of people, under the configuration as it is now.</summary>
public sealed class Rosters(IPeopleStore people, ICurrentConfiguration configuration) : IDuty
{
    // A year ahead is further than anybody asks who works next.
    private const int DaysAhead = 400;

    /// <inheritdoc/>
    public async ValueTask<DutyStatus> StatusAsync(
        PersonId person,
        Instant at,
        TeamId? team = null,
        CancellationToken cancellation = default
    ) => (await OfAsync([person], at, cancellation)).At(person, at, team);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Absence>> AbsencesAsync(
        LocalDate from,
        LocalDate to,
        CancellationToken cancellation = default
    ) => people.AbsencesAsync(from, to, cancellation);

    /// <summary>A roster that knows these people, and whoever stands in for them, around an instant.</summary>
    /// <param name="supposed">Absences that are only supposed.</param>
    /// <param name="without">Ids of absences that are supposed not to be.</param>
    public async ValueTask<WorkRoster> OfAsync(
        IReadOnlyCollection<PersonId> asked,
        Instant at,
        CancellationToken cancellation,
        IReadOnlyList<Absence>? supposed = null,
        IReadOnlyList<long>? without = null
    )
    {
        // A day more on both sides: in some zone it is tomorrow, or still yesterday.
        var today = at.InUtc().Date;
        var entered = await people.AbsencesAsync(today.PlusDays(-1), today.PlusDays(DaysAhead), cancellation);
        var absences = without is { Count: > 0 }
            ? [.. entered.Where(absence => !without.Contains(absence.Id))]
            : entered;
        var known = new Dictionary<PersonId, Person>();
        var wanted = asked.ToHashSet();
        while (wanted.Count > 0)
        {
            foreach (var (id, person) in await people.FindAsync(wanted, cancellation))
            {
                known[id] = person;
            }

            var standIns = absences
                .Where(absence => wanted.Contains(absence.Person))
                .Select(absence => absence.Substitute)
                .OfType<PersonId>()
                .Where(id => !known.ContainsKey(id))
                .ToHashSet();
            standIns.ExceptWith(wanted);
            wanted = standIns;
        }

        var teams = new Dictionary<TeamId, Team>();
        foreach (var id in known.Values.SelectMany(person => person.Teams).Distinct())
        {
            if (await people.FindTeamAsync(id, cancellation) is { } team)
            {
                teams[id] = team;
            }
        }

        return new WorkRoster(
            known,
            teams,
            absences.Where(absence => known.ContainsKey(absence.Person)).Concat(supposed ?? []),
            configuration.Snapshot
        );
    }
}
