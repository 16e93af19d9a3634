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
        await LoadAsync(
            known.People,
            [.. ids.Select(id => id.Value).Distinct()],
            async (db, missing) =>
                (
                    await Whole(db.People.AsNoTracking().Where(r => missing.Contains(r.Id))).ToListAsync(cancellation)
                ).ConvertAll(row => (row.Id, ToPerson(row)))
        );
        var found = new Dictionary<PersonId, Person>();
        foreach (var id in ids)
        {
            if (known.People.GetValueOrDefault(id.Value) is { } person)
            {
                found[id] = person;
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async ValueTask<Organization?> FindOrganizationAsync(
        OrganizationId id,
        CancellationToken cancellation = default
    )
    {
        var known = await cache.CurrentAsync(cancellation);
        await LoadAsync(
            known.Organizations,
            [id.Value],
            async (db, missing) =>
                (
                    await db.Organizations.AsNoTracking().Where(r => missing.Contains(r.Id)).ToListAsync(cancellation)
                ).ConvertAll(row => (row.Id, ToOrganization(row)))
        );
        return known.Organizations.GetValueOrDefault(id.Value);
    }

    /// <inheritdoc/>
    public async ValueTask<Team?> FindTeamAsync(TeamId id, CancellationToken cancellation = default)
    {
        var known = await cache.CurrentAsync(cancellation);
        await LoadAsync(
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
        return known.Teams.GetValueOrDefault(id.Value);
    }

    private async Task LoadAsync<T>(
        ConcurrentDictionary<long, T?> known,
        long[] ids,
        Func<ServiceDeskDb, long[], Task<List<(long Id, T Value)>>> read
    )
        where T : class
    {
        // Beyond this size what was asked for long ago makes room.
        const int most = 50_000;
        var missing = ids.Where(id => !known.ContainsKey(id)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        if (known.Count > most)
        {
            known.Clear();
            missing = ids;
        }

        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() => read(db, missing));
        foreach (var id in missing)
        {
            known[id] = null;
        }

        foreach (var (id, value) in rows)
        {
            known[id] = value;
        }
    }
}
