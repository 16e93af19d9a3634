using System.Text;
using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>Files are looked at without a mouse, and what must not stand on a ticket is taken out of it for good.</summary>
[Collection(nameof(Company))]
public sealed class FileStories(Company company) : Stories(company)
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
    );

    [Theory]
    [InlineData("en", "removed by Ada Byron", "The content of the file is gone.")]
    [InlineData("ko", "Ada Byron 님이 삭제", "파일의 내용을 삭제했습니다.")]
    public async Task Files_open_in_a_dialog_and_a_passage_and_a_file_are_redacted(
        string language,
        string removed,
        string done
    )
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        var key = await page.OpenTicketAsync($"Look at these ({language})");
        await page.Locator(".composer input[type=file]")
            .SetInputFilesAsync([
                File("화면.png", "image/png", Png),
                File("오류.log", "text/plain", Korean("연결이 끊겼습니다\nretry 3")),
                File("manual.pdf", "application/pdf", "%PDF-1.4"u8.ToArray()),
            ]);
        await Expect(page.Locator(".composer .file input[type=hidden]")).ToHaveCountAsync(3);
        await page.SayAsync("Public", "The password is swordfish-7, see the files.");

        // A picture first, then the text, by the keys alone.
        var post = page.Locator(".post-mine", new() { HasText = "swordfish-7" });
        await post.Locator("a[data-preview=image]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.Locator("#preview");
        await Expect(dialog.Locator("img")).ToHaveAttributeAsync("alt", "화면.png");
        await Expect(dialog.Locator("[data-preview-place]"))
            .ToHaveTextAsync(language == "ko" ? "2개 중 1번째" : "1 of 2");
        await Looking.AtThisAsync(page, $"a picture that is looked at ({language})");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(dialog.Locator("pre")).ToHaveTextAsync("연결이 끊겼습니다\nretry 3");
        await Looking.AtThisAsync(page, $"a text that is looked at ({language})");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(dialog.Locator("img")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).Not.ToBeVisibleAsync();
        await Expect(post.Locator("a[data-preview=image]")).ToBeFocusedAsync();
        await Expect(post.Locator("a.file", new() { HasText = "manual.pdf" })).ToHaveAttributeAsync("target", "_blank");

        // The passage.
        await post.Locator("a[href*='/redact']").ClickAsync();
        await Looking.AtThisAsync(page, $"the page that redacts ({language})");
        await page.Locator("#in-words")
            .EvaluateAsync(
                """
                words => {
                  const at = words.value.indexOf("swordfish-7");
                  words.focus();
                  words.setSelectionRange(at, at + 11);
                  words.dispatchEvent(new Event("select", { bubbles: true }));
                }
                """
            );
        await Expect(page.Locator("#in-passage")).ToHaveValueAsync("swordfish-7");
        await page.Locator("#in-passage").FocusAsync();
        await page.Locator("form", new() { Has = page.Locator("#in-passage") }).Locator("[type=submit]").ClickAsync();
        await Expect(page.Locator("#in-reason")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Locator("#in-reason").FillAsync("A password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main .button-danger")).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"the question before it is done ({language})");
        await page.Locator("main .button-danger").ClickAsync();
        await Expect(page.Locator(".post-mine .post-body")).ToContainTextAsync("████");
        await Expect(page.Locator(".post-mine .redaction")).ToContainTextAsync("A password");
        await Expect(page.Locator("body")).Not.ToContainTextAsync("swordfish-7");

        // The file.
        await page.Locator(".post-mine a[href*='/redact']").ClickAsync();
        await page.Locator("label", new() { HasText = "화면.png" }).ClickAsync();
        await page.Locator("#in-file-reason").FillAsync("Somebody's face");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("main .button-danger").ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync(done);
        await Expect(page.Locator(".post-mine .file-gone")).ToContainTextAsync(removed);
        await Looking.AtThisAsync(page, $"a ticket out of which something was taken ({language})");

        // Who asked reads that it happened, not why.
        var mina = await Company.OpenAsync(Company.Mina, language);
        await mina.GotoAsync($"/portal/requests/{key}");
        await Expect(mina.Locator("#conversation")).ToContainTextAsync("████");
        await Expect(mina.Locator(".file-gone")).ToContainTextAsync("화면.png");
        await Expect(mina.Locator("body")).Not.ToContainTextAsync("Somebody's face");
        await mina.Locator("#conversation a[data-preview=text]").ClickAsync();
        await Expect(mina.Locator("#preview pre")).ToContainTextAsync("연결이 끊겼습니다");
        await Looking.AtThisAsync(mina, $"a text that a customer looks at ({language})");
    }

    [Fact]
    public async Task Without_script_a_preview_is_a_page_of_its_own()
    {
        var mina = await Company.OpenAsync(Company.Mina, look: new Look(HasScripts: false));
        await mina.OpenRequestAsync("A file without script", "See it.");
        await mina.Locator("#answer input[type=file]")
            .SetInputFilesAsync(File("a.txt", "text/plain", "plain words"u8.ToArray()));
        await mina.Locator("#answer button[type=submit]").ClickAsync();
        await mina.Locator("#conversation a.file").ClickAsync();
        await Expect(mina.Locator("body")).ToContainTextAsync("plain words");
    }

    [Theory]
    [InlineData("en", "is not what its name says")]
    [InlineData("ko", "이름과 다릅니다")]
    public async Task An_administrator_says_which_files_are_taken_and_a_disguise_is_told(string language, string said)
    {
        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync("/administration/files");
        await Looking.AtThisAsync(ada, $"the rules for files ({language})");
        await ada.Locator("[name=customers-megabytes]").FillAsync("0");
        await ada.Locator("main form button.button-primary").ClickAsync();
        await Expect(ada.Locator("[name=customers-megabytes]")).ToHaveAttributeAsync("aria-invalid", "true");
        await ada.Locator("[name=customers-megabytes]").FillAsync("5");
        await ada.Locator("[name=customers-refused]").FillAsync(".exe, *.iso bat");
        await ada.Locator("main form button.button-primary").ClickAsync();
        await Expect(ada.Locator("[name=customers-refused]")).ToHaveValueAsync("exe, iso, bat");

        var mina = await Company.OpenAsync(Company.Mina, language);
        await mina.OpenRequestAsync($"A disguise ({language})", "See it.");
        await mina.Locator("#answer input[type=file]")
            .SetInputFilesAsync(File("photo.png", "image/png", [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0]));
        await Expect(mina.Locator("#answer .file.is-wrong")).ToContainTextAsync(said);
        await Looking.AtThisAsync(mina, $"a file that is refused ({language})");
        await ada.GotoAsync("/administration/configuration/file-rules/files");
        await ada.Locator(".button-danger").ClickAsync();
    }

    private static byte[] Korean(string text) => CodePagesEncodingProvider.Instance.GetEncoding(949)!.GetBytes(text);

    [Fact]
    public async Task A_reply_is_sent_with_the_file_that_is_still_on_its_way()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        await page.OpenTicketAsync("Sent at once");
        var (asked, arrive) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(
            url => new Uri(url).AbsolutePath.EndsWith("/files", StringComparison.Ordinal),
            async route =>
            {
                asked.TrySetResult();
                await arrive.Task;
                await route.ContinueAsync();
            }
        );
        await page.Locator(".composer input[type=file]").SetInputFilesAsync(File("late.png", "image/png", Png));
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await page.Locator(".composer [name=body]").FillAsync("With a picture");
        await page.Locator(".composer .button-primary").ClickAsync();
        arrive.SetResult();
        await Expect(page.Locator(".post", new() { HasText = "With a picture" })).ToContainTextAsync("late.png");
    }

    private static FilePayload File(string name, string type, byte[] content) =>
        new()
        {
            Name = name,
            MimeType = type,
            Buffer = content,
        };
}
