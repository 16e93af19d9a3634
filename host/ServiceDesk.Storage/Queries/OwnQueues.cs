using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries;

/// <inheritdoc cref="IOwnQueues"/>
public sealed class OwnQueues(IDatabase database) : IOwnQueues
{
    // No name of a column has one.
    private const char Between = ',';

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OwnQueue>> SeenByAsync(Person person, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            Seen(db, person)
                .OrderBy(row => row.TeamId == null ? 0 : 1)
                .ThenBy(row => row.TeamId)
                .ThenBy(row => row.Place)
                .ThenBy(row => row.Id)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToQueue)];
    }

    /// <inheritdoc/>
    public async Task<OwnQueue?> FindAsync(Person person, long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var found = await Reading.AvailableAsync(() =>
            Seen(db, person).FirstOrDefaultAsync(row => row.Id == id, cancellation)
        );
        return found is null ? null : ToQueue(found);
    }

    /// <inheritdoc/>
    public Task<long?> AddAsync(PersonId person, OwnQueueText text, CancellationToken cancellation = default) =>
        database.WriteAsync<long?>(
            async (db, token) =>
            {
                if (await db.OwnQueues.CountAsync(row => row.PersonId == person.Value, token) >= IOwnQueues.Most)
                {
                    return null;
                }

                var row = new OwnQueueRow { PersonId = person.Value, TeamId = text.Team?.Value };
                row.Place = await EndAsync(db, row, token);
                Write(row, text);
                db.OwnQueues.Add(row);
                await db.SaveChangesAsync(token);
                return row.Id;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<OwnQueueChange> ChangeAsync(
        long id,
        OwnQueueText text,
        int? version = null,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.OwnQueues.FirstOrDefaultAsync(one => one.Id == id, token);
                if (row is null)
                {
                    return OwnQueueChange.Gone;
                }

                var seen = row.Version ?? 0;
                if (version is { } expected && expected != seen)
                {
                    return OwnQueueChange.Stale;
                }

                if (row.TeamId != text.Team?.Value)
                {
                    row.TeamId = text.Team?.Value;
                    row.Place = await EndAsync(db, row, token);
                }

                Write(row, text);
                row.Version = seen + 1;
                try
                {
                    await db.SaveChangesAsync(token);
                    return OwnQueueChange.Changed;
                }
                catch (DbUpdateConcurrencyException)
                {
                    return OwnQueueChange.Stale;
                }
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task RemoveAsync(long id, CancellationToken cancellation = default) =>
        database.WriteAsync(
            (db, token) => db.OwnQueues.Where(row => row.Id == id).ExecuteDeleteAsync(token),
            cancellation
        );

    /// <inheritdoc/>
    public Task MoveAsync(long id, bool up, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var moved = await db.OwnQueues.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, token);
                if (moved is null)
                {
                    return 0;
                }

                var rows = await Beside(db, moved)
                    .AsNoTracking()
                    .OrderBy(row => row.Place)
                    .ThenBy(row => row.Id)
                    .ToListAsync(token);
                var at = rows.FindIndex(row => row.Id == id);
                var other = up ? at - 1 : at + 1;
                if (other >= 0 && other < rows.Count)
                {
                    (rows[at], rows[other]) = (rows[other], rows[at]);
                }

                // Places alone, whatever else is changed of them meanwhile; in the order of their numbers, as others do it.
                var changed = 0;
                foreach (
                    var (place, row) in rows.Index()
                        .Where(one => one.Item.Place != one.Index)
                        .OrderBy(one => one.Item.Id)
                )
                {
                    changed += await db
                        .OwnQueues.Where(one => one.Id == row.Id)
                        .ExecuteUpdateAsync(set => set.SetProperty(one => one.Place, place), token);
                }

                return changed;
            },
            cancellation
        );

    private static IQueryable<OwnQueueRow> Seen(ServiceDeskDb db, Person person)
    {
        var id = person.Id.Value;
        var teams = person.Teams.Select(team => (long?)team.Value).ToArray();
        return db
            .OwnQueues.AsNoTracking()
            .Where(row => (row.TeamId == null && row.PersonId == id) || teams.Contains(row.TeamId));
    }

    private static IQueryable<OwnQueueRow> Beside(ServiceDeskDb db, OwnQueueRow row) =>
        row.TeamId is { } team
            ? db.OwnQueues.Where(other => other.TeamId == team)
            : db.OwnQueues.Where(other => other.TeamId == null && other.PersonId == row.PersonId);

    private static async Task<int> EndAsync(ServiceDeskDb db, OwnQueueRow row, CancellationToken cancellation) =>
        (
            await Beside(db, row).Where(other => other.Id != row.Id).MaxAsync(other => (int?)other.Place, cancellation)
            ?? -1
        ) + 1;

    private static void Write(OwnQueueRow row, OwnQueueText text) =>
        (row.Name, row.Query, row.Grouping, row.Rows, row.Columns) = (
            text.Name,
            text.Query,
            text.Grouping,
            text.Rows,
            text.Columns.Count == 0 ? null : string.Join(Between, text.Columns)
        );

    private static OwnQueue ToQueue(OwnQueueRow row) =>
        new(
            row.Id,
            new PersonId(row.PersonId),
            new OwnQueueText(
                row.Name,
                row.Query,
                row.TeamId is { } team ? new TeamId(team) : null,
                row.Grouping,
                row.Rows
            )
            {
                Columns = row.Columns is null ? [] : row.Columns.Split(Between).ToValueList(),
            },
            row.Version ?? 0
        );
}
