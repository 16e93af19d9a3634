using System.Net;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Storage.Repeats;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>A POST that comes again under its Idempotency-Key, where no ticket's commit holds the key.</summary>
[Collection(CompanyTests.Name)]
public sealed class RepeatedRequestTests(SmallCompany company)
{
    private string Path => $"/api/v1/people/{company.OtherAgent.Id}/absences";

    [Fact]
    public async Task It_has_one_effect_and_gets_the_same_answer()
    {
        var body = new { from = "2031-05-04", note = "어린이날 전날" };

        var first = await company.AsAdmin.PostAsync(Path, body, "one-absence");
        var again = await company.AsAdmin.PostAsync(Path, body, "one-absence");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(1, await AbsencesAsync("2031-05-04"));
    }

    [Fact]
    public async Task Another_wish_under_the_key_is_refused_and_another_person_has_the_key_for_the_own()
    {
        await company.AsAdmin.PostAsync(Path, new { from = "2031-06-01" }, "mine").OkAsync(HttpStatusCode.Created);

        await company
            .AsAdmin.PostAsync(Path, new { from = "2031-06-02" }, "mine")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.key-used");
        await company
            .AsAgent.PostAsync($"/api/v1/people/{company.Agent.Id}/absences", new { from = "2031-06-03" }, "mine")
            .OkAsync(HttpStatusCode.Created);
        Assert.Equal(0, await AbsencesAsync("2031-06-02"));
    }

    [Fact]
    public async Task What_was_refused_may_be_asked_again_under_its_key()
    {
        await company
            .AsAdmin.PostAsync(Path, new { from = "no day" }, "second-try")
            .ProblemAsync(HttpStatusCode.BadRequest);

        await company
            .AsAdmin.PostAsync(Path, new { from = "2031-07-01" }, "second-try")
            .OkAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_repeat_of_what_a_server_died_under_is_told_that_nobody_knows()
    {
        var body = """{"from":"2031-08-01"}""";
        var asked = Hash($"{Path}\n{body}");
        await company
            .Get<IRepeatedRequests>()
            .BeginAsync(company.Admin.Id, Hash("died"), asked, company.Get<IClock>().GetCurrentInstant(), default);

        await company
            .AsAdmin.PostAsync(Path, new { from = "2031-08-01" }, "died")
            .ProblemAsync(HttpStatusCode.Conflict, "api.key-unfinished");
        Assert.Equal(0, await AbsencesAsync("2031-08-01"));
    }

    [Fact]
    public async Task A_key_that_cannot_be_one_is_refused() =>
        await company
            .AsAdmin.PostAsync(Path, new { from = "2031-09-01" }, "two words")
            .ProblemAsync(HttpStatusCode.BadRequest, "api.key-wrong");

    private async Task<int> AbsencesAsync(string from)
    {
        var seen = await company.AsAdmin.GetAsync($"/api/v1/people/{company.OtherAgent.Id}/duty").OkAsync();
        return seen["absences"]!.AsArray().Count(one => (string?)one!["from"] == from);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
