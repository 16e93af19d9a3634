using System.Security.Cryptography;
using Npgsql;
using ServiceDesk.Storage;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>A database of a test's own: on PostgreSQL one that is dropped at the end, on SQLite what lies in the data folder.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? name;

    private TestDatabase(string? name, string? connection)
    {
        this.name = name;
        Connection = connection;
    }

    /// <summary>What leads to it; null on SQLite.</summary>
    public string? Connection { get; }

    private static string? Server => Environment.GetEnvironmentVariable(OnBothDatabasesAttribute.PostgreSql);

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        if (provider != DatabaseProvider.PostgreSql)
        {
            return new TestDatabase(null, null);
        }

        var made = "sdh_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        await ExecuteAsync($"CREATE DATABASE {made}");
        return new TestDatabase(made, new NpgsqlConnectionStringBuilder(Server) { Database = made }.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (name is not null)
        {
            await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
