using ServiceDesk.Host.Pages.Duty;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Duty;

/// <summary>Who works when.</summary>
public static class DutyStage
{
    /// <summary>Registers it.</summary>
    public static WebApplicationBuilder AddDuty(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Rosters>();
        services.AddSingleton<IDuty>(provider => provider.GetRequiredService<Rosters>());
        services.AddSingleton<WorkForms>();
        services.AddSingleton<AbsenceForms>();
        services.AddSingleton<DutyWords>();
        services.AddSingleton<EscalationForms>();
        return builder;
    }
}
