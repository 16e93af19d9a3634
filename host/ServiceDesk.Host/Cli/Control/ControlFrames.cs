using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDesk.Host.Cli.Commands;

namespace ServiceDesk.Host.Cli.Control;

/// <summary>
/// What goes over the control connection. There: the request as one line of JSON, then the content as it is. Back: a line
/// of JSON for each line, file, and at last the exit code.
/// </summary>
public sealed record ControlFrame
{
    /// <summary>A line for standard output.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Result { get; init; }

    /// <summary>A line for standard error.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Where a file goes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>The file's text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The end, with the exit code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Exit { get; init; }

    /// <summary>The frame as a line.</summary>
    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this), (byte)'\n'];
}

/// <summary>Writes what a command says as frames.</summary>
internal sealed class FramedOutput(Stream body, CancellationToken cancellation) : ICommandOutput
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public Task ResultAsync(string line) => SendAsync(new ControlFrame { Result = line });

    public Task NoteAsync(string line) => SendAsync(new ControlFrame { Note = line });

    public Task FileAsync(string path, string text) => SendAsync(new ControlFrame { Path = path, Text = text });

    public Task ExitAsync(int code) => SendAsync(new ControlFrame { Exit = code });

    private async Task SendAsync(ControlFrame frame)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await body.WriteAsync(frame.ToLine(), cancellation);
            await body.FlushAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }
}

/// <summary>Reads the request line in front of the content.</summary>
internal static class ControlRequest
{
    private const int LongestLine = 64 * 1024;

    /// <summary>The request as a line.</summary>
    public static byte[] ToLine(CommandRequest request) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(request), (byte)'\n'];

    /// <summary>The request; null when the line is no request. The stream then stands at the content.</summary>
    public static async Task<CommandRequest?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        var line = new MemoryStream();
        var one = new byte[1];
        while (line.Length < LongestLine && await body.ReadAsync(one, cancellation) == 1 && one[0] != '\n')
        {
            line.WriteByte(one[0]);
        }

        try
        {
            return JsonSerializer.Deserialize<CommandRequest>(Encoding.UTF8.GetString(line.ToArray()));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
