using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Dialects;

namespace ServiceDesk.Storage.Connections;

/// <summary>
/// The database. <see cref="IDbContextFactory{TContext}.CreateDbContext"/> gives a context for reading; its <c>SaveChanges</c>
/// works too and takes its turn at the writer. On SQLite everything else that writes (<c>ExecuteUpdate</c>, raw SQL, a
/// transaction of several steps) must run in <see cref="WriteAsync{T}"/>, since only one connection may write.
/// </summary>
public interface IDatabase : IDbContextFactory<ServiceDeskDb>
{
    // Work that adds several rows can meet another one at each of them.
    private const int MostTurns = 100;

    /// <summary>The questions that databases answer differently.</summary>
    Dialect Dialect { get; }

    /// <summary>Runs <paramref name="work"/> in one transaction on the writer, and commits it durably. What it throws rolls back.</summary>
    /// <exception cref="StorageUnavailableException">The database could not be reached or did not take it.</exception>
    Task<T> WriteAsync<T>(
        Func<ServiceDeskDb, CancellationToken, Task<T>> work,
        CancellationToken cancellation = default
    );

    /// <inheritdoc cref="WriteAsync{T}"/>
    Task WriteAsync(Func<ServiceDeskDb, CancellationToken, Task> work, CancellationToken cancellation = default) =>
        WriteAsync(
            async (db, token) =>
            {
                await work(db, token);
                return true;
            },
            cancellation
        );

    /// <summary>
    /// Like <see cref="WriteAsync{T}"/>, for work that adds a row only when it is not there yet: when somebody else adds the same
    /// row at the same moment, the work runs again and finds it there.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database could not be reached or did not take it.</exception>
    async Task<T> EnsureAsync<T>(
        Func<ServiceDeskDb, CancellationToken, Task<T>> work,
        CancellationToken cancellation = default
    )
    {
        for (var turn = 1; ; turn++)
        {
            try
            {
                return await WriteAsync(work, cancellation);
            }
            catch (Exception error)
                when (turn < MostTurns && Database.Cause(error) is { } inner && Dialect.IsUniqueViolation(inner))
            {
                // The other one has committed: the next turn sees its row.
            }
        }
    }
}
