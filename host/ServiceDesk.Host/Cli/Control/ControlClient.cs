using System.Net.Http.Headers;
using System.Text.Json;
using ServiceDesk.Host.Cli.Commands;

namespace ServiceDesk.Host.Cli.Control;

/// <summary>Sends a command to the server that owns the data folder, and passes on what it says as it says it.</summary>
internal static class ControlClient
{
    /// <summary>The exit code; null when the server could not be reached.</summary>
    public static async Task<int?> RunAsync(
        ControlFile control,
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        // A proxy of the environment has no business between a machine and itself.
        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var message = new HttpRequestMessage(HttpMethod.Post, control.Address + "/control/run");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", control.Secret);
        message.Content = new RequestContent(request, input);
        try
        {
            using var response = await client.SendAsync(
                message,
                HttpCompletionOption.ResponseHeadersRead,
                cancellation
            );
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
            return await PassOnAsync(reader, output, cancellation);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static async Task<int?> PassOnAsync(
        StreamReader reader,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            switch (JsonSerializer.Deserialize<ControlFrame>(line))
            {
                case { Exit: { } exit }:
                    return exit;
                case { Result: { } result }:
                    await output.ResultAsync(result);
                    break;
                case { Note: { } note }:
                    await output.NoteAsync(note);
                    break;
                case { Path: { } path, Text: { } text }:
                    await output.FileAsync(path, text);
                    break;
            }
        }

        return null;
    }

    private sealed class RequestContent(CommandRequest request, Stream input) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(ControlRequest.ToLine(request));
            await input.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
