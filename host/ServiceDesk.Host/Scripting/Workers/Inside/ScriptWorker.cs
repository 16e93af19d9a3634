using System.Globalization;
using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers.Inside;

/// <summary>
/// The process that scripts run in: this program again, started by the server with a word that no help names. It knows
/// standard input and output and nothing else: no configuration, no database, no environment.
/// </summary>
public static class ScriptWorker
{
    /// <summary>The word.</summary>
    public const string Command = "script-worker";

    // Native functions of the engine recurse without its limit knowing; the deeper they may, the more scripts end with a sentence.
    private const int Stack = 64 * 1024 * 1024;

    /// <summary>Serves until the server goes.</summary>
    public static int Run()
    {
        Confinement.Apply();
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var pipe = new WorkerPipe(Console.OpenStandardInput(), Console.OpenStandardOutput());
        var thread = new Thread(() => Serve(pipe), Stack) { Name = "scripts" };
        pipe.Start();
        thread.Start();
        thread.Join();
        return 0;
    }

    private static void Serve(WorkerPipe pipe)
    {
        using var compiler = new ScriptCompiler();
        pipe.Say(new ReadyMessage());
        while (true)
        {
            var answer = pipe.Take() switch
            {
                CompileMessage compile => compiler.Compile(compile.Source),
                RunMessage run => new ScriptRun(run, pipe).Execute(),
                _ => null,
            };
            if (answer is not null)
            {
                pipe.Say(answer);
            }
        }
    }
}
