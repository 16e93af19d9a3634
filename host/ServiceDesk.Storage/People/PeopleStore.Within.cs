using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Documents;

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

    /// <summary>Names a team or person otherwise in the transaction of work that names them.</summary>
    /// <param name="work">What is written with it; when it writes nothing, nobody is named otherwise.</param>
    /// <exception cref="PeopleConflictException">The name or address is taken: all of it is undone.</exception>
    /// <exception cref="NamedOtherwiseException">Somebody else changed it meanwhile: all of it is undone.</exception>
    internal async Task<DocumentWriteOutcome> NameWithinAsync(
        Naming naming,
        Func<ServiceDeskDb, CancellationToken, Task<DocumentWriteOutcome>> work,
        CancellationToken cancellation
    )
    {
        try
        {
            var outcome = await database.WriteAsync(
                async (db, stop) =>
                {
                    var written = await work(db, stop);
                    if (written.Written)
                    {
                        await NameAsync(db, naming, stop);
                        foreach (var queue in await db.OwnQueues.ToListAsync(stop))
                        {
                            queue.Query = naming.Own.Queries(queue.Query);
                        }

                        foreach (var macro in await db.OwnMacros.ToListAsync(stop))
                        {
                            macro.Document = naming.Own.Macros(macro.Document);
                        }

                        await db.SaveChangesAsync(stop);
                    }

                    return written;
                },
                cancellation
            );
            cache.Forget();
            return outcome;
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new NamedOtherwiseException();
        }
        catch (DbUpdateException error)
            when (error.InnerException is DbException inner && database.Dialect.IsUniqueViolation(inner))
        {
            throw new PeopleConflictException(naming is TeamNaming ? "name" : "email");
        }
    }

    private static async Task NameAsync(ServiceDeskDb db, Naming naming, CancellationToken cancellation)
    {
        switch (naming)
        {
            case TeamNaming team:
                var row = await db.Teams.FirstOrDefaultAsync(one => one.Id == team.Team.Value, cancellation);
                if (row?.Name != team.From)
                {
                    throw new NamedOtherwiseException();
                }

                row.Name = team.To;
                break;
            case PersonNaming person:
                var found = await Whole(db.People)
                    .FirstOrDefaultAsync(one => one.Id == person.Person.Value, cancellation);
                if (found is null || (found.Email ?? "") != person.From)
                {
                    throw new NamedOtherwiseException();
                }

                if (person.Change.Role is { } role && role != found.Role)
                {
                    await CheckRoleAsync(db, role, cancellation);
                }

                Apply(found, person.Change);
                if (!found.IsActive)
                {
                    await ForgetSearchesAsync(db, person.Person, cancellation);
                }

                break;
            default:
                throw new ArgumentException($"No such naming: {naming.GetType().Name}.", nameof(naming));
        }
    }
}

/// <summary>What was to be named otherwise is so already, or is gone.</summary>
internal sealed class NamedOtherwiseException() : Exception("The team or person is named otherwise by now.");
