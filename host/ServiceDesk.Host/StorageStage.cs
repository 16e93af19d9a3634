namespace ServiceDesk.Host;

/// <summary>The database: provider, migrations, stores.</summary>
public static class StorageStage
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder) => builder;
}
