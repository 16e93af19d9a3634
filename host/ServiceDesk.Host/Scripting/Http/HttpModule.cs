using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Outbound;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Scripting.Api.Modules;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Http;

/// <summary>Requests to the hosts that the script's document names and the configuration allows.</summary>
public sealed class HttpModule(GuardedHttp http, ICurrentConfiguration configuration) : IHostModule
{
    /// <summary>Bytes of an answer.</summary>
    public const int LargestAnswer = 1024 * 1024;

    private const string Name = "http";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private static readonly HashSet<string> OwnHeaders = new(
        ["host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "expect"],
        StringComparer.OrdinalIgnoreCase
    );

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Describing.Function(
                    Name,
                    "request",
                    [
                        new("method", ScriptType.OneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")),
                        new("url", ScriptType.TextUpTo(2000)),
                        new(
                            "options",
                            ScriptType.ObjectOf(
                                new("headers", ScriptType.Any, IsOptional: true),
                                new("body", ScriptType.Any, IsOptional: true)
                            ),
                            IsOptional: true
                        ),
                    ],
                    ScriptType.ObjectOf(
                        new("status", ScriptType.Number),
                        new("headers", ScriptType.Any),
                        new("body", ScriptType.Text)
                    ),
                    RequestAsync
                ),
            ]
        );

    private async Task<JsonNode?> RequestAsync(ScriptCall call, CancellationToken cancellation)
    {
        var hosts = AllowedHosts.Of(call.Actor.Hosts, configuration.Snapshot);
        var address = AllowedHosts.Read(call.Text(1), hosts) ?? throw No("scripts.http.not-allowed");
        if (call.Actor.IsTrial)
        {
            throw No("scripts.http.trial");
        }

        using var request = Request(call, address);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            using var answer = await http.SendAsync(
                request,
                AllowedHosts.Networks(address, configuration.Snapshot),
                limit.Token
            );
            return await ShownAsync(answer, limit.Token);
        }
        catch (AddressForbiddenException)
        {
            throw No("scripts.http.forbidden", address.Host);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw No("scripts.http.failed", address.Host);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw No("scripts.http.too-slow", address.Host, $"{Limit.TotalSeconds:0}");
        }
    }

    private static HttpRequestMessage Request(ScriptCall call, Uri address)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Text(0)), address);
        var options = call.Argument(2);
        if (options?.Find("body") is { } body)
        {
            var isText = body.ValueKind == System.Text.Json.JsonValueKind.String;
            request.Content = new StringContent(
                isText ? body.GetString()! : body.GetRawText(),
                Encoding.UTF8,
                isText ? "text/plain" : "application/json"
            );
        }

        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("ServiceDesk-Script", null));
        if (options?.Find("headers") is { ValueKind: System.Text.Json.JsonValueKind.Object } headers)
        {
            foreach (var header in headers.EnumerateObject())
            {
                Add(request, header.Name, header.Value.ToString());
            }
        }

        return request;
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        var isOwn = OwnHeaders.Contains(name) || name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase);
        try
        {
            if (
                !isOwn
                && name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
                && request.Content is { } content
            )
            {
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else if (isOwn || !request.Headers.TryAddWithoutValidation(name, value))
            {
                throw No("scripts.http.header", name.Length <= 60 ? name : name[..60]);
            }
        }
        catch (FormatException)
        {
            throw No("scripts.http.header", name.Length <= 60 ? name : name[..60]);
        }
    }

    private static async Task<JsonNode?> ShownAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[LargestAnswer + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        if (length > LargestAnswer)
        {
            throw No("scripts.http.too-large", $"{LargestAnswer}");
        }

        return Describing.Shown(
            new
            {
                Status = (int)answer.StatusCode,
                Headers = answer
                    .Headers.Concat(answer.Content.Headers)
                    .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value)),
                Body = Encoding.UTF8.GetString(bytes, 0, length),
            }
        );
    }

    private static ScriptRefusedException No(string code, params string[] arguments) =>
        new(Refusal.Invalid(code, "url", arguments));
}
