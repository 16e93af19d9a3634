using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.SqlClient;
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
    public Task CreateAsync() => ExecuteAsync($"CREATE DATABASE {name}");

    /// <summary>The options with the connection to it.</summary>
    public HostOptions Put(HostOptions options) =>
        provider == DatabaseProvider.Sqlite ? options : options with { Database = provider, Connection = Connection() };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await ExecuteAsync(
            provider == DatabaseProvider.PostgreSql
                ? $"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
                : $"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}"
        );

    private string Connection() =>
        provider == DatabaseProvider.PostgreSql
            ? new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString
            : new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return;
        }

        await using DbConnection connection =
            provider == DatabaseProvider.PostgreSql ? new NpgsqlConnection(server) : new SqlConnection(server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
