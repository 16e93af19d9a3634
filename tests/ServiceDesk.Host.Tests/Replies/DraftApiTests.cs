using System.Net;
using System.Net.Http.Json;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Replies;

[Collection(CompanyTests.Name)]
public class DraftApiTests(SmallCompany company)
{
    [Fact]
    public async Task A_draft_is_kept_under_its_revision_and_thrown_away()
    {
        var path = await OpenAsync("Drafted");
        using var first = await company.AsAgent.PutJsonAsync($"{path}/public", new { text = "안녕하세요" });
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("\"1\"", first.Headers.ETag!.Tag);
        await company.AsAgent.PutJsonAsync($"{path}/internal", new { text = "Not for them" }).OkAsync();

        await PutAsync($"{path}/public", "Dear Kim", "\"1\"").OkAsync();
        var stale = await PutAsync($"{path}/public", "Late", "\"1\"").ProblemAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal("api.draft-stale", (string)stale["code"]!);
        Assert.Equal([("public", "Dear Kim"), ("internal", "Not for them")], await ListAsync(company.AsAgent, path));

        using var gone = await company.AsAgent.DeleteAsync($"{path}/public");
        using var emptied = await company.AsAgent.PutJsonAsync($"{path}/internal", new { text = "" });
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, emptied.StatusCode);
        Assert.Empty(await ListAsync(company.AsAgent, path));
    }

    [Fact]
    public async Task A_draft_is_its_writers_alone_and_customers_have_none()
    {
        var path = await OpenAsync("Mine alone");
        await company.AsAgent.PutJsonAsync($"{path}/internal", new { text = "Mine" }).OkAsync();

        Assert.Empty(await ListAsync(company.AsAdmin, path));
        Assert.Single(await ListAsync(company.AsAgent, path));
        using var customer = await company.AsCustomer.GetAsync(path);
        using var written = await company.AsCustomer.PutJsonAsync($"{path}/public", new { text = "x" });
        using var stranger = await company.AsStranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, written.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Theory]
    [InlineData("public", "zero \0 inside", "\"0\"", HttpStatusCode.UnprocessableEntity)]
    [InlineData("private", "x", "\"0\"", HttpStatusCode.NotFound)]
    [InlineData("public", "x", "\"one\"", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_kept_is_said(string kind, string text, string tag, HttpStatusCode status)
    {
        var path = await OpenAsync("Refused");
        await PutAsync($"{path}/{kind}", text, tag).ProblemAsync(status);
        Assert.Empty(await ListAsync(company.AsAgent, path));
    }

    private async Task<HttpResponseMessage> PutAsync(string path, string text, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(new { text }) };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await company.AsAgent.SendAsync(request);
    }

    private static async Task<IEnumerable<(string, string)>> ListAsync(HttpClient client, string path) =>
        (await client.GetAsync(path).OkAsync())["items"]!
            .AsArray()
            .Select(draft => ((string)draft!["visibility"]!, (string)draft["text"]!));

    private async Task<string> OpenAsync(string summary)
    {
        var ticket = await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary,
                    requester = company.Customer.Id.Value,
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return $"/api/v1/tickets/{(string)ticket["key"]!}/drafts";
    }
}
