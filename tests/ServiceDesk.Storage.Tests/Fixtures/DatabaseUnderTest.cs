using System.Security.Cryptography;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Tests.Fixtures;

/// <summary>A fresh, migrated database with all stores, as one node has them. Goes away when disposed.</summary>
public sealed class DatabaseUnderTest : IAsyncDisposable
{
    private readonly List<ServiceProvider> nodes = [];
    private readonly Action<IServiceCollection>? configure;
    private readonly Func<Task> drop;

    private DatabaseUnderTest(StorageOptions options, Action<IServiceCollection>? configure, Func<Task> drop)
    {
        Options = options;
        this.configure = configure;
        this.drop = drop;
        Services = Node();
    }

    public StorageOptions Options { get; }

    /// <summary>The first node's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The clock of every node.</summary>
    public HandClock Clock { get; } = new();

    public IDatabase Database => Get<IDatabase>();

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Creates a database.</summary>
    /// <param name="configure">Further services of each node.</param>
    public static async Task<DatabaseUnderTest> CreateAsync(
        DatabaseProvider provider,
        Action<IServiceCollection>? configure = null,
        bool filesInDatabase = false
    )
    {
        var name = "sdt_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        var folder = Directory.CreateTempSubdirectory("servicedesk-test-").FullName;
        var (connection, drop) = provider switch
        {
            DatabaseProvider.PostgreSql => await PostgreSqlAsync(name, await MigratedTemplates.PostgreSqlAsync()),
            DatabaseProvider.SqlServer => await SqlServerAsync(name),
            _ => ((string?)null, new Func<Task>(() => Task.CompletedTask)),
        };
        var options = new StorageOptions
        {
            Provider = provider,
            Connection = connection,
            DataFolder = folder,
            FilesInDatabase = filesInDatabase,
        };
        var database = new DatabaseUnderTest(
            options,
            configure,
            async () =>
            {
                await drop();
                Directory.Delete(folder, recursive: true);
            }
        );
        if (provider == DatabaseProvider.SqlServer)
        {
            await database.Get<Database>().MigrateAsync();
        }
        else if (provider == DatabaseProvider.Sqlite)
        {
            await MigratedTemplates.CopySqliteAsync(options.SqliteFile);
        }

        // From here on the writer is open, as after a start.
        await (await database.Get<IWriterGate>().EnterAsync(CancellationToken.None)).DisposeAsync();
        return database;
    }

    /// <summary>Another node on the same database, with connections and memory of its own.</summary>
    /// <param name="adjust">Changes how it reaches the database.</param>
    public ServiceProvider Node(Func<StorageOptions, StorageOptions>? adjust = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IClock>(_ => Clock);
        services.AddSingleton<TimeProvider>(_ => Clock);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddServiceDeskStorage(adjust?.Invoke(Options) ?? Options);
        configure?.Invoke(services);
        var node = services.BuildServiceProvider();
        nodes.Add(node);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        ClearReaders();

        await drop();
    }

    private void ClearReaders()
    {
        if (Options.Provider == DatabaseProvider.Sqlite)
        {
            using var reader = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = Options.SqliteFile,
                    Mode = SqliteOpenMode.ReadOnly,
                    DefaultTimeout = 30,
                }.ToString()
            );
            SqliteConnection.ClearPool(reader);
        }
    }

    internal static async Task<(string?, Func<Task>)> PostgreSqlAsync(string name, string? template)
    {
        var server = Environment.GetEnvironmentVariable(OnPostgreSqlAttribute.Variable);
        await RunAsync($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString();
        return (
            connection,
            async () =>
            {
                await using var pool = new NpgsqlConnection(connection);
                NpgsqlConnection.ClearPool(pool);
                await RunAsync($"DROP DATABASE {name} WITH (FORCE)");
            }
        );

        async Task RunAsync(string sql)
        {
            await using var admin = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString()
            );
            await admin.OpenAsync();
            await using var command = new NpgsqlCommand(sql, admin);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<(string?, Func<Task>)> SqlServerAsync(string name)
    {
        var server = Environment.GetEnvironmentVariable(OnSqlServerAttribute.Variable);
        await RunAsync($"CREATE DATABASE {name}");
        var connection = new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ToString();
        return (
            connection,
            async () =>
            {
                SqlConnection.ClearAllPools();
                await RunAsync($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}");
            }
        );

        async Task RunAsync(string sql)
        {
            await using var admin = new SqlConnection(server);
            await admin.OpenAsync();
            await using var command = new SqlCommand(sql, admin);
            await command.ExecuteNonQueryAsync();
        }
    }
}
