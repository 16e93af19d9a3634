using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Sdk.Data;

/// <summary>How the server lends its database. For <see cref="IPluginTables{TContext}"/>; a plugin has no need of it.</summary>
public interface IPluginDatabase
{
    /// <summary>Lets a context read with connections of its own.</summary>
    void ConfigureReading(DbContextOptionsBuilder options);

    /// <summary>Runs work on the writer's connection and transaction, and commits.</summary>
    Task<T> WriteAsync<T>(
        Func<LentConnection, CancellationToken, Task<T>> work,
        CancellationToken cancellation = default
    );
}

/// <summary>The writer's connection for the length of one transaction.</summary>
/// <param name="Transaction">The open transaction.</param>
/// <param name="Configure">Lets a context use the connection.</param>
public sealed record LentConnection(DbTransaction Transaction, Action<DbContextOptionsBuilder> Configure);
