using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace ServiceDesk.Host.Startup.Logging;

/// <summary>Where log messages go: lines on the console.</summary>
public static class LoggingStage
{
    /// <summary>Logs to <paramref name="writer"/>; the level is that of the options.</summary>
    public static WebApplicationBuilder AddLogging(this WebApplicationBuilder builder, TextWriter writer)
    {
        var options = builder.HostOptions();
        var mask = new SecretMask();
        mask.AddConnection(options.Connection);
        builder.Services.AddSingleton(mask);
        var level = Enum.Parse<LogEventLevel>(options.LogLevel, ignoreCase: true);
        var quiet = level < LogEventLevel.Information ? LogEventLevel.Information : LogEventLevel.Warning;
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft.AspNetCore", quiet)
            // It would write the addresses of requests, and with them the tokens of links that work once.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", quiet)
            .MinimumLevel.Override("Microsoft.Hosting", level)
            .MinimumLevel.Override("System.Net.Http", quiet)
            .Enrich.FromLogContext()
            .WriteTo.Sink(new ConsoleSink(writer, mask))
            .CreateLogger();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Debug);
        builder.Logging.Services.AddSingleton<ILoggerProvider>(_ => new SerilogLoggerProvider(logger, dispose: true));
        return builder;
    }
}
