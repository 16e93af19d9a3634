namespace ServiceDesk.Host.Configuration;

/// <summary>The configuration documents and their snapshot.</summary>
public static class ConfigurationStage
{
    public static WebApplicationBuilder AddConfigurationDocuments(this WebApplicationBuilder builder) => builder;
}
