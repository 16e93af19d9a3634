using System.Net;
using System.Net.Http.Json;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>The checklist over REST.</summary>
[Collection(CompanyTests.Name)]
public class TaskApiTests(SmallCompany company)
{
    [Fact]
    public async Task A_checklist_is_written_ticked_off_and_kept_from_customers()
    {
        var ticket = await company.OpenAsync("It smokes");
        var tasks = $"{ticket}/tasks";
        await company.AsAgent.PostAsync(tasks, new { text = "Unplug it", blocking = true }).OkAsync();
        var both = await company
            .AsAgent.PostAsync(
                tasks,
                new
                {
                    text = "Tell all",
                    assignee = company.Agent.Id.Value,
                    dueOn = "2026-12-24",
                }
            )
            .OkAsync();
        Assert.Equal(
            ("Tell all", "2026-12-24", company.Agent.Name),
            (
                (string?)both["items"]![1]!["text"],
                (string?)both["items"]![1]!["dueOn"],
                (string?)both["items"]![1]!["assignee"]!["name"]
            )
        );

        await company
            .AsAgent.PostAsync($"{ticket}/transitions", new { to = "resolved", resolution = "solved" })
            .ProblemAsync(HttpStatusCode.Conflict, "refusal.tasks-open");
        await company.AsAgent.PostAsync($"{tasks}/1/tick", new { }).OkAsync();
        await company.AsAgent.PostAsync($"{tasks}/2/place", new { place = 0 }).OkAsync();
        var changed = await company.AsAgent.PutAsJsonAsync($"{tasks}/2", new { text = "Tell everybody" }).OkAsync();
        Assert.Equal(
            [(2, "Tell everybody", false), (1, "Unplug it", true)],
            changed["items"]!.AsArray().Select(task => ((int)task!["id"]!, (string)task["text"]!, (bool)task["done"]!))
        );
        await company.AsAgent.DeleteAsync($"{tasks}/2").OkAsync();
        await company
            .AsAgent.PostAsync($"{ticket}/transitions", new { to = "resolved", resolution = "solved" })
            .OkAsync();

        await company.AsCustomer.GetAsync(tasks).ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsCustomer.PostAsync(tasks, new { text = "Mine" }).ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsStranger.GetAsync(tasks).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_place()
    {
        var tasks = $"{await company.OpenAsync("It smokes")}/tasks";
        await company
            .AsAgent.PostAsync(tasks, new { })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.text-required");
        await company
            .AsAgent.PostAsync(tasks, new { text = "x", dueOn = "soon" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.day-wrong");
        await company
            .AsAgent.PostAsync($"{tasks}/9/tick", new { })
            .ProblemAsync(HttpStatusCode.NotFound, "refusal.task-unknown");
        await company
            .AsAgent.PostAsync($"{tasks}/1/place", new { })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.place-missing");
    }
}
