using ServiceDesk.Host.Startup;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>The believable company of <c>--demo</c>.</summary>
public static class DemoStage
{
    /// <summary>Registers the filling of an empty installation, in demo mode alone.</summary>
    public static WebApplicationBuilder AddDemo(this WebApplicationBuilder builder)
    {
        if (builder.HostOptions().Demo)
        {
            builder.Services.AddSingleton<DemoFilling>();
            builder.Services.AddSingleton<IStartupStep>(services => services.GetRequiredService<DemoFilling>());
            builder.Services.AddHostedService<DemoTelling>();
        }

        return builder;
    }
}
