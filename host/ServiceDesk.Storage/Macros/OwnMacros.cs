using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Macros;

/// <inheritdoc cref="IOwnMacros"/>
public sealed class OwnMacros(IDatabase database) : IOwnMacros
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<OwnMacro>> OfAsync(PersonId person, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            Of(db, person)
                .OrderBy(row => row.Place)
                .ThenBy(row => row.Id)
                .Select(row => new OwnMacro(row.Id, row.Document))
                .ToListAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public async Task<OwnMacro?> FindAsync(PersonId person, long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            Of(db, person)
                .Where(row => row.Id == id)
                .Select(row => new OwnMacro(row.Id, row.Document))
                .FirstOrDefaultAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public Task<long?> AddAsync(PersonId person, string document, CancellationToken cancellation = default) =>
        database.WriteAsync<long?>(
            async (db, token) =>
            {
                var own = Of(db, person);
                if (await own.CountAsync(token) >= IOwnMacros.Most)
                {
                    return null;
                }

                var last = await own.MaxAsync(row => (int?)row.Place, token) ?? -1;
                var row = new OwnMacroRow
                {
                    PersonId = person.Value,
                    Document = document,
                    Place = last + 1,
                };
                db.OwnMacros.Add(row);
                await db.SaveChangesAsync(token);
                return row.Id;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> ChangeAsync(
        PersonId person,
        long id,
        string document,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            async (db, token) =>
                await Of(db, person)
                    .Where(row => row.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Document, document), token) > 0,
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(PersonId person, long id, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, token) => await Of(db, person).Where(row => row.Id == id).ExecuteDeleteAsync(token) > 0,
            cancellation
        );

    private static IQueryable<OwnMacroRow> Of(ServiceDeskDb db, PersonId person)
    {
        var who = person.Value;
        return db.OwnMacros.Where(row => row.PersonId == who);
    }
}
