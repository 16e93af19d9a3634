using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;

namespace ServiceDesk.Host.Intake.Macros;

/// <summary>Macros.</summary>
public static class MacrosStage
{
    /// <summary>Registers what finds, checks, plans and applies macros.</summary>
    internal static void AddMacros(this IServiceCollection services)
    {
        services.AddSingleton<MacroCheck>();
        services.AddSingleton<IDocumentCheck>(provider => provider.GetRequiredService<MacroCheck>());
        services.AddSingleton<MacroDoor>();
        services.AddSingleton<MacroRuns>();
    }
}
