using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.People;

public sealed partial class PeopleStore
{
    /// <summary>Creates the person that work of the same transaction names.</summary>
    /// <param name="name">Names the person; null for nobody, and then nothing more is done.</param>
    /// <param name="then">What follows when the person is there.</param>
    /// <exception cref="PeopleConflictException">The address is taken: all of it is undone.</exception>
    internal async Task<Person?> CreateWithinAsync(
        Func<ServiceDeskDb, CancellationToken, Task<NewPerson?>> name,
        Func<ServiceDeskDb, PersonId, CancellationToken, Task> then,
        CancellationToken cancellation
    )
    {
        try
        {
            var created = await database.WriteAsync<Person?>(
                async (db, stop) =>
                {
                    if (await name(db, stop) is not { } person)
                    {
                        return null;
                    }

                    var row = RowOf(person);
                    db.People.Add(row);
                    await db.SaveChangesAsync(stop);
                    await then(db, new PersonId(row.Id), stop);
                    return ToPerson(row);
                },
                cancellation
            );
            cache.Forget();
            return created;
        }
        catch (DbUpdateException error)
            when (error.InnerException is DbException inner && database.Dialect.IsUniqueViolation(inner))
        {
            throw new PeopleConflictException("email");
        }
    }
}
