using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Replies;

/// <summary>Macros that attach files of the desk's library: shown beforehand, attached with the text, and told when one is gone.</summary>
[Collection(CompanyTests.Name)]
public class MacroFilesTests(SmallCompany company)
{
    private const string Own = "/api/v1/own-macros";
    private const string Library = "/api/v1/desks/ITSD/files";

    [Fact]
    public async Task The_files_are_told_beforehand_and_stand_with_the_reply()
    {
        await KeepAsync("Macro guide", "guide.txt", "the guide");
        var path = await company.OpenAsync("With a guide");
        var id = await MakeAsync("public", "Please read it", "macro GUIDE");

        var preview = await company.AsAgent.PostAsync($"{path}/macros/own:{id}", new { preview = true }).OkAsync();
        Assert.Equal("guide.txt", (string)Files(preview)!["after"]!);
        Assert.Empty((await company.AsAgent.GetAsync($"{path}/attachments").OkAsync())["items"]!.AsArray());

        var applied = await company.AsAgent.PostAsync($"{path}/macros/own:{id}", new { }).OkAsync();
        Assert.Equal("guide.txt", (string)Files(applied)!["after"]!);
        var comment = Assert.Single(
            (await company.AsCustomer.GetAsync($"{path}/comments").OkAsync())["items"]!.AsArray()
        )!;
        var file = Assert.Single(comment["attachments"]!.AsArray())!;
        Assert.Equal("the guide", await company.AsCustomer.GetStringAsync((string)file["url"]!));
    }

    [Theory]
    [InlineData("public", 1)]
    [InlineData("internal", 0)]
    public async Task Without_a_text_the_files_are_attached_by_themselves_for_those_who_would_read_it(
        string visibility,
        int seen
    )
    {
        await KeepAsync($"Alone {visibility}", "alone.txt", "alone");
        var (first, second) = (await company.OpenAsync("Emptied"), await company.OpenAsync("Never had one"));
        var emptied = await MakeAsync(visibility, "Not needed", $"Alone {visibility}");
        var without = await MakeAsync(visibility, null, $"Alone {visibility}");

        await company.AsAgent.PostAsync($"{first}/macros/own:{emptied}", new { text = " " }).OkAsync();
        await company.AsAgent.PostAsync($"{second}/macros/own:{without}", new { }).OkAsync();

        foreach (var path in new[] { first, second })
        {
            Assert.Empty((await company.AsAgent.GetAsync($"{path}/comments").OkAsync())["items"]!.AsArray());
            Assert.Single((await company.AsAgent.GetAsync($"{path}/attachments").OkAsync())["items"]!.AsArray());
            var read = (await company.AsCustomer.GetAsync($"{path}/attachments").OkAsync())["items"]!.AsArray();
            Assert.Equal(seen, read.Count);
        }
    }

    [Fact]
    public async Task A_file_that_has_gone_is_told_and_nothing_is_done()
    {
        var kept = await KeepAsync("Soon gone", "gone.txt", "gone");
        var path = await company.OpenAsync("Half of it would be wrong");
        var id = await MakeAsync("public", "Here it is", "Soon gone");
        await company.AsAdmin.DeleteAsync($"{Library}/{kept}").OkAsync(HttpStatusCode.NoContent);
        var before = await company.AsAgent.GetAsync(path).OkAsync();

        var preview = await company.AsAgent.PostAsync($"{path}/macros/own:{id}", new { preview = true }).OkAsync();
        var refusal = Assert.Single(preview["refusals"]!.AsArray())!;
        Assert.Equal(("comment", "macro.file-gone"), ((string?)refusal["action"], (string?)refusal["code"]));
        Assert.Contains("Soon gone", (string)refusal["detail"]!, StringComparison.Ordinal);
        await company
            .AsAgent.PostAsync($"{path}/macros/own:{id}", new { })
            .ProblemAsync(HttpStatusCode.Conflict, "macro.file-gone");
        Assert.Equal((long)before["version"]!, (long)(await company.AsAgent.GetAsync(path).OkAsync())["version"]!);
    }

    [Fact]
    public async Task A_macro_of_a_desk_names_its_files_in_its_document()
    {
        await KeepAsync("Desk guide", "desk.txt", "for the desk");
        var document = new MacroDocument
        {
            Id = "with-guide",
            Name = LocalizedText.Of("With the guide"),
            Desks = ["ITSD"],
            Do =
            [
                new RuleAction
                {
                    Do = "comment",
                    Visibility = Visibility.Internal,
                    Text = LocalizedText.Of("The guide is here"),
                    Files = ["Desk guide"],
                },
            ],
        };
        var yaml = company.Get<DocumentText>().ToYaml(document);
        Assert.Contains("files:\n      - Desk guide", yaml.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(document, company.Get<DocumentText>().FromYaml(yaml).Document);
        var author = new ConfigurationAuthor(company.Agent.Id, null, null);
        var outcome = await company.Get<IConfigurationEditor>().SaveAsync(yaml, 0, author);
        Assert.Equal(ConfigurationStatus.Written, outcome.Status);
        var path = await company.OpenAsync("By a macro of the desk");

        var done = await company.AsAgent.PostAsync($"{path}/macros/with-guide", new { }).OkAsync();

        Assert.Equal("desk.txt", (string)Files(done)!["after"]!);
        Assert.Single((await company.AsAgent.GetAsync($"{path}/attachments").OkAsync())["items"]!.AsArray());
        Assert.Empty((await company.AsCustomer.GetAsync($"{path}/attachments").OkAsync())["items"]!.AsArray());
    }

    private static JsonNode? Files(JsonNode told) =>
        told["changes"]!.AsArray().SingleOrDefault(change => (string)change!["what"]! == "files");

    private async Task<long> MakeAsync(string visibility, string? text, string file)
    {
        var action = new JsonObject
        {
            ["do"] = "comment",
            ["visibility"] = visibility,
            ["files"] = new JsonArray(file),
        };
        if (text is not null)
        {
            action["text"] = text;
        }

        var made = await company
            .AsAgent.PostAsync(Own, new { name = file, @do = new[] { action } })
            .OkAsync(HttpStatusCode.Created);
        return (long)made["id"]!;
    }

    private async Task<long> KeepAsync(string name, string fileName, string content)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        var upload = await company
            .AsAdmin.PostAsync($"/api/v1/files?name={fileName}", body)
            .OkAsync(HttpStatusCode.Created);
        var kept = await company
            .AsAdmin.PostAsync(Library, new { name, file = (long)upload["id"]! })
            .OkAsync(HttpStatusCode.Created);
        return (long)kept["id"]!;
    }
}
