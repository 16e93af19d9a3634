namespace ServiceDesk.Host.Pages;

/// <summary>Portal, workspace and administration.</summary>
public static class PagesStage
{
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapPages(this WebApplication app) => app;
}
