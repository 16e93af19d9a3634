using ServiceDesk.Host.Pages.Administration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Pages.Sla.Reports;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Host.Sla.Forecasts;
using ServiceDesk.Host.Sla.Integrity;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Host.Upkeep;

namespace ServiceDesk.Host.Sla;

/// <summary>Drafts of SLA documents: tried on past tickets, and brought to running clocks.</summary>
public static class SlaTrialsStage
{
    public static WebApplicationBuilder AddSlaTrials(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<BacktestRunner>();
        services.AddSingleton<BacktestLedgers>();
        services.AddSingleton<Backtests.Backtests>();
        services.AddSingleton<BacktestPublication>();
        services.AddHostedService<BacktestJob>();
        services.AddSingleton<IUpkeepTask, ForgetBacktests>();
        services.AddSingleton<ChangeoverSignal>();
        services.AddSingleton<ChangeoverOfTicket>();
        services.AddSingleton<ChangeoverJob>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeoverJob>());
        services.AddSingleton<SlaDrafts>();
        services.AddSingleton<SlaPreview>();
        services.AddSingleton<CustomerClocks>();
        services.AddSingleton<PauseIntegrity>();
        services.AddSingleton<SlaCorrections>();
        services.AddSingleton<ForecastPaces>();
        services.AddSingleton<SlaForecasts>();
        services.AddSingleton<ForecastReading>();
        services.AddSingleton<PromiseUpkeep>();
        services.AddSingleton<PromiseJob>();
        services.AddHostedService(provider => provider.GetRequiredService<PromiseJob>());
        services.AddSingleton<PromiseReports>();
        services.AddSingleton<Statements>();
        services.AddScoped<PromiseWords>();
        services.AddScoped<BacktestWords>();
        services.AddScoped<ForecastWords>();
        services.AddScoped<BacktestClocks>();
        return builder;
    }
}
