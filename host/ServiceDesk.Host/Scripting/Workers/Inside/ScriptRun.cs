using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Parser;
using Jint.Parser.Ast;
using Jint.Runtime;
using Jint.Runtime.CallStack;
using Jint.Runtime.Interop;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using AstProgram = Jint.Parser.Ast.Program;

namespace ServiceDesk.Host.Scripting.Workers.Inside;

/// <summary>One run of a script, in an engine of its own. Nothing of the CLR is given to the engine but the two functions below.</summary>
internal sealed class ScriptRun(RunMessage message, WorkerPipe pipe)
{
    private const int LongestMessage = 500;
    private const string Main = "script";

    private static readonly AstProgram Prelude = ReadPrelude();

    private readonly ScriptLimits limits = message.Limits;
    private readonly long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    private int lines;
    private Location? lastCall;
    private Engine? engine;

    /// <summary>Runs it.</summary>
    /// <returns>How it ended.</returns>
    public FromWorker Execute()
    {
        try
        {
            var value = Evaluate();
            TellOfLostLines();
            return new DoneMessage(value, Cost());
        }
        catch (JavaScriptException problem)
        {
            // Not all that is thrown has words.
            var words = string.IsNullOrEmpty(problem.Message) ? "It was thrown without a message." : problem.Message;
            return Failed(ScriptEnd.Error, words, PlaceOf(problem.Location));
        }
        catch (ParserException problem)
        {
            return Failed(ScriptEnd.Syntax, problem.Description ?? problem.Message, PlaceHere());
        }
        catch (StatementsCountOverflowException)
        {
            return Failed(ScriptEnd.Statements, "", PlaceHere());
        }
        catch (TimeoutException)
        {
            return Failed(ScriptEnd.Time, "", PlaceHere());
        }
        catch (RecursionDepthOverflowException)
        {
            return Failed(ScriptEnd.Recursion, "", PlaceHere());
        }
        catch (OutOfMemoryException)
        {
            return Failed(ScriptEnd.Memory, "", PlaceHere());
        }
        catch (Exception problem)
        {
            // A fault of the engine itself: its words may speak of the machine, its kind does not.
            return Failed(ScriptEnd.Error, $"The engine failed ({problem.GetType().Name}).", PlaceHere());
        }
    }

    private JsonElement? Evaluate()
    {
        engine = new Engine(options =>
            options
                .MaxStatements(limits.Statements)
                .TimeoutInterval(TimeSpan.FromMilliseconds(limits.Milliseconds))
                .LimitRecursion(limits.Recursion)
                .LocalTimeZone(TimeZoneInfo.Utc)
                .Culture(CultureInfo.InvariantCulture)
        );
        var libraries = engine.Object.Construct(Arguments.Empty);
        foreach (var library in message.Libraries)
        {
            libraries.FastAddProperty(library.Id, Function(library.Script.Code, library.Id), false, true, false);
        }

        var prelude = engine.Execute(Prelude).GetCompletionValue();
        var tools = engine
            .Invoke(
                prelude,
                new ClrFunctionInstance(engine, (_, given) => Call(given)),
                new ClrFunctionInstance(engine, (_, given) => Write(given)),
                new ClrFunctionInstance(engine, (_, given) => Marked(given[0])),
                message.Modules.GetRawText(),
                message.Globals.GetRawText(),
                libraries
            )
            .AsObject();

        // The engine counts statements and time from here.
        var script = Function(message.Script.Code, Main);
        var module = engine.Object.Construct(Arguments.Empty);
        var value = engine.Invoke(script, tools.Get("require"), module, module);
        var text = engine.Invoke(tools.Get("result"), value);
        return text.IsString() ? Json(text.AsString()) : null;
    }

    // The compiled text as the body of a function, on lines of its own.
    private JsValue Function(string code, string source)
    {
        var options = new ParserOptions { Source = source };
        var parsed = new JavaScriptParser().Parse($"(function (require, module, exports) {{\n{code}\n}})", options);
        return engine!.Execute(parsed).GetCompletionValue();
    }

    private JsValue Call(JsValue[] given)
    {
        pipe.Say(new CallMessage(given[0].AsString(), given[1].AsString(), Json(given[2].AsString())));
        if (pipe.Take() is not AnswerMessage answer)
        {
            throw new InvalidOperationException("The server said something else than an answer.");
        }

        if (answer.Error is { } sentence)
        {
            var error = engine!.Error.Construct([new JsValue(sentence)]);
            error.Put("code", new JsValue(answer.Code ?? ""), false);
            throw new JavaScriptException(error);
        }

        return new JsValue(answer.Value?.GetRawText() ?? "null");
    }

    // A function of the API that remembers where the script called it, so that its errors are told with that place.
    private JsValue Marked(JsValue function) =>
        new ClrFunctionInstance(
            engine,
            (self, given) =>
            {
                lastCall = CallsOf(CallStackOf(engine!))
                    .Select(call => call.CallExpression.Location)
                    .FirstOrDefault(place => place?.Source == Main);
                return function.As<FunctionInstance>().Call(self, given);
            }
        );

    private JsValue Write(JsValue[] given)
    {
        if (++lines <= limits.LogLines)
        {
            pipe.Say(new LogMessage(given[0].AsString(), Cut(given[1].AsString(), limits.LogCharacters)));
        }

        return JsValue.Undefined;
    }

    private void TellOfLostLines()
    {
        if (lines > limits.LogLines)
        {
            pipe.Say(new LogMessage("warn", $"+ {lines - limits.LogLines}"));
        }
    }

    private FailedMessage Failed(ScriptEnd end, string sentence, SourcePlace? place)
    {
        TellOfLostLines();
        return new FailedMessage(end, Cut(sentence, LongestMessage), place, Cost());
    }

    private RunCost Cost() =>
        new(
            engine is null ? 0 : Math.Max(0, StatementsOf(engine)),
            GC.GetAllocatedBytesForCurrentThread() - allocatedBefore
        );

    private SourcePlace? PlaceHere() => engine is null ? null : PlaceOf(LastNodeOf(engine)?.Location);

    // Only places of the script itself are told; a library's error shows where the script called it.
    private SourcePlace? PlaceOf(Location? location)
    {
        var place = location ?? (engine is null ? null : LastNodeOf(engine)?.Location);
        place = place?.Source == Main ? place : lastCall;
        return place?.Source == Main
            ? new SourceMap(message.Script.Map).Find(place.Start.Line - 1, place.Start.Column)
            : null;
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text, WorkerJson.Options);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";

    private static AstProgram ReadPrelude()
    {
        using var stream = typeof(ScriptRun).Assembly.GetManifestResourceStream("scripting/prelude.js")!;
        using var reader = new StreamReader(stream);
        return new JavaScriptParser().Parse(reader.ReadToEnd());
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_statementsCount")]
    private static extern ref int StatementsOf(Engine engine);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lastSyntaxNode")]
    private static extern ref SyntaxNode? LastNodeOf(Engine engine);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "CallStack")]
    private static extern ref JintCallStack CallStackOf(Engine engine);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stack")]
    private static extern ref Stack<CallStackElement> CallsOf(JintCallStack calls);
}
