using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Compiles sources once: what was compiled is kept in memory and in the database, under the hash of source and compiler.</summary>
public sealed class ScriptSources(ScriptWorkers workers, IScriptStore store)
{
    // Raised when the compiler or its settings change, so that everything is compiled anew.
    private const string Compiler = "babel-standalone 6.26.0/1\n";
    private const int MostKept = 2000;

    private readonly ConcurrentDictionary<string, ScriptCompilation> known = new(StringComparer.Ordinal);

    /// <summary>What a source came to if it was compiled since start; else null.</summary>
    public ScriptCompilation? Known(string source) => known.GetValueOrDefault(HashOf(source));

    /// <summary>Compiles a source, or remembers what it came to.</summary>
    public async Task<ScriptCompilation> CompileAsync(string source, CancellationToken cancellation)
    {
        var hash = HashOf(source);
        if (known.TryGetValue(hash, out var earlier))
        {
            return earlier;
        }

        var compilation = await store.FindCompiledAsync(hash, cancellation) is { } json
            ? new ScriptCompilation(JsonSerializer.Deserialize<CompiledScript>(json, WorkerJson.Options), null, null)
            : await CompileAnewAsync(hash, source, cancellation);
        if (known.Count >= MostKept)
        {
            known.Clear();
        }

        known[hash] = compilation;
        return compilation;
    }

    private async Task<ScriptCompilation> CompileAnewAsync(string hash, string source, CancellationToken cancellation)
    {
        var compilation = await workers.CompileAsync(source, cancellation);
        if (compilation.Script is { } script)
        {
            var json = JsonSerializer.Serialize(script, WorkerJson.Options);
            await store.KeepCompiledAsync(hash, json, cancellation);
        }

        return compilation;
    }

    private static string HashOf(string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Compiler + source)));
}
