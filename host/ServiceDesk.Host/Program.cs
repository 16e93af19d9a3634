using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api;
using ServiceDesk.Host.Api.Repeats;
using ServiceDesk.Host.Cli;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Duty;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Intake.Bulk;
using ServiceDesk.Host.Intake.Demo;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Queries;
using ServiceDesk.Host.Reactions;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Host.Scripting;
using ServiceDesk.Host.Scripting.Workers.Inside;
using ServiceDesk.Host.Sla;
using ServiceDesk.Host.Startup;
using ServiceDesk.Host.Startup.Logging;
using ServiceDesk.Host.Texts;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Host.Workflows;

if (args is [ScriptWorker.Command])
{
    return ScriptWorker.Run();
}

return await CommandLine.RunAsync(args, Console.In, Console.Out, Console.Error);

namespace ServiceDesk.Host
{
    /// <summary>The whole product as a list of stages.</summary>
    public static class Server
    {
        /// <summary>Builds the server; it neither prepares its database nor listens yet.</summary>
        /// <param name="options">Validated options.</param>
        /// <param name="log">Where log lines go.</param>
        /// <param name="adjust">The last word before it is built, for tests: a clock moved by hand, a test server.</param>
        public static WebApplication Build(
            HostOptions options,
            TextWriter log,
            Action<WebApplicationBuilder>? adjust = null
        )
        {
            var builder = ServerBuilder.Create(options);
            builder.AddStartup(options);
            builder.AddLogging(log);
            builder.AddStorage();
            builder.AddConfigurationDocuments();
            builder.AddPlugins();
            builder.AddQueries();
            builder.AddSla();
            builder.AddDuty();
            builder.AddStaffing();
            builder.AddGrains();
            builder.AddReactions();
            builder.AddWorkflows();
            builder.AddBulk();
            builder.AddScripts();
            builder.AddUpkeep();
            builder.AddAccess();
            builder.AddTexts();
            builder.AddPages();
            builder.AddApi();
            builder.AddCommands();
            builder.AddDemo();
            adjust?.Invoke(builder);

            var app = builder.Build();
            app.UsePages();
            app.UseTexts();
            app.UsePluginFiles();
            app.UseApi();
            app.UseLive();
            app.UseAccess();
            app.UseRepeats();
            app.MapPages();
            app.MapApi();
            app.MapPlugins();
            app.MapLive();
            app.MapHealth();
            return app;
        }
    }
}
