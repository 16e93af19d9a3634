using ServiceDesk.Core.Configuration.Names;
using ServiceDesk.Host.Pages.Staffing;
using ServiceDesk.Host.Upkeep;

namespace ServiceDesk.Host.Intake.Staffing;

/// <summary>Who works on desks, and who is invited.</summary>
public static class StaffingStage
{
    /// <summary>Registers it.</summary>
    public static WebApplicationBuilder AddStaffing(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<PublicLinks>();
        services.AddSingleton<DeskStaff>();
        services.AddSingleton<NameChanges>();
        services.AddSingleton<Renames>();
        services.AddScoped<InvitationDoor>();
        services.AddScoped<InvitationForms>();
        services.AddSingleton<IUpkeepTask, ForgetInvitations>();
        return builder;
    }
}
