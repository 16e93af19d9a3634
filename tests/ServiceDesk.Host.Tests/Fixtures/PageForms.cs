using System.Net;
using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>Forms of pages, sent as a browser sends them.</summary>
internal static partial class PageForms
{
    /// <summary>Sends a form of a page to one of its handlers.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> PostAsync(
        this HttpClient client,
        string page,
        string handler,
        params (string Name, string Value)[] fields
    )
    {
        using var shown = await client.GetAsync(page);
        using var post = new HttpRequestMessage(HttpMethod.Post, $"{page}?handler={handler}");
        post.Headers.Add(
            "Cookie",
            string.Join("; ", shown.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]))
        );
        post.Headers.Add(
            "RequestVerificationToken",
            Token().Match(await shown.Content.ReadAsStringAsync()).Groups["token"].Value
        );
        post.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await client.SendAsync(post);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"request-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
