namespace ServiceDesk.Host.Upkeep;

/// <summary>What is tidied once a day.</summary>
public static class UpkeepStage
{
    public static WebApplicationBuilder AddUpkeep(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IUpkeepTask, FillInitials>();
        builder.Services.AddSingleton<IUpkeepTask, RebuildRows>();
        builder.Services.AddSingleton<IUpkeepTask, FillChanges>();
        builder.Services.AddSingleton<IUpkeepTask, ForgetKeys>();
        builder.Services.AddSingleton<IUpkeepTask, ForgetDrafts>();
        builder.Services.AddSingleton<IUpkeepTask, CleanUpFiles>();
        builder.Services.AddSingleton<IUpkeepTask, FinishRedactions>();
        builder.Services.AddSingleton<UpkeepRounds>();
        builder.Services.AddHostedService<RedactionWork>();
        builder.Services.AddHostedService(services => services.GetRequiredService<UpkeepRounds>());
        return builder;
    }
}
