using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Finds what a script imports, and what that imports.</summary>
public sealed class ScriptLibraries(ScriptSources sources)
{
    /// <summary>The libraries, compiled. One that is missing or wrong is left out: importing it is an error of the script.</summary>
    public async Task<IReadOnlyList<CompiledLibrary>> OfAsync(
        CompiledScript script,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<string, CompiledLibrary>(StringComparer.Ordinal);
        var wanted = new Queue<string>(script.Imports);
        while (wanted.TryDequeue(out var id))
        {
            if (
                !found.ContainsKey(id)
                && configuration.TryGet<ScriptDocument>(id, out var document)
                && document is { Use: ScriptUse.Library, Enabled: true }
                && (await sources.CompileAsync(document.Source, cancellation)).Script is { } library
            )
            {
                found[id] = new CompiledLibrary(id, library);
                foreach (var import in library.Imports)
                {
                    wanted.Enqueue(import);
                }
            }
        }

        return [.. found.Values];
    }
}
