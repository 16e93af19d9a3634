using ServiceDesk.Host.Startup;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Host;

/// <summary>The database: provider, migrations, stores.</summary>
public static class StorageStage
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        builder.Services.AddServiceDeskStorage(builder.HostOptions().Storage);
        builder.Services.AddSingleton<IStartupStep, MigrateDatabase>();
        return builder;
    }

    private sealed class MigrateDatabase(Database database) : IStartupStep
    {
        public int Order => StartupOrder.Storage;

        public Task RunAsync(CancellationToken cancellation) => database.MigrateAsync(cancellation);
    }
}
