using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.People;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Duty;

/// <summary>Who works when, over REST.</summary>
[Collection(CompanyTests.Name)]
public class DutyApiTests(SmallCompany company)
{
    [Fact]
    public async Task Who_manages_people_says_how_somebody_works_and_agents_read_it()
    {
        var person = await PersonAsync("Duty One");
        var path = $"/api/v1/people/{person.Id}/duty";

        var saved = await company
            .AsAdmin.PutJsonAsync(
                path,
                new
                {
                    manager = company.OtherAgent.Email,
                    calendar = "korea-office-hours",
                    skills = new[] { " SAP ", "네트워크", "sap" },
                }
            )
            .OkAsync();

        Assert.Equal(["sap", "네트워크"], saved["skills"]!.AsArray().Select(skill => (string)skill!));
        var seen = await company.AsAgent.GetAsync(path).OkAsync();
        Assert.Equal(company.OtherAgent.Id.Value, (long)seen["manager"]!["id"]!);
        Assert.Equal("korea-office-hours", (string)seen["calendar"]!);
        await company.AsAgent.PutJsonAsync(path, new { }).ProblemAsync(HttpStatusCode.Forbidden, "duty.not-yours");
        await company.AsCustomer.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound);
        await company
            .AsAdmin.PutJsonAsync(path, new { calendar = "none", manager = person.Id.Value })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await company
            .AsAdmin.PutJsonAsync($"/api/v1/people/{company.OtherAgent.Id}/duty", new { manager = person.Id.Value })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "duty.manager-circle");
    }

    [Fact]
    public async Task One_enters_the_own_absences_and_who_stands_in_is_told()
    {
        var person = await PersonAsync("Duty Two");
        using var client = await company.ClientAsync(person);
        var path = $"/api/v1/people/{person.Id}/absences";

        var added = await client
            .PostAsync(
                path,
                new
                {
                    from = "2020-01-01",
                    to = "2021-06-30",
                    note = "Long gone",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var today = await client
            .PostAsync(
                path,
                new
                {
                    from = company
                        .Get<IClock>()
                        .GetCurrentInstant()
                        .InUtc()
                        .Date.PlusDays(-2)
                        .ToString("uuuu-MM-dd", null),
                    to = company
                        .Get<IClock>()
                        .GetCurrentInstant()
                        .InUtc()
                        .Date.PlusDays(2)
                        .ToString("uuuu-MM-dd", null),
                    substitute = company.Agent.Id.Value,
                }
            )
            .OkAsync(HttpStatusCode.Created);

        var seen = await company.AsAgent.GetAsync($"/api/v1/people/{person.Id}/duty").OkAsync();
        Assert.Equal("absent", (string)seen["state"]!);
        Assert.Equal(company.Agent.Id.Value, (long)seen["standIn"]!["id"]!);
        Assert.Equal((long)today["id"]!, (long)Assert.Single(seen["absences"]!.AsArray())!["id"]!);

        await company.AsAgent.DeleteAsync($"{path}/{added["id"]}").ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsAdmin.DeleteAsync($"{path}/{today["id"]}").OkAsync(HttpStatusCode.NoContent);
        await client.DeleteAsync($"{path}/{today["id"]}").ProblemAsync(HttpStatusCode.NotFound, "duty.absence-unknown");
        Assert.Equal(
            "working",
            (string)(await client.GetAsync($"/api/v1/people/{person.Id}/duty").OkAsync())["state"]!
        );
    }

    [Fact]
    public async Task Of_who_may_more_nobody_says_whom_he_is_under_or_who_stands_in()
    {
        var role = "kind: role\nid: duty-keeper\nname: Keeper\npermissions: [people.write, ticket.work]\n";
        await company.Get<IConfigurationEditor>().SaveAsync(role, null, new ConfigurationAuthor(null, "test", null));
        var keeper = await company.PersonAsync("Duty Keeper", "duty-keeper");
        using var client = await company.ClientAsync(keeper);
        var path = $"/api/v1/people/{company.Admin.Id}";
        var absence = new { from = "2026-03-02", substitute = keeper.Id.Value };
        const string Above = "administration.person-above";

        await client
            .PutJsonAsync($"{path}/duty", new { manager = keeper.Id.Value })
            .ProblemAsync(HttpStatusCode.Forbidden, Above);
        await client.PostAsync($"{path}/absences", absence).ProblemAsync(HttpStatusCode.Forbidden, Above);
        await client.DeleteAsync($"{path}/absences/1").ProblemAsync(HttpStatusCode.Forbidden, Above);
        await client.DeleteAsync($"{path}/quiet-hours").ProblemAsync(HttpStatusCode.Forbidden, Above);
        var mine = $"/api/v1/people/{keeper.Id}";
        await client.PutJsonAsync($"{mine}/duty", new { manager = company.Admin.Id.Value }).OkAsync();
        await client.PostAsync($"{mine}/absences", new { from = "2026-03-02" }).OkAsync(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{}""", "duty.day-missing")]
    [InlineData("""{"from":"2026-03-05","to":"2026-03-04"}""", "duty.absence-order")]
    [InlineData("""{"from":"2026-03-05","to":"2036-03-04"}""", "duty.absence-long")]
    public async Task What_is_wrong_with_an_absence_is_told(string body, string code) =>
        await company
            .AsAgent.PostAsync($"/api/v1/people/{company.Agent.Id}/absences", JsonNode.Parse(body)!)
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, code);

    [Fact]
    public async Task A_team_has_a_lead_and_a_calendar_and_only_agents_see_teams()
    {
        var team = await company.Get<IPeopleStore>().CreateTeamAsync("Led over REST");
        var path = $"/api/v1/teams/{team.Id}/duty";

        var saved = await company
            .AsAdmin.PutJsonAsync(path, new { lead = company.Agent.Email, calendar = "24x7" })
            .OkAsync();

        Assert.Equal(company.Agent.Id.Value, (long)saved["lead"]!["id"]!);
        var listed = (await company.AsAgent.GetAsync("/api/v1/teams").OkAsync())["items"]!.AsArray();
        Assert.Contains(listed, one => (long)one!["id"]! == team.Id.Value && (string)one["calendar"]! == "24x7");
        Assert.Empty((await company.AsCustomer.GetAsync("/api/v1/teams").OkAsync())["items"]!.AsArray());
        await company.AsAgent.PutJsonAsync(path, new { }).ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsCustomer.PutJsonAsync(path, new { }).ProblemAsync(HttpStatusCode.NotFound);
        await company
            .AsAdmin.PutJsonAsync(path, new { calendar = "none" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Null((await company.AsAdmin.PutJsonAsync(path, new { }).OkAsync())["lead"]);
    }

    [Fact]
    public async Task Quiet_hours_are_ones_own_choice()
    {
        var person = await PersonAsync("Duty Three");
        using var client = await company.ClientAsync(person);
        var path = $"/api/v1/people/{person.Id}/quiet-hours";

        Assert.True((bool)(await client.PutAsync(path, null).OkAsync())["quietHours"]!);
        await company.AsAgent.DeleteAsync(path).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.False((bool)(await client.DeleteAsync(path).OkAsync())["quietHours"]!);
    }

    private async Task<Person> PersonAsync(string name) => await company.PersonAsync(name, "agent");
}
