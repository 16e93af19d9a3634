using System.Net;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>Merging over REST.</summary>
[Collection(CompanyTests.Name)]
public class MergeApiTests(SmallCompany company)
{
    [Fact]
    public async Task A_merge_is_asked_refused_repeated_and_undone()
    {
        var (goes, stays) = (await company.OpenAsync("Asked twice"), await company.OpenAsync("Asked twice"));
        await company
            .AsAgent.PostAsync($"{goes}/merge", new { into = "nothing" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.merge-into-missing");
        await company
            .AsAgent.PostAsync($"{goes}/merge", new { into = "ITSD-999999" })
            .ProblemAsync(HttpStatusCode.NotFound, "refusal.merge-target-unknown");
        await company
            .AsCustomer.PostAsync($"{goes}/merge", new { into = KeyOf(stays) })
            .ProblemAsync(HttpStatusCode.Forbidden);
        await company
            .AsStranger.PostAsync($"{goes}/merge", new { into = KeyOf(stays) })
            .ProblemAsync(HttpStatusCode.NotFound);

        var before = await company.AsAgent.GetAsync(goes).OkAsync();
        var merged = await company.AsAgent.PostAsync($"{goes}/merge", new { into = KeyOf(stays) }).OkAsync();
        var again = await company.AsAgent.PostAsync($"{goes}/merge", new { into = KeyOf(stays) }).OkAsync();
        Assert.Equal((KeyOf(stays), "done"), ((string?)merged["mergedInto"], (string?)merged["statusCategory"]));
        Assert.Equal((long)merged["version"]!, (long)again["version"]!);
        var theirs = await company.AsCustomer.GetAsync(goes).OkAsync();
        Assert.Equal((KeyOf(stays), null), ((string?)theirs["mergedInto"], theirs["merged"]));
        await company
            .AsCustomer.PostAsync($"{goes}/comments", new { body = "Hello?" })
            .ProblemAsync(HttpStatusCode.Conflict, "refusal.ticket-merged");

        var own = await company.AsAgent.DeleteAsync($"{goes}/merge").OkAsync();
        Assert.Equal((null, (string?)before["status"]), (own["mergedInto"], (string?)own["status"]));
        await company.AsCustomer.PostAsync($"{goes}/comments", new { body = "Hello!" }).OkAsync(HttpStatusCode.Created);
    }

    private static string KeyOf(string path) => path.Split('/')[^1];
}
