using System.Reflection;
using Npgsql;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Storage;
using Xunit.Sdk;

namespace ServiceDesk.Crm.Tests;

/// <summary>Runs a theory on SQLite, and on the PostgreSQL server that the environment names. CI names one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    /// <summary>The environment variable with the connection string of a superuser.</summary>
    public const string PostgreSql = "SERVICEDESK_TEST_POSTGRES";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Environment.GetEnvironmentVariable(PostgreSql) is null
            ?
            [
                [DatabaseProvider.Sqlite],
            ]
            :
            [
                [DatabaseProvider.Sqlite],
                [DatabaseProvider.PostgreSql],
            ];
}

/// <summary>A database of a test's own.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private readonly string? server;
    private readonly string name =
        "crm_" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(12, lowercase: true);

    private OwnDatabase(string? server) => this.server = server;

    public ServerSetup? Setup =>
        server is null
            ? null
            : new ServerSetup
            {
                Options = options =>
                    options with
                    {
                        Database = DatabaseProvider.PostgreSql,
                        Connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString,
                    },
            };

    public static async Task<OwnDatabase> CreateAsync(DatabaseProvider provider)
    {
        var made = new OwnDatabase(
            provider == DatabaseProvider.PostgreSql
                ? Environment.GetEnvironmentVariable(OnBothDatabasesAttribute.PostgreSql)
                : null
        );
        await made.ExecuteAsync($"CREATE DATABASE {made.name}");
        return made;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private async Task ExecuteAsync(string sql)
    {
        if (server is null)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
