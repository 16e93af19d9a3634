using ServiceDesk.Host.Api.Bulk;
using ServiceDesk.Host.Pages.Bulk;
using ServiceDesk.Host.Upkeep;

namespace ServiceDesk.Host.Intake.Bulk;

/// <summary>The same change for many tickets.</summary>
public static class BulkStage
{
    public static WebApplicationBuilder AddBulk(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<BulkSignal>();
        services.AddSingleton<BulkTurns>();
        services.AddSingleton<BulkWork>();
        services.AddSingleton<BulkDoor>();
        services.AddSingleton<BulkJob>();
        services.AddHostedService(provider => provider.GetRequiredService<BulkJob>());
        services.AddSingleton<IUpkeepTask, ForgetBulkRuns>();
        services.AddScoped<BulkWords>();
        services.AddScoped<BulkForms>();
        services.AddScoped<BulkAnswers>();
        services.AddScoped<BulkReader>();
        return builder;
    }
}
