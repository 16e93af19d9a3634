using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

[Collection(CompanyTests.Name)]
public class DocumentApiTests(SmallCompany company)
{
    private const string Path = "/api/v1/configuration/queue";

    [Fact]
    public async Task A_document_is_written_read_changed_by_its_tag_and_removed()
    {
        var queue = new
        {
            id = "api-queue",
            name = new { en = "By API", ko = "API로 만든 대기열" },
            desk = "ITSD",
            query = "category != done",
        };
        await PutAsync("api-queue", queue, null).OkAsync(HttpStatusCode.Created);
        using var read = await company.AsAdmin.GetAsync($"{Path}/api-queue");
        Assert.Equal("\"1\"", read.Headers.ETag!.Tag);

        await PutAsync(
                "api-queue",
                new
                {
                    queue.id,
                    name = "Renamed",
                    queue.desk,
                    queue.query,
                },
                "\"1\""
            )
            .OkAsync();
        await PutAsync("api-queue", queue, "\"1\"")
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "configuration.changed-meanwhile");
        var versions = (await company.AsAdmin.GetAsync($"{Path}/api-queue/versions").OkAsync())["items"]!.AsArray();
        Assert.Equal([2, 1], versions.Select(version => (int)version!["version"]!));
        Assert.Equal(company.Admin.Id.Value, (long)versions[0]!["author"]!);

        using var removed = await company.AsAdmin.DeleteAsync($"{Path}/api-queue");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await company.AsAdmin.GetAsync($"{Path}/api-queue").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_earlier_version_is_read_compared_and_written_again()
    {
        const string versions = $"{Path}/api-versions/versions";
        await PutAsync("api-versions", Queue("First"), null).OkAsync(HttpStatusCode.Created);
        await PutAsync("api-versions", Queue("Second"), null).OkAsync();

        var first = await company.AsAdmin.GetAsync($"{versions}/1").OkAsync();
        Assert.Equal("First", (string)first["document"]!["name"]!);
        Assert.Equal(
            (1, company.Admin.Id.Value),
            ((int)first["version"]!["version"]!, (long)first["version"]!["author"]!)
        );
        Assert.Null(first["difference"]);
        var second = await company.AsAdmin.GetAsync($"{versions}/2?against=1").OkAsync();
        var changed = second["difference"]!.AsArray().Where(line => (string)line!["change"]! != "same");
        Assert.Equal(
            [("removed", "name: First"), ("added", "name: Second")],
            changed.Select(line => ((string)line!["change"]!, (string)line["text"]!))
        );
        var whole = await company.AsAdmin.GetAsync($"{versions}/1?against=0").OkAsync();
        Assert.All(whole["difference"]!.AsArray(), line => Assert.Equal("added", (string)line!["change"]!));
        await company
            .AsAdmin.GetAsync($"{versions}/9")
            .ProblemAsync(HttpStatusCode.NotFound, "configuration.no-such-version");
        foreach (var against in new[] { "9", "x", "-1" })
        {
            await company
                .AsAdmin.GetAsync($"{versions}/1?against={against}")
                .ProblemAsync(HttpStatusCode.BadRequest, "configuration.no-such-version");
        }

        await RollBackAsync("1", ("If-Match", "\"1\""))
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "configuration.changed-meanwhile");
        await RollBackAsync("9").ProblemAsync(HttpStatusCode.NotFound, "configuration.no-such-version");
        (string, string?)[] repeatable = [("If-Match", "\"2\""), ("Idempotency-Key", "roll-back-once")];
        foreach (var _ in new[] { 1, 2 })
        {
            var back = await RollBackAsync("1", repeatable).OkAsync();
            Assert.Equal("First", (string)back["name"]!);
        }

        using var read = await company.AsAdmin.GetAsync($"{Path}/api-versions");
        Assert.Equal("\"3\"", read.Headers.ETag!.Tag);
        using var removed = await company.AsAdmin.DeleteAsync($"{Path}/api-versions");
        var gone = await company.AsAdmin.GetAsync($"{versions}/4").OkAsync();
        Assert.True((bool)gone["version"]!["removed"]!);
        Assert.Null(gone["document"]);
        await RollBackAsync("4").ProblemAsync(HttpStatusCode.NotFound, "configuration.no-such-version");
        await RollBackAsync("2").OkAsync(HttpStatusCode.Created);
        var reader = await company.ClientAsync(company.Admin, "configuration:read");
        await reader.GetAsync($"{versions}/1").OkAsync();
        await reader.PostAsync($"{versions}/1/rollback", null).ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsAgent.GetAsync($"{versions}/1").ProblemAsync(HttpStatusCode.Forbidden);

        Task<HttpResponseMessage> RollBackAsync(string version, params (string Name, string? Value)[] headers) =>
            company.AsAdmin.SendAsync(
                Answers.Request(HttpMethod.Post, $"{versions}/{version}/rollback", null, headers)
            );

        static object Queue(string name) =>
            new
            {
                id = "api-versions",
                name,
                desk = "ITSD",
                query = "category != done",
            };
    }

    [Fact]
    public async Task A_document_with_mistakes_is_refused_with_each_of_them()
    {
        var problem = await PutAsync(
                "wrong",
                new
                {
                    id = "wrong",
                    name = "Wrong",
                    desk = "NOPE",
                    query = "nonsense = 1",
                    columns = new[] { "sla:none" },
                },
                null
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.document-wrong");

        Assert.Equal(
            ["/columns/0", "/desk", "/query"],
            problem["errors"]!.AsArray().Select(mistake => (string)mistake!["pointer"]!).Order()
        );
        await PutAsync(
                "wrong",
                new
                {
                    id = "other",
                    name = "Wrong",
                    desk = "ITSD",
                    query = "",
                },
                null
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await PutAsync(
                "wrong",
                new
                {
                    id = "wrong",
                    name = "Wrong",
                    desk = "ITSD",
                    query = "",
                    more = 1,
                },
                null
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await company
            .AsAdmin.DeleteAsync("/api/v1/configuration/role/customer")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Only_who_may_configure_reads_and_writes_documents()
    {
        await company.AsAgent.GetAsync("/api/v1/configuration").ProblemAsync(HttpStatusCode.Forbidden);
        await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Put, $"{Path}/x", new { id = "x" }))
            .ProblemAsync(HttpStatusCode.Forbidden);
        var reader = await company.ClientAsync(company.Admin, "configuration:read");
        Assert.NotEmpty((await reader.GetAsync("/api/v1/configuration").OkAsync())["items"]!.AsArray());
        await reader
            .SendAsync(Answers.Request(HttpMethod.Put, $"{Path}/x", new { id = "x" }))
            .ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_description_of_the_api_is_the_approved_one()
    {
        var text =
            JsonNode
                .Parse(await company.Client().GetStringAsync("/openapi/v1.json"))!
                .ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, NewLine = "\n" })
            + "\n";
        var approved = System.IO.Path.Combine(FindFolder(), "openapi.v1.json");
        var known = File.Exists(approved) ? await File.ReadAllTextAsync(approved) : "";
        if (text != known)
        {
            await File.WriteAllTextAsync(System.IO.Path.ChangeExtension(approved, ".received.json"), text);
        }

        Assert.True(
            text == known,
            $"The API's description has changed. Look at openapi.v1.received.json and, when it is right, make it {approved}."
        );
    }

    [Fact]
    public async Task Every_operation_says_what_it_answers_and_is_put_under_words()
    {
        var described = JsonNode.Parse(await company.Client().GetStringAsync("/openapi/v1.json"))!;
        var operations = described["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(one => ($"{one.Key} {path.Key}", Says: one.Value!)))
            .ToList();

        Assert.True(operations.Count > 100);
        Assert.Empty(
            operations
                .Where(one =>
                    one.Says["responses"]!
                        .AsObject()
                        .Any(answer =>
                            answer.Key[0] == '2'
                            && answer.Key != "204"
                            && answer.Value!["content"]?.AsObject().All(body => body.Value!["schema"] is not null)
                                != true
                        )
                )
                .Select(one => one.Item1)
        );
        Assert.Empty(
            operations
                .Where(one =>
                    one.Says["tags"]!
                        .AsArray()
                        .Any(tag =>
                            ((string)tag!).EndsWith("Routes", StringComparison.Ordinal) || ((string)tag!).Contains('.')
                        )
                )
                .Select(one => one.Item1)
        );
        // What names something in its address may not find it.
        Assert.Empty(
            operations
                .Where(one => one.Item1.Contains("/plugins/", StringComparison.Ordinal) && one.Item1.Contains('{'))
                .Where(one => one.Says["responses"]!["404"]?["content"] is null)
                .Select(one => one.Item1)
        );
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "ServiceDesk.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder!.FullName, "tests", "ServiceDesk.Host.Tests", "Api");
    }

    private Task<HttpResponseMessage> PutAsync(string id, object document, string? tag) =>
        company.AsAdmin.SendAsync(Answers.Request(HttpMethod.Put, $"{Path}/{id}", document, ("If-Match", tag)));
}
