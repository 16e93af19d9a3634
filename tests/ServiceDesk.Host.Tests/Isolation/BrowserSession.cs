using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.TestHost;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>A browser without scripts: keeps cookies, signs in by the form, posts forms with their token, follows nothing by itself.</summary>
public sealed partial class BrowserSession
{
    private readonly HttpClient client;
    private readonly CookieJar jar;
    private string? token;

    private BrowserSession(HttpClient client, CookieJar jar) => (this.client, this.jar) = (client, jar);

    /// <summary>The cookies that it sends, by name.</summary>
    public IReadOnlyDictionary<string, string> Cookies => jar.Known;

    /// <summary>A browser in which nobody is signed in.</summary>
    public static BrowserSession Of(ServerUnderTest server)
    {
        var cookies = new CookieJar(server.App.GetTestServer().CreateHandler());
        return new BrowserSession(new HttpClient(cookies) { BaseAddress = new Uri("http://localhost") }, cookies);
    }

    /// <summary>Signs in.</summary>
    public async Task SignInAsync(string email)
    {
        using var answer = await PostAsync(
            "/sign-in",
            [new("email", email), new("password", ServerUnderTest.Password)]
        );
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        token = null;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path);

    /// <summary>The body of an answer that does not end.</summary>
    public async Task<Stream> OpenAsync(string path)
    {
        var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStreamAsync();
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request);

    /// <summary>Posts a form as one that was drawn for this person.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Append(new(Field, await TokenAsync())));
        return await client.PostAsync(path, content);
    }

    /// <summary>Posts a form with files.</summary>
    public async Task<HttpResponseMessage> PostFilesAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>> fields,
        string input,
        IEnumerable<(string Name, byte[] Content)> files
    )
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(new(Field, await TokenAsync())))
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (name, bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), input, name);
        }

        return await client.PostAsync(path, content);
    }

    /// <summary>The name of the token in forms.</summary>
    public const string Field = "__RequestVerificationToken";

    /// <summary>The token of forms that are drawn for this person: the sign-in form for everyone who is not signed in, the profile for everyone who is.</summary>
    public async Task<string> TokenAsync()
    {
        foreach (var page in new[] { "/sign-in", "/account/profile" })
        {
            token ??= await TokenOfAsync(page);
        }

        return token ?? throw new InvalidOperationException("No page has a form with a token.");
    }

    private async Task<string?> TokenOfAsync(string page)
    {
        var match = FormToken().Match(await (await client.GetAsync(page)).Content.ReadAsStringAsync());
        return match.Success ? WebUtility.HtmlDecode(match.Groups["token"].Value) : null;
    }

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex FormToken();

    private sealed class CookieJar(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly CookieContainer cookies = new();

        public IReadOnlyDictionary<string, string> Known =>
            cookies
                .GetCookies(new Uri("http://localhost"))
                .ToDictionary(cookie => cookie.Name, cookie => cookie.Value, StringComparer.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var address = new Uri("http://localhost");
            if (cookies.GetCookieHeader(address) is { Length: > 0 } known)
            {
                request.Headers.TryAddWithoutValidation("Cookie", known);
            }

            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                cookies.SetCookies(address, cookie);
            }

            return answer;
        }
    }
}
