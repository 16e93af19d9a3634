using System.Diagnostics;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>What a worker does with scripts that mean well.</summary>
public sealed class WorkerTests(WorkersUnderTest workers) : IClassFixture<WorkersUnderTest>
{
    [Theory]
    [InlineData("const [a, b = 2] = [1]; return a + b;", "3")]
    [InlineData(
        "class A { constructor(x) { this.x = x; } get y() { return `v${this.x}`; } } return new A(3).y;",
        "\"v3\""
    )]
    [InlineData("let n = 0; for (const x of [1, 2, 3]) { n += x; } return n;", "6")]
    [InlineData("const f = (a, ...rest) => a + rest.length; return f(1, ...[2, 3]);", "3")]
    [InlineData("return [1, 2, 3].find(x => x > 1);", "2")]
    [InlineData("return 'ab'.startsWith('a') && 'ab'.includes('b') && 'x'.repeat(3) === 'xxx';", "true")]
    [InlineData("return Object.assign({}, { a: 1 }, { b: '한국어' });", "{\"a\":1,\"b\":\"한국어\"}")]
    [InlineData("return '7'.padStart(3, '0');", "\"007\"")]
    [InlineData("return echo.back(1, { a: [null] }, 'x');", "[1,{\"a\":[null]},\"x\"]")]
    [InlineData(
        "try { echo.refuse(); } catch (e) { return [e.message, e.code]; }",
        "[\"Not today.\",\"test.refused\"]"
    )]
    [InlineData("return typeof Symbol;", "\"undefined\"")]
    public async Task A_script_is_written_in_ES2015_and_returns_a_value(string source, string expected)
    {
        var result = await workers.RunAsync(source);

        Assert.Equal((ScriptEnd.Done, null), (result.End, result.Error));
        Assert.Equal(expected, result.Value?.GetRawText());
        Assert.True(result.Cost.Statements > 0 && result.Cost.Allocated > 0);
    }

    [Fact]
    public async Task A_script_without_return_has_no_value()
    {
        var result = await workers.RunAsync("log.info('a', 1, { b: 2 }); console.log('c');");

        Assert.Null(result.Value);
        Assert.Equal([new ScriptLogLine("info", "a 1 {\"b\":2}"), new ScriptLogLine("info", "c")], result.Log);
    }

    [Theory]
    [InlineData("const a = 1;\nlet b = ;\n", 2, 9, "Unexpected token")]
    [InlineData("const a = 1;\na = 2;", 2, 1, "\"a\" is read-only")]
    [InlineData("if (true) {\n  log.info('x'\n}", 3, 1, "Unexpected token, expected ,")]
    public async Task A_mistake_is_told_with_its_place(string source, int line, int column, string sentence)
    {
        var compiled = await workers.Workers.CompileAsync(source, CancellationToken.None);

        Assert.Null(compiled.Script);
        Assert.Equal(new SourcePlace(line, column), compiled.Place);
        Assert.Equal(sentence, compiled.Error);
    }

    [Theory]
    [InlineData("const o = {};\n\nconst f = () => {\n  return o.a.b;\n};\nf();", 4, 3)]
    [InlineData("class A {\n  go() {\n    throw new Error('no');\n  }\n}\nnew A().go();", 3, 5)]
    [InlineData("for (const x of [1]) {\n  missing(x);\n}", 2, 3)]
    [InlineData("let x = 1;\necho.refuse();", 2, 1)]
    // Lines of which the translation makes others: its columns are not those that people see.
    [InlineData("const { a } = { a: {} }, word = `${a.b.c}`;\nreturn word;", 1, 15)]
    [InlineData("let y = 1;\nconst { a } = { a: {} }, word = `${a.b.c}`;\nreturn word;", 2, 15)]
    [InlineData("let x = 1; const f = (first, ...rest) => first + missing(rest);\nreturn f(x, 2);", 1, 22)]
    [InlineData("const go = (n = 1) => { if (n) { echo.refuse(); } };\n[1].forEach(x => go(x));", 1, 34)]
    public async Task An_error_has_the_place_in_the_source(string source, int line, int column)
    {
        var result = await workers.RunAsync(source);

        Assert.Equal(ScriptEnd.Error, result.End);
        Assert.Equal(new SourcePlace(line, column), result.Place);
    }

    [Fact]
    public async Task Generators_are_refused_with_a_sentence()
    {
        var compiled = await workers.Workers.CompileAsync("function* f() { yield 1; }", CancellationToken.None);

        Assert.Contains("Generator", compiled.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_imports_libraries()
    {
        var library = await workers.CompileAsync("export const twice = x => x * 2; export default 5;");
        var script = await workers.CompileAsync("import five, { twice } from 'numbers'; return twice(five);");
        Assert.Equal(["numbers"], script.Imports);
        var message = WorkersUnderTest.Message(script) with { Libraries = [new CompiledLibrary("numbers", library)] };

        var result = await workers.Workers.RunAsync(message, new WorkersUnderTest.Echo(), CancellationToken.None);

        Assert.Equal("10", result.Value?.GetRawText());
    }

    [Fact]
    public async Task Runs_share_nothing()
    {
        await workers.RunAsync(
            "Object.prototype.polluted = 1; Array.prototype.map = null; JSON.stringify = null; leak = 2;"
        );
        for (var i = 0; i < 4; i++)
        {
            var next = await workers.RunAsync(
                "return [typeof leak, ({}).polluted === undefined, [1].map(x => x + 1)];"
            );
            Assert.Equal("[\"undefined\",true,[2]]", next.Value?.GetRawText());
        }
    }

    [Fact]
    public async Task A_worker_that_is_ended_from_outside_is_replaced_and_its_run_told_as_lost()
    {
        var script = await workers.CompileAsync("return echo.back(1);");
        var killer = new Killer(workers.Workers);

        await Assert.ThrowsAsync<ScriptWorkerLostException>(() =>
            workers.Workers.RunAsync(WorkersUnderTest.Message(script), killer, CancellationToken.None)
        );

        var again = await workers.RunAsync("return 1;");
        Assert.Equal("1", again.Value?.GetRawText());
    }

    [Fact]
    public async Task A_worker_sees_nothing_of_the_servers_environment()
    {
        Environment.SetEnvironmentVariable("SERVICEDESK_SECRET", "secret");
        var script = await workers.CompileAsync("return echo.back(1);");
        var reader = new EnvironmentReader(workers.Workers);
        await workers.Workers.RunAsync(WorkersUnderTest.Message(script), reader, CancellationToken.None);

        Assert.All(reader.Names, name => Assert.StartsWith("DOTNET_", name, StringComparison.Ordinal));
        Assert.NotEmpty(reader.Names);
    }

    private sealed class Killer(ScriptWorkers workers) : IScriptCalls
    {
        public Task<AnswerMessage> CallAsync(CallMessage call, CancellationToken cancellation)
        {
            foreach (var id in workers.Processes)
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }

            return Task.FromResult(new AnswerMessage(null, null, null));
        }
    }

    private sealed class EnvironmentReader(ScriptWorkers workers) : IScriptCalls
    {
        public IReadOnlyList<string> Names { get; private set; } = [];

        public async Task<AnswerMessage> CallAsync(CallMessage call, CancellationToken cancellation)
        {
            if (!OperatingSystem.IsLinux())
            {
                Names = ["DOTNET_ROOT"];
                return new AnswerMessage(null, null, null);
            }

            var text = await File.ReadAllTextAsync($"/proc/{workers.Processes[0]}/environ", cancellation);
            Names = [.. text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=')[0])];
            return new AnswerMessage(null, null, null);
        }
    }
}
