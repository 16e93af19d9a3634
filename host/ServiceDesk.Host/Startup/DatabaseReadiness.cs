using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Host.Startup;

/// <summary>The database answers, and has the product's tables.</summary>
internal sealed class DatabaseReadiness(IDatabase database) : IReadiness
{
    public async ValueTask<bool> IsReadyAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await db.LogHead.AnyAsync(cancellation);
    }
}
