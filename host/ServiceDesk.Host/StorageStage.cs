using ServiceDesk.Host.Startup;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Host;

/// <summary>The database: provider, migrations, stores.</summary>
public static class StorageStage
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        var options = builder.HostOptions();
        builder.Services.AddServiceDeskStorage(
            new StorageOptions
            {
                Provider = (DatabaseProvider)options.Database,
                Connection = options.Connection,
                DataFolder = options.DataFolder,
            }
        );
        builder.Services.AddSingleton<IStartupStep, MigrateDatabase>();
        return builder;
    }

    private sealed class MigrateDatabase(Database database) : IStartupStep
    {
        public int Order => StartupOrder.Storage;

        public Task RunAsync(CancellationToken cancellation) => database.MigrateAsync(cancellation);
    }
}
