using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.People;

public sealed partial class PeopleStore
{
    /// <inheritdoc/>
    public async ValueTask<Person?> FindAsync(PersonId id, CancellationToken cancellation = default) =>
        (await FindAsync([id], cancellation)).GetValueOrDefault(id);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<PersonId, Person>> FindAsync(
        IReadOnlyCollection<PersonId> ids,
        CancellationToken cancellation = default
    )
    {
        var known = await cache.CurrentAsync(cancellation);
        var people = await LoadAsync(
            known.People,
            [.. ids.Select(id => id.Value).Distinct()],
            async (db, missing) =>
                (
                    await Whole(db.People.AsNoTracking().Where(r => missing.Contains(r.Id))).ToListAsync(cancellation)
                ).ConvertAll(row => (row.Id, ToPerson(row)))
        );
        return people.ToDictionary(pair => new PersonId(pair.Key), pair => pair.Value);
    }

    /// <inheritdoc/>
    public async ValueTask<Organization?> FindOrganizationAsync(
        OrganizationId id,
        CancellationToken cancellation = default
    )
    {
        var known = await cache.CurrentAsync(cancellation);
        var found = await LoadAsync(
            known.Organizations,
            [id.Value],
            async (db, missing) =>
                (
                    await db.Organizations.AsNoTracking().Where(r => missing.Contains(r.Id)).ToListAsync(cancellation)
                ).ConvertAll(row => (row.Id, ToOrganization(row)))
        );
        return found.GetValueOrDefault(id.Value);
    }

    /// <inheritdoc/>
    public async ValueTask<Team?> FindTeamAsync(TeamId id, CancellationToken cancellation = default)
    {
        var known = await cache.CurrentAsync(cancellation);
        var found = await LoadAsync(
            known.Teams,
            [id.Value],
            async (db, missing) =>
                (
                    await db
                        .Teams.AsNoTracking()
                        .Include(r => r.Members)
                        .Where(r => missing.Contains(r.Id))
                        .ToListAsync(cancellation)
                ).ConvertAll(row => (row.Id, ToTeam(row)))
        );
        return found.GetValueOrDefault(id.Value);
    }

    // What is there, by id. Others load at the same time and make room: what was found is handed on and not looked up again,
    // and nobody ever sees one who is there as one who is not.
    private async Task<Dictionary<long, T>> LoadAsync<T>(
        ConcurrentDictionary<long, T?> known,
        long[] ids,
        Func<ServiceDeskDb, long[], Task<List<(long Id, T Value)>>> read
    )
        where T : class
    {
        // Beyond this size what was asked for long ago makes room.
        const int most = 50_000;
        var found = new Dictionary<long, T>(ids.Length);
        var missing = new List<long>();
        foreach (var id in ids)
        {
            if (!known.TryGetValue(id, out var value))
            {
                missing.Add(id);
            }
            else if (value is not null)
            {
                found[id] = value;
            }
        }

        if (missing.Count == 0)
        {
            return found;
        }

        await using var db = database.CreateDbContext();
        foreach (var (id, value) in await Reading.AvailableAsync(() => read(db, [.. missing])))
        {
            found[id] = value;
        }

        if (known.Count > most)
        {
            known.Clear();
        }

        foreach (var id in missing)
        {
            known.TryAdd(id, found.GetValueOrDefault(id));
        }

        return found;
    }
}
