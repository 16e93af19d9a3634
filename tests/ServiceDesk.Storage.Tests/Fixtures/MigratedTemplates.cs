using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Tests.Fixtures;

/// <summary>Databases that are migrated once a run and then copied, since that is much faster.</summary>
internal static class MigratedTemplates
{
    private static readonly Lazy<Task<byte[]>> Sqlite = new(MigrateSqliteAsync);
    private static readonly Lazy<Task<string>> PostgreSql = new(MigratePostgreSqlAsync);

    /// <summary>Puts a migrated database in place.</summary>
    public static async Task CopySqliteAsync(string file) => await File.WriteAllBytesAsync(file, await Sqlite.Value);

    /// <summary>The name of a migrated database that nobody is connected to.</summary>
    public static Task<string> PostgreSqlAsync() => PostgreSql.Value;

    private static async Task<byte[]> MigrateSqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("servicedesk-test-").FullName;
        var options = new StorageOptions { Provider = DatabaseProvider.Sqlite, DataFolder = folder };
        await MigrateAsync(options);
        var bytes = await File.ReadAllBytesAsync(options.SqliteFile);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    private static async Task<string> MigratePostgreSqlAsync()
    {
        var name = "sdt_template_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var (connection, drop) = await DatabaseUnderTest.PostgreSqlAsync(name, template: null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.Run(drop).GetAwaiter().GetResult();
        await MigrateAsync(
            new StorageOptions
            {
                Provider = DatabaseProvider.PostgreSql,
                Connection = connection + ";Pooling=false",
                DataFolder = Path.GetTempPath(),
            }
        );
        return name;
    }

    private static async Task MigrateAsync(StorageOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IClock, HandClock>();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddServiceDeskStorage(options);
        await using var node = services.BuildServiceProvider();
        await node.GetRequiredService<Database>().MigrateAsync();
    }
}
