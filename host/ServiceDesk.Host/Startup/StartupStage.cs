using NodaTime;
using ServiceDesk.Host.Startup.Setup;

namespace ServiceDesk.Host.Startup;

/// <summary>What everything else stands on: the options, the one clock, and the steps before the first request.</summary>
public static class StartupStage
{
    private static readonly object OptionsKey = typeof(HostOptions);

    /// <summary>Registers options and clock. Tests replace <see cref="TimeProvider"/>; the clock follows it.</summary>
    public static WebApplicationBuilder AddStartup(this WebApplicationBuilder builder, HostOptions options)
    {
        ((IHostApplicationBuilder)builder).Properties[OptionsKey] = options;
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IClock, ProviderClock>();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host =>
        {
            // Requests and reactions in flight get this long to end when the process is told to stop.
            host.ShutdownTimeout = TimeSpan.FromSeconds(30);
        });
        builder.Services.AddSingleton<IReadiness, DatabaseReadiness>();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<OneTimeLinks>();
        builder.Services.AddScoped<AccountSetup>();
        builder.Services.AddScoped<PersonCreation>();
        return builder;
    }

    /// <summary>The options, for stages that build from them.</summary>
    public static HostOptions HostOptions(this WebApplicationBuilder builder) =>
        (HostOptions)((IHostApplicationBuilder)builder).Properties[OptionsKey];

    /// <summary>Runs the steps in their order.</summary>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken cancellation = default)
    {
        foreach (var step in app.Services.GetServices<IStartupStep>().OrderBy(step => step.Order))
        {
            await step.RunAsync(cancellation);
        }
    }
}
