using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Files;

/// <summary>What can be looked at without being downloaded, as what, and by whom.</summary>
public sealed class PreviewTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person requester = null!;
    private Person stranger = null!;
    private TicketState ticket = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync(new ServerSetup());
        var people = server.Services.GetRequiredService<IPeopleStore>();
        agent = await server.PersonAsync("Alex Agent", "agent");
        requester = await people.CreateAsync(new NewPerson("Kim", "kim@example.com", "customer"));
        stranger = await people.CreateAsync(new NewPerson("Sam", "sam@example.com", "customer"));
        ticket = await server.OpenAsync(requester, "With files");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Text_is_shown_in_whatever_way_it_was_written()
    {
        const string words = "로그: 실패했습니다 <script>alert(1)</script>";
        var korean = CodePagesEncodingProvider.Instance.GetEncoding(949)!;
        foreach (
            var bytes in (byte[][])
                [
                    Encoding.UTF8.GetBytes(words),
                    [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(words)],
                    [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(words)],
                    korean.GetBytes(words),
                ]
        )
        {
            using var answer = await LookAsync(requester, await AttachAsync("기록.log", bytes), "/text");

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(words, await answer.Content.ReadAsStringAsync());
            Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("sandbox", Policy(answer), StringComparison.Ordinal);
            Assert.Equal("false", answer.Headers.GetValues(FileRoutes.CutHeader).Single());
        }
    }

    [Fact]
    public async Task A_long_text_is_cut_between_two_letters_and_says_so()
    {
        // A letter of three bytes lies across the cut.
        var bytes = Encoding.UTF8.GetBytes("x" + string.Concat(Enumerable.Repeat("가", TextPreview.Limit / 3 + 10)));
        using var answer = await LookAsync(requester, await AttachAsync("long.txt", bytes), "/text");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain('\uFFFD', text);
        Assert.Contains("가\n\n— Only the first 200 KB are shown.", text, StringComparison.Ordinal);
        Assert.Equal("true", answer.Headers.GetValues(FileRoutes.CutHeader).Single());
    }

    [Fact]
    public async Task What_is_no_text_has_no_preview_of_one()
    {
        var binary = await AttachAsync("data.csv", [1, 0, 2, 0, 3]);
        using var answer = await LookAsync(requester, binary, "/text");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);

        foreach (var name in (string[])["page.html", "drawing.svg", "letter.docx"])
        {
            var file = await AttachAsync(
                name,
                "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray()
            );
            using var text = await LookAsync(requester, file, "/text");
            Assert.Equal(HttpStatusCode.NotFound, text.StatusCode);
            using var inline = await LookAsync(requester, file, "?inline");
            Assert.Equal("attachment", inline.Content.Headers.ContentDisposition!.DispositionType);
        }
    }

    [Fact]
    public async Task A_document_opens_in_the_browsers_viewer_when_it_is_one()
    {
        var real = await AttachAsync("manual.pdf", "%PDF-1.7 and so on"u8.ToArray());
        using var shown = await LookAsync(requester, real, "?inline");
        Assert.Equal("inline", shown.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/pdf", shown.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", Policy(shown), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Policy(shown), StringComparison.Ordinal);
        Assert.Equal("%PDF-1.7 and so on", await shown.Content.ReadAsStringAsync());

        var said = await AttachAsync("said.pdf", "<script>alert(1)</script>"u8.ToArray());
        using var download = await LookAsync(requester, said, "?inline");
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", Policy(download), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_is_there_for_those_alone_who_may_read_the_file()
    {
        var open = await AttachAsync("open.txt", "open"u8.ToArray());
        var inner = await AttachAsync("inner.txt", "inner"u8.ToArray(), Visibility.Internal);

        foreach (
            var (who, file, status) in new[]
            {
                (agent, inner, HttpStatusCode.OK),
                (requester, open, HttpStatusCode.OK),
                (requester, inner, HttpStatusCode.NotFound),
                (stranger, open, HttpStatusCode.NotFound),
                (stranger, inner, HttpStatusCode.NotFound),
            }
        )
        {
            using var answer = await LookAsync(who, file, "/text");
            Assert.Equal(status, answer.StatusCode);
        }

        using var nobody = server.ClientOf(null);
        Assert.NotEqual(HttpStatusCode.OK, (await nobody.GetAsync($"/files/{ticket.Key}/{open.Id}/text")).StatusCode);
    }

    [Fact]
    public async Task What_was_taken_away_says_so_in_its_place_and_is_nowhere_else()
    {
        var chief = await server.PersonAsync("Ada Admin", "administrator");
        var file = await AttachAsync("passport.png", Png);
        var page = $"/portal/requests/{ticket.Key}";
        using var asking = server.ClientOf(requester);
        Assert.Contains($"{file.Id}?inline", await asking.GetStringAsync(page), StringComparison.Ordinal);

        var answer = await server.SendAsync(chief, ticket.Id, new RedactFile(file.Id, "picture.png", "a passport"));

        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        var shown = await asking.GetStringAsync(page);
        Assert.Contains("picture.png", shown, StringComparison.Ordinal);
        Assert.Contains("removed by", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("passport", shown, StringComparison.Ordinal);
        using var working = server.ClientOf(agent);
        var inside = await working.GetStringAsync($"/workspace/tickets/{ticket.Key}");
        Assert.Contains("removed by Ada Admin", inside, StringComparison.Ordinal);
        Assert.Contains("a passport", inside, StringComparison.Ordinal);
        foreach (var way in (string[])["", "?inline"])
        {
            using var gone = await LookAsync(agent, file, way);
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        await server.UntilAsync(async () =>
            await server.Services.GetRequiredService<IFileStore>().OpenAsync(file.Sha256) is null
        );
    }

    private static byte[] Png =>
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
        );

    private static string Policy(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Content-Security-Policy").Single();

    private async Task<HttpResponseMessage> LookAsync(Person who, AttachedFile file, string way)
    {
        using var client = server.ClientOf(who);
        return await client.GetAsync($"/files/{ticket.Key}/{file.Id}{way}");
    }

    private async Task<AttachedFile> AttachAsync(string name, byte[] content, Visibility visibility = Visibility.Public)
    {
        var files = server.Services.GetRequiredService<IFileStore>();
        var type = MediaTypes.Decide(name, content);
        var file = (await files.SaveAsync(new MemoryStream(content), name, type, 1_000_000, agent.Id)).ToAttached();
        var answer = await server.SendAsync(agent, ticket.Id, new AttachFiles([file], visibility));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return file;
    }
}
