using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>What desks tell their customers, over REST and in the portal.</summary>
[Collection(CompanyTests.Name)]
public class AnnouncementApiTests(SmallCompany company)
{
    private const string Path = "/api/v1/announcements";

    [Fact]
    public async Task An_agent_tells_the_customers_of_a_desk_until_it_ends()
    {
        var told = await company
            .AsAgent.PostAsync(
                Path,
                new
                {
                    desk = "ITSD",
                    level = "outage",
                    title = new { en = "Mail is down", ko = "메일 장애" },
                    body = "We are **on it**.",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var one = $"{Path}/{told["id"]}";

        var seen = Assert.Single(
            await ListAsync(company.AsCustomer),
            found => (long)found!["id"]! == (long)told["id"]!
        );
        Assert.Equal(("메일 장애", "outage"), ((string?)seen!["title"]!["ko"], (string?)seen["level"]));

        var ended = new
        {
            version = (int)told["version"]!,
            desk = "ITSD",
            title = "Mail works",
            from = (string?)told["from"],
            until = InstantPattern.ExtendedIso.Format(company.Time.Now + Duration.FromSeconds(1)),
        };
        await company.AsAgent.PutJsonAsync(one, ended).OkAsync();
        await company
            .AsAgent.PutJsonAsync(one, ended)
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "announcements.changed");
        company.Time.Move(Duration.FromSeconds(2));

        Assert.DoesNotContain(await ListAsync(company.AsCustomer), found => (long)found!["id"]! == (long)told["id"]!);
        Assert.Contains(await ListAsync(company.AsAgent, all: true), found => (long)found!["id"]! == (long)told["id"]!);
        await company.AsAgent.DeleteAsync(one).OkAsync(HttpStatusCode.NoContent);
        await company.AsAgent.DeleteAsync(one).ProblemAsync(HttpStatusCode.NotFound, "announcements.unknown");
    }

    [Fact]
    public async Task Who_may_not_tell_is_refused_and_what_is_wrong_is_told()
    {
        var body = new
        {
            desk = (string?)"ITSD",
            title = "Planned work",
            level = "warning",
            from = (string?)"2026-03-01T00:00:00Z",
            until = (string?)"2026-03-02T00:00:00Z",
        };
        const HttpStatusCode refused = HttpStatusCode.UnprocessableEntity;

        await company
            .AsCustomer.PostAsync(Path, body)
            .ProblemAsync(HttpStatusCode.Forbidden, "announcements.not-yours");
        Assert.Empty(await ListAsync(company.AsCustomer, all: true));
        await company
            .AsAgent.PostAsync(Path, body with { desk = null })
            .ProblemAsync(refused, "announcements.desk-wrong");
        await company
            .AsAgent.PostAsync(Path, body with { desk = "NONE" })
            .ProblemAsync(refused, "announcements.desk-wrong");
        await company
            .AsAgent.PostAsync(Path, body with { title = " " })
            .ProblemAsync(refused, "announcements.title-wrong");
        await company
            .AsAgent.PostAsync(Path, body with { until = body.from })
            .ProblemAsync(refused, "announcements.until-wrong");

        await company
            .AsAgent.PostAsync(Path, body with { until = "9999-12-31T23:59:59Z" })
            .ProblemAsync(refused, "announcements.moment-wrong");

        var everywhere = await company
            .AsAdmin.PostAsync(Path, body with { desk = null })
            .OkAsync(HttpStatusCode.Created);
        var one = $"{Path}/{everywhere["id"]}";
        await company.AsAgent.PutJsonAsync(one, body).ProblemAsync(HttpStatusCode.Forbidden, "announcements.not-yours");
        await company.AsCustomer.DeleteAsync(one).ProblemAsync(HttpStatusCode.NotFound, "announcements.unknown");
        await company.AsAdmin.DeleteAsync(one).OkAsync(HttpStatusCode.NoContent);
    }

    private static async Task<JsonArray> ListAsync(HttpClient client, bool all = false) =>
        (await client.GetAsync($"{Path}{(all ? "?all=true" : "")}").OkAsync())["items"]!.AsArray();
}
