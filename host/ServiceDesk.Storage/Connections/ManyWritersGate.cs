using System.Data.Common;

namespace ServiceDesk.Storage.Connections;

/// <summary>A connection of the driver's pool for each who writes.</summary>
internal sealed class ManyWritersGate(Func<DbConnection> create) : IWriterGate
{
    public async ValueTask<WriteTurn> EnterAsync(CancellationToken cancellation)
    {
        var connection = create();
        try
        {
            await connection.OpenAsync(cancellation);
            return new WriteTurn(connection, null, done => done.Connection.DisposeAsync());
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
