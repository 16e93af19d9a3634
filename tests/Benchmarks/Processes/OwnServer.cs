using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using ServiceDesk.Host;
using ServiceDesk.Host.Startup;
using ServiceDesk.Storage;

namespace ServiceDesk.Benchmarks.Processes;

/// <summary>A server in this process with nothing in the background, on a new database: a folder, or on PostgreSQL one that goes with it.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly string? postgres;
    private readonly string name = "servicedesk_benchmark_" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    private OwnServer(string? postgres) => this.postgres = postgres;

    public WebApplication App { get; private set; } = null!;

    /// <summary>What results are told of.</summary>
    public string Database => postgres is null ? "SQLite" : "PostgreSQL";

    /// <summary>Makes the database and brings tables and documents.</summary>
    /// <param name="folder">Where the data lies, or what a database does not take.</param>
    /// <param name="postgres">The connection string of a superuser; null for SQLite.</param>
    public static async Task<OwnServer> StartAsync(string folder, string? postgres)
    {
        var server = new OwnServer(postgres);
        await server.ExecuteAsync($"CREATE DATABASE {server.name}");
        server.App = Server.Build(
            new HostOptions
            {
                DataFolder = Path.Combine(folder, server.name),
                Database = postgres is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
                Connection = postgres is null
                    ? null
                    : new NpgsqlConnectionStringBuilder(postgres) { Database = server.name }.ToString(),
                Urls = ["http://127.0.0.1:0"],
                PluginFolder = Programs.PluginFolder,
                Node = "benchmark",
                LogLevel = "error",
            },
            TextWriter.Null
        );
        await server.App.PrepareAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private async Task ExecuteAsync(string sql)
    {
        if (postgres is null)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
