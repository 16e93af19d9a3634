using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>The search box over REST and as a page.</summary>
[Collection(CompanyTests.Name)]
public class SearchApiTests(SmallCompany company)
{
    [Fact]
    public async Task Tickets_people_and_organizations_are_found_and_marked()
    {
        var word = Word();
        var person = await company.Get<IPeopleStore>().CreateAsync(new NewPerson($"김민수 {word}", "", "customer"));
        await company
            .Get<IPeopleStore>()
            .CreateOrganizationAsync($"org-{word}", $"{word} Corporation", membersSeeEachOther: false);
        var key = await OpenAsync($"전자결재시스템 {word.ToUpperInvariant()}");

        var found = await SearchAsync(company.AsAgent, word);

        Assert.Equal($"text ~ \"{word}\"", (string?)found["query"]);
        Assert.Equal((1, false), ((int)found["count"]!, (bool)found["isMore"]!));
        var ticket = Assert.Single(found["tickets"]!["items"]!.AsArray())!;
        Assert.Equal(key, (string?)ticket["key"]);
        var mark = Assert.Single(ticket["summary"]!["marks"]!.AsArray())!;
        Assert.Equal(
            word.ToUpperInvariant(),
            ((string)ticket["summary"]!["text"]!).Substring((int)mark["start"]!, (int)mark["length"]!)
        );
        var groups = found["groups"]!.AsArray();
        Assert.Equal(["people", "organizations"], groups.Select(group => (string?)group!["id"]).Take(2));
        Assert.Equal(person.Name, (string?)groups[0]!["items"]![0]!["title"]!["text"]);
        Assert.Equal($"org-{word}", (string?)groups[1]!["items"]![0]!["detail"]!["text"]);

        var byInitials = await SearchAsync(company.AsAgent, $"ㄱㅁㅅ {word}");
        Assert.Equal(person.Name, (string?)byInitials["groups"]![0]!["items"]![0]!["title"]!["text"]);
        Assert.Equal(
            key,
            (string?)(await SearchAsync(company.AsAgent, $"결재시 {word}"))["tickets"]!["items"]![0]!["key"]
        );
    }

    [Fact]
    public async Task Customers_are_shown_tickets_alone()
    {
        var word = Word();
        await OpenAsync($"{word} of the agent");

        var found = await SearchAsync(company.AsCustomer, word);

        Assert.Empty(found["tickets"]!["items"]!.AsArray());
        Assert.Equal(0, (int)found["count"]!);
        Assert.Empty(found["groups"]!.AsArray());
    }

    [Fact]
    public async Task Customers_learn_neither_addresses_nor_names_by_searching()
    {
        foreach (var typed in (string[])["from:lee", "from:customer", "from:sam", "from:ㅇ", $"from:{Word()}"])
        {
            var found = await SearchAsync(company.AsCustomer, typed);

            Assert.Null((string?)found["query"]);
            Assert.Empty(found["notes"]!.AsArray());
            Assert.DoesNotContain('@', found.ToJsonString());
        }
    }

    [Fact]
    public async Task What_is_not_understood_is_told_with_its_place_and_looked_for_as_text()
    {
        var found = await SearchAsync(company.AsAgent, "printer asignee:kim \"open");

        Assert.Equal(
            [("query.unknown-field-near", 8, 7), ("search.open-quote", 20, 5)],
            found["notes"]!
                .AsArray()
                .Select(note => ((string)note!["code"]!, (int)note["start"]!, (int)note["length"]!))
        );
        Assert.All(found["notes"]!.AsArray(), note => Assert.NotEqual("", (string?)note!["detail"]));
    }

    [Theory]
    [InlineData("q=priority+%3D+nothing", "query.unknown-value", "q")]
    [InlineData("limit=0", "api.limit-wrong", "limit")]
    [InlineData("cursor=x", "query.wrong-cursor", "cursor")]
    public async Task What_is_wrong_is_refused(string given, string code, string parameter)
    {
        using var answer = await company.AsAgent.GetAsync($"/api/v1/search?{given}");

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal((code, parameter), ((string?)problem["code"], (string?)problem["errors"]![0]!["parameter"]));
    }

    [Fact]
    public async Task A_search_that_is_too_long_is_refused()
    {
        using var answer = await company.AsAgent.GetAsync($"/api/v1/search?q={new string('a', 1_001)}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string Word() =>
        "w" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(10, lowercase: true);

    private static async Task<JsonNode> SearchAsync(HttpClient client, string typed) =>
        await client.GetAsync($"/api/v1/search?q={Uri.EscapeDataString(typed)}").OkAsync();

    private async Task<string> OpenAsync(string summary)
    {
        var opened = await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary,
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return (string)opened["key"]!;
    }
}
