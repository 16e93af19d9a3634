using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host;
using ServiceDesk.Storage;
using IDatabase = ServiceDesk.Storage.Connections.IDatabase;

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

    // Both servers call it so.
    private string Connection() =>
        new DbConnectionStringBuilder { ConnectionString = server, ["Database"] = name }.ConnectionString;

    private async Task OnServerAsync(Func<IRelationalDatabaseCreator, Task> work)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return;
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new ManualClock());
        services.AddSingleton<IClock>(new ManualClock());
        services.AddServiceDeskStorage(
            new StorageOptions
            {
                Provider = provider,
                Connection = Connection(),
                DataFolder = "",
            }
        );
        await using var storage = services.BuildServiceProvider();
        await using var context = storage.GetRequiredService<IDatabase>().CreateDbContext();
        await work(context.GetService<IRelationalDatabaseCreator>());
    }
}
