namespace ServiceDesk.Host.Reactions;

/// <summary>Timers and reactions that work in the background.</summary>
public static class ReactionsStage
{
    public static WebApplicationBuilder AddReactions(this WebApplicationBuilder builder) => builder;
}
