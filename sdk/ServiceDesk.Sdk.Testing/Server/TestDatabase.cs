using System.Security.Cryptography;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using ServiceDesk.Host;
using ServiceDesk.Storage;

namespace ServiceDesk.Sdk.Testing;

/// <summary>A database of a test's own: the embedded one in the data folder, or one on a server that the environment names.</summary>
internal sealed class TestDatabase(DatabaseProvider provider) : IAsyncDisposable
{
    private readonly string name = "sdt_" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    private readonly string server =
        provider == DatabaseProvider.Sqlite
            ? ""
            : ServerOf(provider)
                ?? throw new InvalidOperationException($"The environment names no server for {provider}.");

    /// <summary>The connection string that the environment gives; null without one.</summary>
    public static string? ServerOf(DatabaseProvider provider) =>
        provider switch
        {
            DatabaseProvider.PostgreSql => Environment.GetEnvironmentVariable(OnEveryDatabaseAttribute.PostgreSql),
            DatabaseProvider.SqlServer => Environment.GetEnvironmentVariable(OnEveryDatabaseAttribute.SqlServer),
            _ => null,
        };

    /// <summary>Makes it.</summary>
    public Task CreateAsync() => OnServerAsync(creator => creator.CreateAsync());

    /// <summary>The options with the connection to it.</summary>
    public HostOptions Put(HostOptions options) =>
        provider == DatabaseProvider.Sqlite ? options : options with { Database = provider, Connection = Connection() };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await OnServerAsync(creator => creator.DeleteAsync());

    private string Connection() =>
        provider == DatabaseProvider.PostgreSql
            ? new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString
            : new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString;

    private async Task OnServerAsync(Func<IRelationalDatabaseCreator, Task> work)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return;
        }

        var options = new DbContextOptionsBuilder();
        await using var context = new DbContext(
            provider == DatabaseProvider.PostgreSql
                ? options.UseNpgsql(Connection()).Options
                : options.UseSqlServer(Connection()).Options
        );
        await work(context.GetService<IRelationalDatabaseCreator>());
    }
}
