using System.Net;
using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>An editor's page as a browser without script uses it: it is fetched, and its form is sent.</summary>
/// <param name="client">Who edits.</param>
/// <param name="path">The page of a new document, without its id.</param>
internal sealed partial class EditorPage(HttpClient client, string path)
{
    /// <summary>Presses a button that changes the form's shape.</summary>
    public async Task<string> ShapeAsync(string op, params (string Name, string Value)[] fields) =>
        (await PostAsync($"Shape&op={op}", null, "en", fields)).Html;

    /// <summary>Sends the form to a handler.</summary>
    public async Task<(HttpStatusCode Status, string Html)> PostAsync(
        string handler,
        string? id,
        string language,
        (string Name, string Value)[] fields
    )
    {
        using var page = await client.GetAsync($"{path}?lang=en");
        using var post = new HttpRequestMessage(
            HttpMethod.Post,
            $"{path}{(id is null ? "" : "/" + id)}?handler={handler}&lang={language}"
        );
        post.Headers.Add(
            "Cookie",
            string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]))
        );
        post.Headers.Add(
            "RequestVerificationToken",
            Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value
        );
        post.Content = new FormUrlEncodedContent([
            .. fields.Any(field => field.Name == "version") ? [] : new[] { KeyValuePair.Create("version", "0") },
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ]);
        using var answer = await client.SendAsync(post);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"request-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
