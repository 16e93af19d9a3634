using System.Text.Json;
using System.Text.RegularExpressions;
using Jint;
using Jint.Native;
using Jint.Runtime;
using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers.Inside;

/// <summary>
/// Compiles what people write (ES2015) to what the engine runs (ES5), with Babel inside the engine. Babel takes seconds to
/// load and stays loaded, so compiling has workers of its own.
/// </summary>
internal sealed partial class ScriptCompiler : IDisposable
{
    private const string Call = """
        (function (source) {
          var result = Babel.transform(source, {
            presets: ['es2015-loose'],
            sourceMaps: true,
            comments: false,
            compact: false,
            highlightCode: false,
            parserOpts: { allowReturnOutsideFunction: true }
          });
          return JSON.stringify({
            code: result.code,
            map: result.map.mappings,
            imports: result.metadata.modules.imports.map(function (one) { return one.source; })
          });
        })
        """;

    private Engine? engine;
    private JsValue? transform;

    /// <summary>The compiled script, or what is wrong with the source.</summary>
    public FromWorker Compile(string source)
    {
        engine ??= Load();
        try
        {
            var json = engine.Invoke(transform!, source).AsString();
            var compiled = JsonSerializer.Deserialize<CompiledScript>(json, WorkerJson.Options)!;
            return compiled.Code.Contains("regeneratorRuntime", StringComparison.Ordinal)
                ? Wrong("Generator functions (function*) are not available.", null)
                : new CompiledMessage(compiled);
        }
        catch (JavaScriptException problem)
        {
            return Wrong(Sentence(problem.Message), Place(problem.Error));
        }
    }

    public void Dispose() => engine = null;

    private Engine Load()
    {
        using var stream = typeof(ScriptCompiler).Assembly.GetManifestResourceStream("scripting/babel.js")!;
        using var reader = new StreamReader(stream);
        var loaded = new Engine();
        loaded.Execute(reader.ReadToEnd());
        transform = loaded.Execute(Call).GetCompletionValue();
        return loaded;
    }

    private static FailedMessage Wrong(string message, SourcePlace? place) =>
        new(ScriptEnd.Syntax, message, place, RunCost.None);

    // "unknown: Unexpected token (2:8)" and a drawing of the line below it.
    private static string Sentence(string message)
    {
        var line = message.Split('\n')[0];
        var text = line.StartsWith("unknown: ", StringComparison.Ordinal) ? line["unknown: ".Length..] : line;
        return PlaceAtEnd().Replace(text, string.Empty);
    }

    private static SourcePlace? Place(JsValue error)
    {
        if (!error.IsObject() || error.AsObject().Get("loc") is not { } place || !place.IsObject())
        {
            return null;
        }

        var (line, column) = (place.AsObject().Get("line"), place.AsObject().Get("column"));
        return line.IsNumber() && column.IsNumber()
            ? new SourcePlace((int)line.AsNumber(), (int)column.AsNumber() + 1)
            : null;
    }

    [GeneratedRegex(@" \(\d+:\d+\)$", RegexOptions.None, 10_000)]
    private static partial Regex PlaceAtEnd();
}
