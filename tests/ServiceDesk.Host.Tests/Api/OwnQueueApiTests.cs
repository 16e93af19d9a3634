using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>Queues of people and teams over REST.</summary>
[Collection(CompanyTests.Name)]
public class OwnQueueApiTests(SmallCompany company)
{
    private const string Path = "/api/v1/own-queues";

    [Fact]
    public async Task A_team_shares_a_queue_which_its_maker_and_its_lead_change()
    {
        var people = company.Get<IPeopleStore>();
        var (mate, lead) = (await company.PersonAsync("Mate", "agent"), await company.PersonAsync("Lead", "agent"));
        var team = await people.CreateTeamAsync("Those who share");
        await people.SetTeamMembersAsync(team.Id, [company.Agent.Id, mate.Id, lead.Id]);
        await people.SetTeamWorkAsync(team.Id, lead.Id, null);
        using var asMate = await company.ClientAsync(mate);
        using var asLead = await company.ClientAsync(lead);
        var body = new
        {
            name = "Shared by the team",
            query = "priority = high",
            team = team.Id.Value,
            group = "team",
            rows = 25,
            columns = new[] { "summary", "sla:time-to-resolution", "closed" },
            version = (int?)null,
        };

        var made = await company.AsAgent.PostAsync(Path, body).OkAsync(HttpStatusCode.Created);
        var one = $"{Path}/{made["id"]}";

        await asMate.PutJsonAsync(one, body).ProblemAsync(HttpStatusCode.Forbidden, "queues.own-not-yours");
        await asMate.DeleteAsync(one).ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsAdmin.PutJsonAsync(one, body).ProblemAsync(HttpStatusCode.NotFound, "queues.own-unknown");
        await asLead.PutJsonAsync(one, body with { name = "Named by the lead" }).OkAsync();
        var seen = Assert.Single(await ListAsync(asMate));
        Assert.Equal(
            ("Named by the lead", false, 1),
            ((string?)seen!["name"], (bool)seen["isMine"]!, (int)seen["version"]!)
        );
        Assert.Equal(body.columns, seen["columns"]!.AsArray().Select(column => (string?)column));
        await company
            .AsAgent.PutJsonAsync(one, body with { version = 0 })
            .ProblemAsync(HttpStatusCode.Conflict, "queues.own-stale");
        Assert.Empty(await ListAsync(company.AsAdmin));

        await company.AsAgent.DeleteAsync(one).OkAsync(HttpStatusCode.NoContent);
        Assert.Empty(await ListAsync(asMate));
    }

    [Fact]
    public async Task What_is_wrong_is_told_and_customers_have_none()
    {
        var body = new
        {
            name = "Wrong",
            query = "priority = high",
            team = (long?)null,
            group = (string?)null,
            rows = (int?)null,
            columns = (string?[]?)null,
        };
        const HttpStatusCode refused = HttpStatusCode.UnprocessableEntity;

        await company.AsAgent.PostAsync(Path, body with { name = " " }).ProblemAsync(refused, "queues.own-name-wrong");
        await company
            .AsAdmin.PostAsync(Path, body with { team = company.Team.Id.Value })
            .ProblemAsync(refused, "queues.own-team-wrong");
        await company
            .AsAgent.PostAsync(Path, body with { group = "summary" })
            .ProblemAsync(refused, "queues.own-group-wrong");
        await company.AsAgent.PostAsync(Path, body with { rows = 7 }).ProblemAsync(refused, "queues.own-rows-wrong");
        foreach (
            var columns in (string?[][])
                [
                    ["summary", "nonsense"],
                    [null],
                    ["sla:none"],
                    ["field:none"],
                    ["a,b"],
                ]
        )
        {
            await company
                .AsAgent.PostAsync(Path, body with { columns = columns })
                .ProblemAsync(refused, "queues.own-columns-wrong");
        }

        await company
            .AsAgent.PostAsync(Path, body with { query = "nonsense = 1" })
            .ProblemAsync(refused, "query.unknown-field");
        await company.AsCustomer.PostAsync(Path, body).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Empty(await ListAsync(company.AsCustomer));
    }

    private static async Task<JsonArray> ListAsync(HttpClient client) =>
        (await client.GetAsync(Path).OkAsync())["items"]!.AsArray();
}
