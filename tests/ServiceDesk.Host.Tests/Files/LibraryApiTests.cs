using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Tests.Files;

/// <summary>The files that a desk keeps ready, over REST: who puts them in, who finds and attaches them, and for whom there are none.</summary>
[Collection(CompanyTests.Name)]
public class LibraryApiTests(SmallCompany company)
{
    private const string Path = "/api/v1/desks/ITSD/files";
    private const string Unknown = "library.unknown";

    [Fact]
    public async Task A_file_is_put_in_found_by_consonants_replaced_and_taken_out()
    {
        var kept = await AddAsync("원격 근무 안내서", "remote.txt", "at home");
        var one = $"{Path}/{kept["id"]}";

        foreach (var words in new[] { "ㅇㄱㄱㅁ", "안내", "REMOTE", "안내서 원격" })
        {
            var found = await company.AsAgent.GetAsync($"{Path}?q={Uri.EscapeDataString(words)}").OkAsync();
            Assert.Contains(found["items"]!.AsArray(), file => (long)file!["id"]! == (long)kept["id"]!);
        }

        Assert.Empty((await company.AsAgent.GetAsync($"{Path}?q=zzz+안내").OkAsync())["items"]!.AsArray());
        Assert.Equal("at home", await company.AsAgent.GetStringAsync((string)kept["content"]!));
        Assert.Equal(company.Admin.Name, (string)kept["changedBy"]!["name"]!);

        var change = new
        {
            version = 1,
            name = "원격 근무 안내서 2",
            file = (long?)await UploadAsync("remote-2.txt", "anywhere"),
        };
        var changed = await company.AsAdmin.PutJsonAsync(one, change).OkAsync();
        Assert.Equal((2, "remote-2.txt"), ((int)changed["version"]!, (string)changed["fileName"]!));
        Assert.Equal("anywhere", await company.AsAgent.GetStringAsync($"{one}/content"));
        await company
            .AsAdmin.PutJsonAsync(one, change with { file = null })
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "library.changed-meanwhile");

        await company.AsAdmin.DeleteAsync(one).OkAsync(HttpStatusCode.NoContent);
        await company.AsAdmin.DeleteAsync(one).ProblemAsync(HttpStatusCode.NotFound, Unknown);
        await company.AsAgent.GetAsync(one).ProblemAsync(HttpStatusCode.NotFound, Unknown);
    }

    [Fact]
    public async Task What_is_attached_is_the_tickets_own_whatever_becomes_of_the_librarys()
    {
        var path = await company.OpenAsync("Needs the guide");
        var kept = await AddAsync("Guide for the ticket", "guide.txt", "how it works");
        var wish = new { file = (long)kept["id"]!, visibility = "public" };

        var attached = await company
            .AsAgent.PostAsync($"{path}/attachments/library", wish, "attach-once")
            .OkAsync(HttpStatusCode.Created);
        await company
            .AsAgent.PostAsync($"{path}/attachments/library", wish, "attach-once")
            .OkAsync(HttpStatusCode.Created);
        await company.AsAdmin.DeleteAsync($"{Path}/{kept["id"]}").OkAsync(HttpStatusCode.NoContent);

        var file = Assert.Single(attached["items"]!.AsArray())!;
        Assert.Equal("guide.txt", (string)file["name"]!);
        Assert.Equal("how it works", await company.AsCustomer.GetStringAsync((string)file["url"]!));
        Assert.Single((await company.AsCustomer.GetAsync($"{path}/attachments").OkAsync())["items"]!.AsArray());
        await company
            .AsAgent.PostAsync($"{path}/attachments/library", wish)
            .ProblemAsync(HttpStatusCode.NotFound, Unknown);
    }

    [Fact]
    public async Task A_redaction_concerns_the_ticket_and_marks_the_librarys_file()
    {
        var path = await company.OpenAsync("Got the wrong guide");
        var kept = await AddAsync("Guide by mistake", "mistake.txt", "not for them");
        var attached = await company
            .AsAgent.PostAsync($"{path}/attachments/library", new { file = (long)kept["id"]! })
            .OkAsync(HttpStatusCode.Created);
        var id = (long)attached["items"]![0]!["id"]!;

        await company.AsAdmin.PostAsync($"{path}/redactions", new { attachment = id, reason = "mistake" }).OkAsync();

        await company
            .AsAgent.GetAsync($"{path}/attachments/{id}")
            .ProblemAsync(HttpStatusCode.NotFound, "api.attachment-unknown");
        var marked = await company.AsAgent.GetAsync($"{Path}/{kept["id"]}").OkAsync();
        Assert.NotNull((string?)marked["redactedAt"]);
        Assert.Equal("not for them", await company.AsAgent.GetStringAsync((string)kept["content"]!));
        company.Time.Move(NodaTime.Duration.FromSeconds(1));
        await company
            .AsAgent.PostAsync($"{Path}/{kept["id"]}/keep", new { })
            .ProblemAsync(HttpStatusCode.Forbidden, "library.not-yours");
        await company.AsAdmin.PostAsync($"{Path}/{kept["id"]}/keep", new { }).OkAsync(HttpStatusCode.NoContent);
        Assert.Null((string?)(await company.AsAgent.GetAsync($"{Path}/{kept["id"]}").OkAsync())["redactedAt"]);
    }

    [Fact]
    public async Task Who_does_not_work_on_the_desk_finds_none_and_who_does_not_configure_changes_none()
    {
        await DeskAsync("SHUT");
        var path = await company.OpenAsync("Whose library");
        var kept = await AddAsync("For agents alone", "agents.txt", "inside");
        var one = $"{Path}/{kept["id"]}";
        var body = new { name = "Taken", file = await UploadAsync("taken.txt", "taken") };

        foreach (var customer in new[] { company.AsCustomer, company.AsStranger })
        {
            await customer.GetAsync(Path).ProblemAsync(HttpStatusCode.NotFound, Unknown);
            await customer.GetAsync(one).ProblemAsync(HttpStatusCode.NotFound, Unknown);
            await customer.GetAsync($"{one}/content").ProblemAsync(HttpStatusCode.NotFound, Unknown);
            await customer.PostAsync(Path, body).ProblemAsync(HttpStatusCode.NotFound, Unknown);
            await customer.PutJsonAsync(one, body).ProblemAsync(HttpStatusCode.NotFound, Unknown);
            await customer.DeleteAsync(one).ProblemAsync(HttpStatusCode.NotFound, Unknown);
        }

        await company
            .AsCustomer.PostAsync($"{path}/attachments/library", new { file = (long)kept["id"]! })
            .ProblemAsync(HttpStatusCode.NotFound, Unknown);
        await company
            .AsAgent.PostAsync(Path, new { name = "Mine", file = await UploadAsync("m.txt", "m", company.AsAgent) })
            .ProblemAsync(HttpStatusCode.Forbidden, "library.not-yours");
        await company.AsAgent.DeleteAsync(one).ProblemAsync(HttpStatusCode.Forbidden, "library.not-yours");
        // An agent, but of other desks.
        await company.AsAgent.GetAsync("/api/v1/desks/SHUT/files").ProblemAsync(HttpStatusCode.NotFound, Unknown);
        await company
            .AsAgent.GetAsync($"/api/v1/desks/SHUT/files/{kept["id"]}")
            .ProblemAsync(HttpStatusCode.NotFound, Unknown);
        await company.AsAdmin.GetAsync("/api/v1/desks/NONE/files").ProblemAsync(HttpStatusCode.NotFound, Unknown);
        // What another one uploaded looks as if there were none.
        await company
            .AsAdmin.PostAsync(Path, new { name = "Theirs", file = await UploadAsync("t.txt", "t", company.AsAgent) })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_token_for_tickets_alone_changes_no_library()
    {
        var kept = await AddAsync("For macros", "macros.txt", "sent by them");
        var body = new { name = "Other", file = await UploadAsync("other.txt", "other") };
        using var narrow = await company.ClientAsync(company.Admin, Scopes.ReadTickets, Scopes.WriteTickets);

        await narrow.GetAsync($"{Path}/{kept["id"]}").OkAsync();
        await narrow.PostAsync(Path, body).ProblemAsync(HttpStatusCode.Forbidden);
        await narrow.PutJsonAsync($"{Path}/{kept["id"]}", body).ProblemAsync(HttpStatusCode.Forbidden);
        await narrow.PostAsync($"{Path}/{kept["id"]}/keep", new { }).ProblemAsync(HttpStatusCode.Forbidden);
        await narrow.DeleteAsync($"{Path}/{kept["id"]}").ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsAgent.GetAsync($"{Path}/{kept["id"]}").OkAsync();
    }

    [Fact]
    public async Task A_desk_that_keeps_files_goes_when_that_is_said_and_its_files_a_month_later()
    {
        const string Files = "/api/v1/desks/ENDED/files";
        await DeskAsync("ENDED");
        await company
            .AsAdmin.PostAsync(Files, new { name = "Guide", file = await UploadAsync("ended.txt", "a guide") })
            .OkAsync(HttpStatusCode.Created);
        var editor = company.Get<IConfigurationEditor>();
        var author = new ConfigurationAuthor(company.Admin.Id, null, null);

        var refused = await editor.RemoveAsync(DocumentKinds.Desk, "ENDED", null, author);
        var problem = Assert.Single(refused.Problems).Problem;
        Assert.Equal("configuration.desk-has-files", problem.Code);
        Assert.Equal(["ENDED", "1"], problem.Arguments);
        var said = await editor.RemoveAsync(DocumentKinds.Desk, "ENDED", null, author with { RemovesUsed = true });
        Assert.Equal(ConfigurationStatus.Written, said.Status);

        var library = company.Get<IFileLibrary>();
        var now = company.Get<IClock>().GetCurrentInstant();
        Assert.Equal(0, await ForgetAsync(ForgetDeskFiles.Kept - Duration.FromDays(1)));
        // A mistake that is taken back finds everything again.
        await DeskAsync("ENDED");
        Assert.Equal(0, await ForgetAsync(ForgetDeskFiles.Kept + Duration.FromDays(1)));
        Assert.Single((await company.AsAdmin.GetAsync(Files).OkAsync())["items"]!.AsArray());
        await editor.RemoveAsync(DocumentKinds.Desk, "ENDED", null, author with { RemovesUsed = true });
        Assert.Equal(1, await ForgetAsync(ForgetDeskFiles.Kept + Duration.FromDays(1)));
        Assert.Empty(await library.OfAsync("ENDED"));

        Task<int> ForgetAsync(Duration after) =>
            new ForgetDeskFiles(
                library,
                company.Get<IDocumentStore>(),
                company.Get<ICurrentConfiguration>(),
                new StoppedClock(now + after)
            ).RunAsync(default);
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_place()
    {
        const HttpStatusCode wrong = HttpStatusCode.UnprocessableEntity;
        await AddAsync("Taken name", "name.txt", "a name");
        var upload = await UploadAsync("fresh.txt", "fresh");

        await company.AsAdmin.PostAsync(Path, new { name = "No file" }).ProblemAsync(wrong, "library.file-needed");
        await company
            .AsAdmin.PostAsync(Path, new { name = " ", file = upload })
            .ProblemAsync(wrong, "library.name-wrong");
        await company
            .AsAdmin.PostAsync(Path, new { name = "Two\nlines", file = upload })
            .ProblemAsync(wrong, "library.name-wrong");
        await company
            .AsAdmin.PostAsync(Path, new { name = "TAKEN NAME", file = upload })
            .ProblemAsync(wrong, "library.name-taken");
        await company
            .AsAdmin.PostAsync(
                Path,
                new
                {
                    name = "Long",
                    description = new string('x', 1001),
                    file = upload,
                }
            )
            .ProblemAsync(wrong, "library.description-wrong");
    }

    private async Task<JsonNode> AddAsync(string name, string fileName, string content) =>
        await company
            .AsAdmin.PostAsync(Path, new { name, file = await UploadAsync(fileName, content) })
            .OkAsync(HttpStatusCode.Created);

    private async Task<long> UploadAsync(string name, string content, HttpClient? client = null)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        var upload = await (client ?? company.AsAdmin)
            .PostAsync($"/api/v1/files?name={name}", body)
            .OkAsync(HttpStatusCode.Created);
        return (long)upload["id"]!;
    }

    private sealed class StoppedClock(Instant at) : IClock
    {
        public Instant GetCurrentInstant() => at;
    }

    private async Task DeskAsync(string key)
    {
        var desk = new DeskDocument
        {
            Id = key,
            Name = LocalizedText.Of(key),
            Types = ["incident"],
            Agents = new DeskAgents { Everyone = false, Teams = [] },
        };
        var yaml = company.Get<DocumentText>().ToYaml(desk);
        var author = new ConfigurationAuthor(company.Admin.Id, null, null);
        var outcome = await company.Get<IConfigurationEditor>().SaveAsync(yaml, null, author);
        Assert.True(outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged);
    }
}
