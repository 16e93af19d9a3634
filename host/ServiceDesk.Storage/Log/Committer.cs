using System.Data.Common;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Log;

/// <summary>
/// Writes the commits that wait at the same moment in one transaction. One loop for the process: on every database the log's
/// head lets only one transaction at a time through anyway.
/// </summary>
internal sealed class Committer : IAsyncDisposable
{
    private readonly Database database;
    private readonly Gathered<PreparedCommit, CommitOutcome> writes;

    public Committer(Database database)
    {
        this.database = database;
        writes = new(RunAsync, IsOnesOwn, commit => commit.Bytes);
    }

    /// <summary>Waits until the commit is durable, or known not to be made.</summary>
    public Task<CommitOutcome> CommitAsync(PreparedCommit commit, CancellationToken cancellation) =>
        writes.DoAsync(commit, cancellation);

    /// <summary>Writes what waits, then ends.</summary>
    public ValueTask DisposeAsync() => writes.DisposeAsync();

    private async Task<IReadOnlyList<CommitOutcome>> RunAsync(IReadOnlyList<PreparedCommit> batch)
    {
        await using var turn = await database.Gate.EnterAsync(CancellationToken.None);
        try
        {
            return await new CommitBatch(database.Dialect, batch).RunAsync(turn);
        }
        catch (Exception error) when (!IsOnesOwn(error))
        {
            turn.IsBroken = true;
            throw;
        }
    }

    private bool IsOnesOwn(Exception error) =>
        error switch
        {
            DbException fault => database.Dialect.IsFaultOfData(fault),
            CommitUnknownException or IOException or TimeoutException or StorageUnavailableException => false,
            _ => true,
        };
}
