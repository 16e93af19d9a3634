using System.Data.Common;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Connections;

/// <summary>One connection, one writer at a time: everything that a process writes, checkpoints included, goes through it.</summary>
internal sealed class SingleWriterGate(Func<DbConnection> open) : IWriterGate
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private DbConnection? connection;
    private StatementCache? cache;
    private int isClosed;

    public async ValueTask<WriteTurn> EnterAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        return Take();
    }

    /// <summary>Waits for the one who writes, then closes. Can be repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isClosed, 1) == 0)
        {
            await turn.WaitAsync();
            Close();
            turn.Dispose();
        }
    }

    private WriteTurn Take()
    {
        try
        {
            Open();
            return new WriteTurn(connection!, cache, Leave);
        }
        catch
        {
            Close();
            turn.Release();
            throw;
        }
    }

    private ValueTask Leave(WriteTurn done)
    {
        if (done.IsBroken)
        {
            // A failed write or sync is never repeated on the same connection: what is in its memory may not be on the disk.
            Close();
            try
            {
                // Readers need a writer that holds the log open.
                Open();
            }
            catch (Exception error) when (error is DbException or IOException or StorageUnavailableException)
            {
                Close();
            }
        }

        turn.Release();
        return ValueTask.CompletedTask;
    }

    private void Open()
    {
        if (connection is null)
        {
            connection = open();
            cache = new StatementCache(connection);
        }
    }

    private void Close()
    {
        cache?.Dispose();
        connection?.Dispose();
        cache = null;
        connection = null;
    }
}
