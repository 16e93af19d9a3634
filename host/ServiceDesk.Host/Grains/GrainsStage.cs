namespace ServiceDesk.Host.Grains;

/// <summary>The in-process host of ticket grains.</summary>
public static class GrainsStage
{
    public static WebApplicationBuilder AddGrains(this WebApplicationBuilder builder) => builder;
}
