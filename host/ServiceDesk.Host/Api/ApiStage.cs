namespace ServiceDesk.Host.Api;

/// <summary>REST.</summary>
public static class ApiStage
{
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapApi(this WebApplication app) => app;
}
