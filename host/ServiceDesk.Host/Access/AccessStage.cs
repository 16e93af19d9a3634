namespace ServiceDesk.Host.Access;

/// <summary>Sign-in, tokens, permissions and the viewer of a request.</summary>
public static class AccessStage
{
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder) => builder;

    public static WebApplication UseAccess(this WebApplication app) => app;
}
