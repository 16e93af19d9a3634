using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Host.Texts;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>What scripts that mean ill can do: end with a clear word within twice their limit, and nothing else.</summary>
public sealed class SandboxTests(WorkersUnderTest workers) : IClassFixture<WorkersUnderTest>
{
    private const int Attempts = 3;
    private static readonly ScriptLimits Limits = WorkersUnderTest.Limits with { Milliseconds = 2_000 };

    /// <summary>Scripts that would never end, or take the machine, by how each ends. A machine that is slow ends any by its time.</summary>
    private static readonly (ScriptEnd[] Ends, string[] Sources)[] Attacks =
    [
        (
            [ScriptEnd.Statements],
            [
                "while (true) {}",
                "for (;;) { try { while (true) {} } catch (e) {} finally {} }",
                "do {} while (true);",
                "const a = new Array(1e6).join('b').split(''); a.sort((x, y) => { while (true) {} });",
                "const o = { toString() { while (true) {} } }; return 'a' + o;",
                "const o = { toJSON() { while (true) {} } }; return o;",
                "const o = { get a() { while (true) {} } }; return o;",
                "throw { get message() { while (true) {} } };",
                "const e = new Error('x'); Object.defineProperty(e, 'message', { get() { for (;;) {} } }); throw e;",
                "eval('while(true){}');",
                "new Function('while(true){}')();",
                "while (true) { log.info('again'); }",
                "while (true) { echo.back(1); }",
            ]
        ),
        (
            [ScriptEnd.Recursion],
            [
                "const f = () => f(); f();",
                "const f = () => g(); const g = () => f(); f();",
                "const f = () => { try { f(); } catch (e) { f(); } }; f();",
                "while (true) { eval('1'); }",
                "const f = function () { f.apply(null, arguments); }; f(1);",
                "const f = function () { f.call(null); }; f();",
                "const f = () => [1].map(f); f();",
                "const f = () => [1, 2].sort(f); f();",
                "const f = () => 'a'.replace(/a/, f); f();",
            ]
        ),
        // What the engine counts nothing of goes as deep as the stack of the process.
        (
            [ScriptEnd.Recursion, ScriptEnd.Crashed],
            [
                "const o = { valueOf() { return o + 1; } }; return o + 1;",
                "const o = {}; Object.defineProperty(o, 'a', { get() { return this.a; } }); return o.a;",
            ]
        ),
        (
            [ScriptEnd.Statements, ScriptEnd.Memory, ScriptEnd.Crashed],
            [
                "let o = {}; for (let i = 0; i < 200000; i++) { o = { o }; } return o;",
                "let a = []; for (let i = 0; i < 200000; i++) { a = [a]; } return String(a);",
            ]
        ),
        (
            [ScriptEnd.Syntax, ScriptEnd.Memory, ScriptEnd.Crashed],
            [
                "const a = []; a.push(a); const s = new Array(1e6).join('['); return JSON.parse(s);",
                "return JSON.parse(new Array(2e6).join('[') + new Array(2e6).join(']'));",
                "return eval(new Array(200000).join('(') + '1' + new Array(200000).join(')'));",
                "return new Function(new Array(100000).join('if(1){') + new Array(100000).join('}'))();",
            ]
        ),
        (
            [ScriptEnd.Memory],
            [
                "let s = 'x'; while (true) { s += s; }",
                "return new Array(5e7).join('*').length + new Array(5e7).join('*').length + new Array(3e8).join('**').length;",
                "const big = new Array(1e7).join('x'); return [big, big, big, big, big, big, big, big, big, big];",
                "const o = new Array(4294967295); o.reverse(); return o.length;",
                "return Array.prototype.slice.call({ length: 4294967295 }).length;",
            ]
        ),
        (
            [ScriptEnd.Memory, ScriptEnd.Statements],
            [
                "const a = []; while (true) { a.push(new Array(1000).join('abc')); }",
                "const a = []; while (true) { a[a.length] = a.concat(a); }",
                "while (true) { new Function('return ' + new Array(10000).join('1+') + '1')(); }",
                "let big = new Array(1000000).join('x'); while (true) { log.info(big); }",
                "const big = new Array(4000000).join('x'); while (true) { echo.back(big + big + big); }",
                "while (true) { Object.keys(new Array(1e6).join('a').split('')); }",
            ]
        ),
        // Sorting notices that no order is meant, or by chance does not.
        (
            [ScriptEnd.Error, ScriptEnd.Statements],
            [
                "const a = []; for (let i = 0; i < 1000; i++) { a.push(i); } while (true) { a.sort(() => Math.random() - 0.5); }",
            ]
        ),
        // What the engine itself cannot bear is an error of the script.
        (
            [ScriptEnd.Error],
            [
                "throw { toString() { while (true) {} } };",
                "parseInt.call.apply(parseInt.call, [1, 2]); while (true) { decodeURIComponent(encodeURIComponent(new Array(1e6).join('%'))); }",
            ]
        ),
        (
            [ScriptEnd.Error, ScriptEnd.Memory],
            ["throw new Error(new Array(1e8).join('e') + new Array(1e8).join('e'));"]
        ),
        // Native functions obey no limit of the engine: their worker is killed.
        (
            [],
            [
                "return /^(a+)+$/.test(new Array(40).join('a') + '!');",
                "return /(x+x+)+y/.test(new Array(60).join('x'));",
                "'a'.repeat(40).replace(/(a*)*b/, 'x'); return new Array(50).join('ab').match(/((ab)*)*c/);",
                "return Array.prototype.indexOf.call({ length: 4294967295 }, 1);",
                "const a = []; a.length = 4294967295; a.forEach(x => x); return a.map(x => x).length;",
            ]
        ),
    ];

    /// <summary>Each with how it may end.</summary>
    public static TheoryData<string, ScriptEnd[]> Endless
    {
        get
        {
            var data = new TheoryData<string, ScriptEnd[]>();
            foreach (var (ends, sources) in Attacks)
            {
                foreach (var source in sources)
                {
                    data.Add(source, [.. ends, ScriptEnd.Time]);
                }
            }

            return data;
        }
    }

    [Fact]
    public void They_are_at_least_forty() => Assert.True(Attacks.Sum(group => group.Sources.Length) >= 40);

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task It_ends_in_time_with_a_word_and_does_nothing_else(string source, ScriptEnd[] ends)
    {
        var script = await workers.CompileAsync(source);
        var (result, calls, took) = await TimedAsync(script);
        // A machine that does much else may be late once: what holds no limit is late each time.
        for (var again = 1; again < Attempts && took.TotalMilliseconds > 2 * Limits.Milliseconds; again++)
        {
            (result, calls, took) = await TimedAsync(script);
        }

        Assert.InRange(took.TotalMilliseconds, 0, 2 * Limits.Milliseconds);
        Assert.Contains(result.End, ends);
        Assert.All(Languages.All, language => Assert.NotEmpty(Said(language, result.End)));
        Assert.Equal(
            result.End is ScriptEnd.Error or ScriptEnd.Syntax,
            result.Error?.Contains(' ', StringComparison.Ordinal) == true
        );
        Assert.Null(result.Value);
        Assert.True((result.Error ?? "").Length <= 501);
        Assert.True(result.Log.Count <= Limits.LogLines + 1);
        Assert.All(result.Log, line => Assert.True(line.Text.Length <= Limits.LogCharacters + 1));
        Assert.Empty(calls.Calls.Keys.Except(source.Contains("echo.", StringComparison.Ordinal) ? ["echo.back"] : []));
        var next = await workers.RunAsync("return [1 + 1, typeof leak, [2, 1].sort(), ({}).polluted === undefined];");
        Assert.Equal("[2,\"undefined\",[1,2],true]", next.Value?.GetRawText());
        Assert.True(workers.Workers.Processes.Count <= 2);
    }

    private async Task<(ScriptResult Result, WorkersUnderTest.Echo Calls, TimeSpan Took)> TimedAsync(
        CompiledScript script
    )
    {
        var (calls, stalled) = (new WorkersUnderTest.Echo(), Stalls.SoFar);
        var result = await workers.Workers.RunAsync(
            WorkersUnderTest.Message(script, Limits),
            calls,
            CancellationToken.None
        );
        // A worker's start is not part of the run, and neither is what the machine took for others.
        return (result, calls, result.Duration - (Stalls.SoFar - stalled));
    }

    private static string Said(string language, ScriptEnd end) =>
        new TextCatalogue([]).Find(language, $"scripts.end-{end.ToString().ToLowerInvariant()}") ?? "";

    /// <summary>Ways out of the engine, with what they must come to.</summary>
    [Theory]
    [InlineData("return typeof importNamespace;", "\"undefined\"")]
    [InlineData("return typeof System;", "\"undefined\"")]
    [InlineData(
        "return [typeof process, typeof module.parent, typeof global];",
        "[\"undefined\",\"undefined\",\"undefined\"]"
    )]
    [InlineData(
        "return echo.back.constructor('return typeof importNamespace + typeof process')();",
        "\"undefinedundefined\""
    )]
    [InlineData("return ''.constructor.constructor('return this')() === (0, eval)('this');", "true")]
    [InlineData("return typeof log.info.GetType;", "\"undefined\"")]
    [InlineData("return typeof echo.back.Method;", "\"undefined\"")]
    [InlineData("return typeof ({}).GetType;", "\"undefined\"")]
    [InlineData(
        "try { echo.refuse(); } catch (e) { return [typeof e.GetType, typeof e.InnerException, typeof e.StackTrace]; }",
        "[\"undefined\",\"undefined\",\"undefined\"]"
    )]
    [InlineData("'use strict'; try { echo.back = null; } catch (e) { } return typeof echo.back;", "\"function\"")]
    [InlineData("try { require('fs'); } catch (e) { return e.message; }", "\"There is no library 'fs'.\"")]
    [InlineData(
        "try { require('__proto__'); } catch (e) { return e.message; }",
        "\"There is no library '__proto__'.\""
    )]
    [InlineData(
        "try { require('constructor'); } catch (e) { return e.message; }",
        "\"There is no library 'constructor'.\""
    )]
    [InlineData(
        "return Object.getOwnPropertyNames((0, eval)('this')).filter(n => /clr|system|net|import/i.test(n));",
        "[]"
    )]
    // Who changes what everything is made of fools oneself, and nobody else: what it came to is the own answer.
    [InlineData("Function.prototype.call = () => 'stolen'; return echo.back('x');", "\"stolen\"")]
    [InlineData("Array.prototype.slice = () => ['forged']; return echo.back('x');", "[\"x\"]")]
    public async Task It_finds_no_way_out(string source, string expected)
    {
        var result = await workers.RunAsync(source);

        Assert.Equal((ScriptEnd.Done, expected), (result.End, result.Value?.GetRawText()));
    }

    [Fact]
    public async Task More_than_may_wait_are_told_so()
    {
        var script = await workers.CompileAsync("return 1;");
        var message = WorkersUnderTest.Message(script);

        var runs = Enumerable
            .Range(0, 120)
            .Select(async _ =>
            {
                try
                {
                    await workers.Workers.RunAsync(message, new WorkersUnderTest.Echo(), CancellationToken.None);
                    return true;
                }
                catch (ServiceDesk.Host.Scripting.Workers.ScriptsBusyException)
                {
                    return false;
                }
            })
            .ToList();
        var done = await Task.WhenAll(runs);

        Assert.Contains(false, done);
        Assert.True(done.Count(ran => ran) >= 50);
    }
}
