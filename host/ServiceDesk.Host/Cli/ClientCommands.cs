using System.CommandLine;

namespace ServiceDesk.Host.Cli;

/// <summary>The commands besides serving.</summary>
public static class ClientCommands
{
    public static IEnumerable<Command> All(GlobalOptions options, TextWriter output, TextWriter error) => [];
}
