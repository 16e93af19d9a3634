using System.Net;
using System.Text.Json;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Pages;
using ServiceDesk.Host.Texts;

namespace ServiceDesk.Host.Tests.Replies;

/// <summary>What an agent has begun to write, on the page of the ticket.</summary>
public sealed class DraftPageTests(QueueServer own) : IClassFixture<QueueServer>
{
    private static readonly string TooLong = new('x', 100_001);

    [Fact]
    public async Task A_draft_stands_in_the_page_until_it_is_sent_and_the_note_stays()
    {
        var (path, page) = await OpenAsync("Drafted");
        var kept = await SaveAsync(page, "Public", "Dear <Kim>", 0);
        await SaveAsync(page, "Internal", "Only us", 0);
        Assert.Equal(1, kept.GetProperty("revision").GetInt32());
        Assert.Contains("\nDear &lt;Kim&gt;</textarea>", await GetAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain("Dear", await own.AsAdmin.GetStringAsync(path), StringComparison.Ordinal);

        var (sent, _) = await page.PostAsync("Comment", null, "en", [("visibility", "Public"), ("body", "Dear Kim")]);
        Assert.Equal(HttpStatusCode.Redirect, sent);
        Assert.Contains("\nOnly us</textarea>", await GetAsync(path), StringComparison.Ordinal);
        var (status, answer) = await PostAsync(page, "Public", "Dear Kim, again", 1);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(("Sent", 2), (State(answer), answer.GetProperty("revision").GetInt32()));
    }

    [Fact]
    public async Task A_refused_reply_keeps_its_draft_and_shows_what_was_typed()
    {
        var (path, page) = await OpenAsync("Refused");
        await SaveAsync(page, "Public", "Kept", 0);
        var (status, html) = await page.PostAsync("Comment", null, "en", [("visibility", "Public"), ("body", TooLong)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("data-typed=\"true\"", html, StringComparison.Ordinal);
        Assert.Contains("\nKept</textarea>", await GetAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_windows_learn_what_became_of_it()
    {
        var (path, page) = await OpenAsync("Two windows");
        await SaveAsync(page, "Internal", "From here", 0);
        await SaveAsync(page, "Internal", "From there", 1);
        var (status, answer) = await PostAsync(page, "Internal", "Late", 1);
        Assert.Equal((HttpStatusCode.Conflict, "From there"), (status, answer.GetProperty("text").GetString()));
        await SaveAsync(page, "Internal", "", 2);

        using var drafts = JsonDocument.Parse(await own.AsAgent.GetStringAsync($"{path}?handler=Drafts"));
        var note = drafts.RootElement.EnumerateArray().Last();
        Assert.Equal(
            ("Internal", "Discarded", 3),
            (note.GetProperty("visibility").GetString(), State(note), note.GetProperty("revision").GetInt32())
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(page, "Internal", TooLong, 3)).Status);
        using var others = JsonDocument.Parse(await own.AsAdmin.GetStringAsync($"{path}?handler=Drafts"));
        Assert.All(
            others.RootElement.EnumerateArray(),
            draft => Assert.Equal(0, draft.GetProperty("revision").GetInt32())
        );
    }

    [Fact]
    public async Task The_editor_speaks_both_languages()
    {
        var (path, _) = await OpenAsync("Both");
        foreach (var language in Languages.All)
        {
            var html = await own.AsAgent.GetStringAsync($"{path}?lang={language}");
            Assert.DoesNotContain("[workspace.", html, StringComparison.Ordinal);
        }
    }

    private Task<string> GetAsync(string path) => own.AsAgent.GetStringAsync($"{path}?lang=en");

    private static async Task<JsonElement> SaveAsync(EditorPage page, string kind, string text, int revision)
    {
        var (status, answer) = await PostAsync(page, kind, text, revision);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(
        EditorPage page,
        string kind,
        string text,
        int revision
    )
    {
        var (status, json) = await page.PostAsync(
            "Draft",
            null,
            "en",
            [("visibility", kind), ("text", text), ("revision", $"{revision}")]
        );
        using var document = JsonDocument.Parse(json);
        return (status, document.RootElement.Clone());
    }

    private static string? State(JsonElement draft) => draft.GetProperty("state").GetString();

    private async Task<(string Path, EditorPage Page)> OpenAsync(string summary)
    {
        var ticket = await own.Server.OpenAsync(own.Agent, summary, desk: "ITSD");
        var path = $"/workspace/tickets/{ticket.Key}";
        return (path, new EditorPage(own.AsAgent, path));
    }
}
