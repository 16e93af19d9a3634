using System.Text;
using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>A desk keeps a file ready, agents attach it by the keys alone, and a macro brings it along until it is gone.</summary>
[Collection(nameof(Company))]
public sealed class LibraryStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "remote guide", "Library", "no longer has a file named")]
    [InlineData("ko", "ㅇㄱㄱㅁㅇㄴㅅ", "자료실", "파일이 없습니다")]
    public async Task A_file_of_the_library_is_attached_by_hand_and_by_a_macro(
        string language,
        string typed,
        string command,
        string gone
    )
    {
        var name = language == "ko" ? "원격 근무 안내서" : "Remote guide";
        var macro = $"With the guide ({language})";
        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync("/administration/desks");
        await ada.Locator("#desk-ITSD a[href$='/desks/ITSD/files']").ClickAsync();
        await ada.Locator("a.bar-action").ClickAsync();
        await ada.Locator("main form button.button-primary").ClickAsync();
        await Expect(ada.Locator("main .field.is-wrong").First).ToBeVisibleAsync();
        await Looking.AtThisAsync(ada, $"a file of the library that is missing ({language})");
        await ada.Locator("main input[type=file]").SetInputFilesAsync(File($"guide-{language}.txt", "first edition"));
        await Expect(ada.Locator("main .file input[type=hidden]")).ToHaveCountAsync(1);
        await ada.Locator("#in-name").FillAsync(name);
        await ada.Locator("#in-description").FillAsync("For who works at home");
        await ada.Locator("main form button.button-primary").ClickAsync();
        var row = ada.Locator("main tr", new() { HasText = name });
        await Expect(row).ToContainTextAsync($"guide-{language}.txt");

        await ada.GotoAsync("/administration/macros/edit");
        await ada.Locator("#in-name-en").FillAsync(macro);
        await ada.Locator("[name='do.0.text-en']").FillAsync("Please read the guide.");
        await ada.Locator("[name='do.0.files']").SelectOptionAsync(name);
        await Expect(ada.Locator("[name='do.0.files']")).ToHaveCountAsync(2);
        await Looking.AtThisAsync(ada, $"a macro with a file ({language})");
        await ada.Locator("main form .form-actions .button-primary").ClickAsync();
        await ada.WaitForURLAsync("**/administration/macros");

        // By the palette, a part of the name, and Enter.
        var rosa = await Company.OpenAsync(Company.Rosa, language);
        var key = await rosa.OpenTicketAsync($"From home ({language})");
        await rosa.Keyboard.PressAsync("Control+k");
        await rosa.Locator("#in-palette").FillAsync(command);
        await Expect(rosa.Locator(".palette-option[aria-selected=true]")).ToContainTextAsync(command);
        await rosa.Keyboard.PressAsync("Enter");
        var dialog = rosa.Locator("#library-dialog");
        await Expect(dialog.Locator("input[type=search]")).ToBeFocusedAsync();
        await Looking.AtThisAsync(rosa, $"the library ({language})");
        await rosa.Keyboard.TypeAsync(typed);
        await Expect(dialog.Locator(".library-file")).ToHaveCountAsync(1);
        await rosa.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        var file = rosa.Locator(".composer .file", new() { HasText = $"guide-{language}.txt" });
        await Expect(file.Locator("input[type=hidden]")).ToHaveCountAsync(1);
        await rosa.SayAsync("Public", "Here it is.");
        await Expect(rosa.Locator(".post-mine .files")).ToContainTextAsync($"guide-{language}.txt");

        // The macro tells it beforehand, and attaches it.
        var preview = await PreviewAsync(rosa, macro);
        await Expect(preview.Locator(".macro-changes ins")).ToContainTextAsync($"guide-{language}.txt");
        await Looking.AtThisAsync(rosa, $"a macro with a file before it is applied ({language})");
        await preview.Locator(".button-primary").ClickAsync();
        await Expect(rosa.Locator(".post-mine .files", new() { HasText = $"guide-{language}.txt" }))
            .ToHaveCountAsync(2);

        // The library's goes; the ticket's stay, and the macro does nothing more.
        await ada.GotoAsync("/administration/desks/ITSD/files");
        await Expect(row).ToContainTextAsync(macro);
        await Looking.AtThisAsync(ada, $"the files of a desk ({language})");
        await row.Locator("a.table-title").ClickAsync();
        await Looking.AtThisAsync(ada, $"a file of a desk ({language})");
        await ada.Locator("main form[action*='Remove'] button").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await rosa.GotoTicketAsync(key);
        await Expect(await PreviewAsync(rosa, macro)).ToContainTextAsync(gone);
        await Expect(rosa.Locator("#macro-dialog .button-primary")).ToHaveCountAsync(0);
        await Axe.MustFindNothingAsync(rosa, $"a macro whose file has gone ({language})");
        var mina = await Company.OpenAsync(Company.Mina, language);
        await mina.GotoAsync($"/portal/requests/{key}");
        await Expect(mina.Locator("#conversation a.file")).ToHaveCountAsync(2);
        await ada.GotoAsync($"/administration/macros/edit/{MacroId(language)}");
        await ada.Locator("main form button[formaction*='Remove']").ClickAsync();
    }

    [Fact]
    public async Task Without_script_the_library_is_a_page_that_attaches_at_once()
    {
        var ada = await Company.OpenAsync(Company.Ada, look: new Look(HasScripts: false));
        await ada.GotoAsync("/administration/desks/ITSD/files/edit");
        await ada.Locator("main input[type=file]").SetInputFilesAsync(File("plain.txt", "plain words"));
        await ada.Locator("#in-name").FillAsync("Without script");
        await ada.Locator("main form button.button-primary").ClickAsync();
        var key = await ada.OpenTicketAsync("Without script");
        await ada.Locator("a[data-library]").ClickAsync();
        await ada.Locator("input[type=search]").Last.FillAsync("without");
        await ada.Keyboard.PressAsync("Enter");
        await ada.Locator("[name=visibility][value=Internal]").CheckAsync();
        await ada.Locator(".library-file").ClickAsync();
        await ada.WaitForURLAsync($"**/workspace/tickets/{key}");
        await Expect(ada.Locator("body")).ToContainTextAsync("plain.txt");
    }

    private static string MacroId(string language) => $"with-the-guide-{language}";

    private static async Task<ILocator> PreviewAsync(IPage page, string macro)
    {
        await page.Locator(".macro-menu > summary").ClickAsync();
        await page.Locator(".macro-item", new() { HasText = macro }).ClickAsync();
        return page.Locator("#macro-dialog");
    }

    private static FilePayload File(string name, string content) =>
        new()
        {
            Name = name,
            MimeType = "text/plain",
            Buffer = Encoding.UTF8.GetBytes(content),
        };
}
