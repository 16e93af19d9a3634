using System.Data.Common;

namespace ServiceDesk.Storage.Connections;

/// <summary>One connection, one writer at a time: everything that a process writes, checkpoints included, goes through it.</summary>
internal sealed class SingleWriterGate(Func<DbConnection> open) : IWriterGate
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private DbConnection? connection;
    private StatementCache? cache;

    public async ValueTask<WriteTurn> EnterAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        return Take();
    }

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        Close();
        turn.Dispose();
    }

    private WriteTurn Take()
    {
        try
        {
            if (connection is null)
            {
                connection = open();
                cache = new StatementCache(connection);
            }

            return new WriteTurn(connection, cache, Leave);
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
        }

        turn.Release();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        cache?.Dispose();
        connection?.Dispose();
        cache = null;
        connection = null;
    }
}
