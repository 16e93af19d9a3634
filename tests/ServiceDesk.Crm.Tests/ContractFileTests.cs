using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.People;
using ServiceDesk.Storage;

namespace ServiceDesk.Crm.Tests;

/// <summary>The files of a contract over REST, with the rights of its page.</summary>
public sealed class ContractFileTests
{
    private const string Root = "/api/v1/plugins/crm/contracts";

    [Theory]
    [OnBothDatabases]
    public async Task A_file_is_put_to_a_contract_listed_read_and_taken_away(DatabaseProvider provider)
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await world.AccountAsync();
        var contract = await world.ContractAsync();
        using var admin = world.Server.ClientOf(world.Admin);
        var files = $"{Root}/{contract}/documents";
        var content = new byte[700_000];
        content.AsSpan().Fill(7);

        var added = await AddAsync(admin, $"{files}?name=terms%20%ED%95%9C.pdf", content);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var file = await added.Content.ReadFromJsonAsync<JsonElement>();
        var id = file.GetProperty("id").GetInt64();
        Assert.Equal($"{files}/{id}", added.Headers.Location!.OriginalString);
        Assert.Equal(
            ("terms 한.pdf", 700_000),
            (file.GetProperty("name").GetString(), file.GetProperty("size").GetInt32())
        );

        var listed = await admin.GetFromJsonAsync<JsonElement>(files);
        Assert.Equal(id, listed.GetProperty("items")[0].GetProperty("id").GetInt64());
        var read = await admin.GetAsync($"{files}/{id}");
        Assert.Equal(content, await read.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            ("attachment", "application/octet-stream", "nosniff"),
            (
                read.Content.Headers.ContentDisposition!.DispositionType,
                read.Content.Headers.ContentType!.MediaType,
                read.Headers.GetValues("X-Content-Type-Options").Single()
            )
        );

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"{files}/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{files}/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"{files}/{id}")).StatusCode);
    }

    [Fact]
    public async Task Repeated_with_its_key_it_is_one_file_and_another_file_under_the_key_is_refused()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        var contract = await world.ContractAsync();
        using var admin = world.Server.ClientOf(world.Admin);
        var to = $"{Root}/{contract}/documents?name=a.txt";

        var first = await AddAsync(admin, to, [1], key: "one");
        var again = await AddAsync(admin, to, [1], key: "one");
        var other = await AddAsync(admin, to, [2], key: "one");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        var listed = await admin.GetFromJsonAsync<JsonElement>($"{Root}/{contract}/documents");
        Assert.Equal(1, listed.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Agents_read_and_do_not_write_customers_neither_and_bad_files_get_a_sentence()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        var contract = await world.ContractAsync();
        using var admin = world.Server.ClientOf(world.Admin);
        var files = $"{Root}/{contract}/documents";
        var id = (await (await AddAsync(admin, $"{files}?name=a.txt", [1])).Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("id")
            .GetInt64();

        using var agent = world.Server.ClientOf(world.Agent);
        using var customer = world.Server.ClientOf(world.Customer);
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync($"{files}/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync(agent, $"{files}?name=b.txt", [1])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.DeleteAsync($"{files}/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await customer.GetAsync(files)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await customer.GetAsync($"{files}/{id}")).StatusCode);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await AddAsync(admin, $"{Root}/999/documents?name=a.txt", [1])).StatusCode
        );
        foreach (
            var (to, content) in new[] { ($"{files}?name=", new byte[1]), (files, [1]), ($"{files}?name=a.txt", []) }
        )
        {
            var refused = await AddAsync(admin, to, content);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("detail", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var large = await AddAsync(admin, $"{files}?name=a.txt", new byte[DocumentWriting.Largest + 1]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, large.StatusCode);
    }

    private static async Task<HttpResponseMessage> AddAsync(
        HttpClient client,
        string to,
        byte[] content,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }
}
