using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Host.Cli.Control;
using ServiceDesk.Host.Cli.Verification;
using ServiceDesk.Host.Intake.ServiceNow;

namespace ServiceDesk.Host.Cli;

/// <summary>The commands of the command line, run in a server or without one.</summary>
public static class CommandsStage
{
    public static WebApplicationBuilder AddCommands(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CommandRunner>();
        services.AddHostedService<ControlServer>();
        services.AddScoped<IHostCommand, CreateUser>();
        services.AddScoped<IHostCommand, CreateToken>();
        services.AddScoped<IHostCommand, ExportConfiguration>();
        services.AddScoped<IHostCommand, ImportConfiguration>();
        services.AddScoped<IHostCommand, ImportServiceNow>();
        services.AddScoped<IHostCommand, Verify>();
        return builder;
    }
}
