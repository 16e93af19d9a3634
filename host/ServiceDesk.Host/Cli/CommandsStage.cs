namespace ServiceDesk.Host.Cli;

/// <summary>The commands of the command line, run in a server or without one.</summary>
public static class CommandsStage
{
    public static WebApplicationBuilder AddCommands(this WebApplicationBuilder builder) => builder;
}
