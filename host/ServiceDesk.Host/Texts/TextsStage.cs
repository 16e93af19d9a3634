namespace ServiceDesk.Host.Texts;

/// <summary>Sentences and languages.</summary>
public static class TextsStage
{
    public static WebApplicationBuilder AddTexts(this WebApplicationBuilder builder) => builder;

    public static WebApplication UseTexts(this WebApplication app) => app;
}
