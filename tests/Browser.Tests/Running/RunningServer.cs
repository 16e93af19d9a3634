using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Browser.Tests.Running;

/// <summary>The real program in a process of its own, on a free loopback port, with a data folder of its own that goes away with it.</summary>
public sealed partial class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> output = [];
    private Process? process;

    /// <summary>Where it listens.</summary>
    public string Address => address.Task.IsCompletedSuccessfully ? address.Task.GetAwaiter().GetResult() : "";

    /// <summary>Its data folder.</summary>
    public string Data { get; } =
        Path.Combine(Directory.CreateTempSubdirectory("servicedesk-browser-").FullName, "data");

    /// <summary>Waits until it has written something, and what that was.</summary>
    public async Task<string> SaysAsync(Regex words)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (words.Match(Log()) is { Success: true } said)
            {
                return said.Value;
            }

            if (TimeProvider.System.GetElapsedTime(began) > StartLimit)
            {
                throw new TimeoutException($"It never said {words}:\n{Log()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>How long a reply can be taken back. A story that sends one does not wait until it cannot be taken back any more.</summary>
    public string UndoSend { get; init; } = "PT0S";

    private static string Program { get; } = Told("Program");

    /// <summary>Installs compiled plugins of <c>tests/TestPlugins</c>, as an administrator does before a start.</summary>
    public void Install(params ReadOnlySpan<string> plugins)
    {
        foreach (var plugin in plugins)
        {
            var from = Path.Combine(Told("TestPlugins"), plugin);
            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(Data, "plugins", plugin, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync(params string[] arguments)
    {
        process = Start(["--data", Data, "--urls", "http://127.0.0.1:0", .. arguments]);
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"It ended:\n{Log()}"));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await address.Task.WaitAsync(StartLimit);
    }

    /// <summary>Runs a command of the same program on the same data; what it prints.</summary>
    /// <param name="input">What it reads from standard input.</param>
    public async Task<string> RunAsync(string? input, params string[] arguments)
    {
        using var command = Start([.. arguments, "--data", Data]);
        if (input is not null)
        {
            await command.StandardInput.WriteLineAsync(input);
        }

        command.StandardInput.Close();
        var errors = command.StandardError.ReadToEndAsync();
        var printed = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return command.ExitCode == 0
            ? printed
            : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {await errors}{printed}");
    }

    /// <summary>What it wrote so far.</summary>
    public string Log()
    {
        lock (output)
        {
            return string.Join('\n', output);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        Directory.Delete(Path.GetDirectoryName(Data)!, recursive: true);
    }

    private static string Told(string key) =>
        typeof(RunningServer)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == key)
            .Value!;

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["SERVICEDESK__UNDOSEND"] = UndoSend;
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Add(line);
        }

        var listening = Listening().Match(line);
        if (listening.Success)
        {
            address.TrySetResult(listening.Groups["address"].Value);
        }
    }

    [GeneratedRegex(
        @"listening on: (?<address>http://127\.0\.0\.1:\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Listening();
}
