using System.Net;
using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>A page as one window has it: what is sent from it says what it was drawn with, however long ago that was.</summary>
internal sealed partial class DrawnPage
{
    private readonly HttpClient client;
    private readonly string path;
    private readonly string cookies;

    private DrawnPage(HttpClient client, string path, string cookies, HttpStatusCode status, string html) =>
        (this.client, this.path, this.cookies, Status, Html) = (client, path, cookies, status, html);

    public HttpStatusCode Status { get; }

    /// <summary>The page, as it came.</summary>
    public string Html { get; }

    public static async Task<DrawnPage> OpenAsync(HttpClient client, string path, string language = "en")
    {
        using var page = await client.GetAsync($"{path}?lang={language}");
        var given = page.Headers.TryGetValues("Set-Cookie", out var set) ? set : [];
        return new DrawnPage(
            client,
            path,
            string.Join("; ", given.Select(cookie => cookie.Split(';')[0])),
            page.StatusCode,
            await page.Content.ReadAsStringAsync()
        );
    }

    /// <summary>Sends a form of the page: what it holds hidden, and what is typed into it.</summary>
    /// <param name="handler">The handler; null for the form that goes to the page itself.</param>
    /// <param name="typed">What is typed or chosen.</param>
    /// <param name="containing">Words that the form holds, where several go to the handler.</param>
    public async Task<DrawnPage> SendAsync(
        string? handler,
        (string Name, string Value)[] typed,
        string containing = "",
        string language = "en"
    )
    {
        var form = FormElement()
            .Matches(Html)
            .Select(match => match.Value)
            .First(one =>
                one.Contains(handler is null ? "card-form" : $"handler={handler}\"", StringComparison.Ordinal)
                && one.Contains("method=\"post\"", StringComparison.Ordinal)
                && one.Contains(containing, StringComparison.Ordinal)
            );
        using var post = new HttpRequestMessage(
            HttpMethod.Post,
            $"{path}?lang={language}{(handler is null ? "" : $"&handler={handler}")}"
        );
        post.Headers.Add("Cookie", cookies);
        post.Content = new FormUrlEncodedContent([
            .. Hidden()
                .Matches(form)
                .Where(one => typed.All(field => field.Name != one.Groups["name"].Value))
                .Select(one =>
                    KeyValuePair.Create(one.Groups["name"].Value, WebUtility.HtmlDecode(one.Groups["value"].Value))
                ),
            .. typed.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ]);
        using var answer = await client.SendAsync(post);
        return new DrawnPage(client, path, cookies, answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What stands in an input of the page.</summary>
    public string Value(string name) =>
        WebUtility.HtmlDecode(
            Regex
                .Match(
                    Html,
                    $"name=\"{Regex.Escape(name)}\" value=\"(?<value>[^\"]*)\"",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(5)
                )
                .Groups["value"]
                .Value
        );

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex FormElement();

    [GeneratedRegex(
        "<input (type=\"hidden\" name=\"(?<name>[^\"]+)\"|name=\"(?<name>[^\"]+)\" type=\"hidden\") value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Hidden();
}
