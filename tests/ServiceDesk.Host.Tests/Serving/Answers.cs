using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ServiceDesk.Host.Tests.Serving;

/// <summary>Sends and reads JSON, and says what came instead of what was expected.</summary>
internal static class Answers
{
    public static async Task<JsonNode> OkAsync(
        this Task<HttpResponseMessage> sent,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        using var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>A problem with this status; returns it.</summary>
    public static async Task<JsonNode> ProblemAsync(
        this Task<HttpResponseMessage> sent,
        HttpStatusCode status,
        string? code = null
    )
    {
        using var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["title"]));
        Assert.DoesNotContain("[", (string)problem["title"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("{0}", (string)problem["title"]!, StringComparison.Ordinal);
        if (code is not null)
        {
            Assert.Equal(code, (string?)problem["code"]);
        }

        return problem;
    }

    public static Task<HttpResponseMessage> PostAsync(
        this HttpClient client,
        string path,
        object body,
        string? key = null
    ) => client.SendAsync(Request(HttpMethod.Post, path, body, ("Idempotency-Key", key)));

    public static Task<HttpResponseMessage> PutJsonAsync(this HttpClient client, string path, object body) =>
        client.SendAsync(Request(HttpMethod.Put, path, body));

    public static Task<HttpResponseMessage> PatchAsync(this HttpClient client, string path, object body, string? tag) =>
        client.SendAsync(Request(HttpMethod.Patch, path, body, ("If-Match", tag)));

    public static HttpRequestMessage Request(
        HttpMethod method,
        string path,
        object? body,
        params (string Name, string? Value)[] headers
    )
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = body switch
            {
                null => null,
                string text => new StringContent(text, Encoding.UTF8, "application/json"),
                byte[] bytes => new ByteArrayContent(bytes) { Headers = { { "Content-Type", "application/json" } } },
                _ => JsonContent.Create(body),
            },
        };
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}
