using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Intake.Bulk;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Bulk;

/// <summary>Bulk edits over REST: previewed, done, taken back, whose they are, and what is wrong with them.</summary>
[Collection(CompanyTests.Name)]
public class BulkApiTests(SmallCompany company)
{
    private const string Bulk = "/api/v1/bulk";

    [Fact]
    public async Task A_preview_tells_what_would_change_and_changes_nothing()
    {
        var (first, second) = (await OpenAsync("First"), await OpenAsync("Second"));
        await PrioritizeAsync(company.AsAgent, second, "high");

        var preview = await StartAsync(
            new
            {
                keys = Keys(first, second),
                priority = "high",
                preview = true,
            }
        );
        Assert.Equal("previewed", (string)preview["state"]!);
        Assert.Equal((1, 1), ((int)preview["counts"]!["changes"]!, (int)preview["counts"]!["stays"]!));
        Assert.NotEqual("high", (string)(await company.AsAgent.GetAsync(first).OkAsync())["priority"]!);

        // What changed since the preview is decided anew, and said.
        await PrioritizeAsync(company.AsAgent, first, "high");
        var done = await company.AsAgent.PostAsync($"{Bulk}/{preview["id"]}/run", new { }).OkAsync();
        Assert.Equal(("done", 0, 1), (State(done), (int)done["counts"]!["changes"]!, (int)done["otherwise"]!));
        await company
            .AsAgent.PostAsync($"{Bulk}/{preview["id"]}/run", new { })
            .ProblemAsync(HttpStatusCode.Conflict, "bulk.not-previewed");
    }

    [Fact]
    public async Task Everything_is_changed_and_taken_back_once_but_what_was_said()
    {
        var (first, second) = (await OpenAsync("One"), await OpenAsync("Two"));
        var before = await company.AsAgent.GetAsync(first).OkAsync();
        var edit = await StartAsync(
            new
            {
                keys = Keys(first, second),
                assignee = company.Agent.Email,
                priority = "critical",
                addLabels = new[] { "Outage" },
                watchers = new[] { company.Agent.Id.Value },
                participants = new[] { company.Colleague.Id.Value },
                comment = "We are on it.",
                visibility = "public",
                to = "in-progress",
            }
        );
        Assert.Equal(("done", 2), (State(edit), (int)edit["counts"]!["changes"]!));
        var changed = await company.AsAgent.GetAsync(first).OkAsync();
        Assert.Equal(
            ("critical", "in-progress", "outage"),
            ((string)changed["priority"]!, (string)changed["status"]!, (string)changed["labels"]![0]!)
        );

        // Somebody has changed the second since: that stays, the rest goes back.
        await PrioritizeAsync(company.AsAdmin, second, "low");
        var undo = await company.AsAgent.PostAsync($"{Bulk}/{edit["id"]}/undo", new { }).OkAsync();
        Assert.Equal((long)edit["id"]!, (long)undo["undoOf"]!);
        Assert.Equal(2, (int)undo["counts"]!["changes"]!);
        var lines = await TicketsAsync(undo);
        Assert.Equal(["priority"], lines[1]!["left"]!.AsArray().Select(left => (string)left!));

        var after = await company.AsAgent.GetAsync(first).OkAsync();
        Assert.All(
            ["priority", "status", "assignee", "labels"],
            same => Assert.Equal(before[same]?.ToJsonString(), after[same]?.ToJsonString())
        );

        Assert.Equal("low", (string)(await company.AsAgent.GetAsync(second).OkAsync())["priority"]!);
        Assert.Single((await company.AsCustomer.GetAsync($"{first}/comments").OkAsync())["items"]!.AsArray());
        await company
            .AsAgent.PostAsync($"{Bulk}/{edit["id"]}/undo", new { })
            .ProblemAsync(HttpStatusCode.Conflict, "bulk.not-undone");
        await company
            .AsAgent.PostAsync($"{Bulk}/{undo["id"]}/undo", new { })
            .ProblemAsync(HttpStatusCode.Conflict, "bulk.not-undone");
    }

    [Fact]
    public async Task A_ticket_that_cannot_is_told_with_its_reason_and_holds_no_other()
    {
        var (ready, not) = (await OpenAsync("Ready"), await OpenAsync("Not ready"));
        await company.AsAgent.PostAsync($"{ready}/transitions", new { to = "in-progress" }).OkAsync();

        var edit = await StartAsync(
            new
            {
                keys = Keys(ready, not),
                to = "resolved",
                resolution = "none-such",
            }
        );
        Assert.Equal(2, (int)edit["counts"]!["cannot"]!);
        var line = (await TicketsAsync(edit, "?outcome=cannot&limit=1"))[0]!;
        Assert.Equal(("cannot", 1), ((string)line["outcome"]!, (int)line["place"]!));
        Assert.NotEmpty((string)line["reasons"]![0]!["detail"]!);
    }

    [Fact]
    public async Task Only_who_made_it_and_administrators_know_of_it()
    {
        var path = await OpenAsync("Whose edit");
        var edit = await StartAsync(
            new
            {
                keys = Keys(path),
                priority = "low",
                preview = true,
            }
        );
        var one = $"{Bulk}/{edit["id"]}";
        using var other = await company.ClientAsync(company.OtherAgent);
        foreach (var stranger in new[] { other, company.AsCustomer, company.AsStranger })
        {
            await stranger.GetAsync(one).ProblemAsync(HttpStatusCode.NotFound, "bulk.unknown");
            await stranger.GetAsync($"{one}/tickets").ProblemAsync(HttpStatusCode.NotFound, "bulk.unknown");
            foreach (var act in new[] { "run", "cancel", "undo" })
            {
                await stranger.PostAsync($"{one}/{act}", new { }).ProblemAsync(HttpStatusCode.NotFound, "bulk.unknown");
            }
        }

        Assert.Equal("previewed", State(await company.AsAdmin.GetAsync(one).OkAsync()));
        await company.AsAdmin.PostAsync($"{one}/run", new { }).ProblemAsync(HttpStatusCode.Forbidden, "bulk.not-yours");
        await company
            .AsCustomer.PostAsync(Bulk, new { keys = Keys(path), priority = "low" })
            .ProblemAsync(HttpStatusCode.Forbidden, "refusal.agents-only");
    }

    [Fact]
    public async Task What_is_wrong_is_told_before_anything_is_chosen()
    {
        var keys = Keys(await OpenAsync("Wrong"));
        const HttpStatusCode wrong = HttpStatusCode.UnprocessableEntity;
        await company.AsAgent.PostAsync(Bulk, new { keys }).ProblemAsync(HttpStatusCode.BadRequest, "bulk.nothing");
        await company.AsAgent.PostAsync(Bulk, new { priority = "low" }).ProblemAsync(wrong, "bulk.keys-or-query");
        await company
            .AsAgent.PostAsync(
                Bulk,
                new
                {
                    keys,
                    query = "",
                    priority = "low",
                }
            )
            .ProblemAsync(wrong, "bulk.keys-or-query");
        await company
            .AsAgent.PostAsync(Bulk, new { keys, resolution = "solved" })
            .ProblemAsync(wrong, "bulk.resolution-alone");
        await company
            .AsAgent.PostAsync(Bulk, new { keys = new[] { "ITSD-999999" }, priority = "low" })
            .ProblemAsync(wrong, "bulk.ticket-unknown");
        await company
            .AsAgent.PostAsync(Bulk, new { keys = Array.Empty<string>(), priority = "low" })
            .ProblemAsync(wrong, "bulk.none-chosen");
        await company
            .AsAgent.PostAsync(Bulk, new { query = "stutus = new", priority = "low" })
            .ProblemAsync(HttpStatusCode.BadRequest);
        await company.AsAgent.GetAsync($"{Bulk}/999999/tickets?outcome=maybe").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_repeated_request_has_one_effect_and_one_answer()
    {
        var keys = Keys(await OpenAsync("Asked twice"));
        var answers = new List<JsonNode>();
        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Bulk)
            {
                Content = JsonContent.Create(new { keys, comment = "Once" }),
            };
            request.Headers.Add("Idempotency-Key", $"bulk-twice-{keys[0]}");
            answers.Add(await company.AsAgent.SendAsync(request).OkAsync());
        }

        Assert.Equal((long)answers[0]["id"]!, (long)answers[1]["id"]!);
        var comments = await company.AsAgent.GetAsync($"/api/v1/tickets/{keys[0]}/comments").OkAsync();
        Assert.Single(comments["items"]!.AsArray());
    }

    [Fact]
    public async Task More_than_two_hundred_go_on_in_the_background()
    {
        var sign = $"bulk{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        for (var number = 0; number <= BulkDoor.AtOnce; number++)
        {
            await OpenAsync($"Many {sign} {number}");
        }

        var query = $"text ~ \"{sign}\"";
        var begun = await company
            .AsAgent.PostAsync(Bulk, new { query, priority = "low" })
            .OkAsync(HttpStatusCode.Accepted);
        Assert.Equal(BulkDoor.AtOnce + 1, (int)begun["total"]!);
        await company.Get<BulkJob>().RoundAsync(default);
        var done = await UntilOverAsync(begun);
        Assert.Equal(("done", BulkDoor.AtOnce + 1), (State(done), (int)done["counts"]!["changes"]!));
        await company
            .AsAgent.PostAsync($"{Bulk}/{begun["id"]}/cancel", new { })
            .ProblemAsync(HttpStatusCode.Conflict, "bulk.not-at-work");

        var undo = await company
            .AsAgent.PostAsync($"{Bulk}/{begun["id"]}/undo", new { })
            .OkAsync(HttpStatusCode.Accepted);
        await company.Get<BulkJob>().RoundAsync(default);
        Assert.Equal(BulkDoor.AtOnce + 1, (int)(await UntilOverAsync(undo))["counts"]!["changes"]!);
    }

    // Who works in the background may have taken it before the test did.
    private async Task<JsonNode> UntilOverAsync(JsonNode run)
    {
        for (var look = 0; look < 6000; look++)
        {
            var now = await company.AsAgent.GetAsync($"{Bulk}/{run["id"]}").OkAsync();
            if (State(now) == "done")
            {
                return now;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The bulk edit does not end.");
    }

    private async Task<JsonNode> StartAsync(object body) => await company.AsAgent.PostAsync(Bulk, body).OkAsync();

    private async Task<JsonArray> TicketsAsync(JsonNode run, string asked = "") =>
        (await company.AsAgent.GetAsync($"{Bulk}/{run["id"]}/tickets{asked}").OkAsync())["items"]!.AsArray();

    private Task<string> OpenAsync(string summary) => company.OpenAsync(summary);

    private static async Task PrioritizeAsync(HttpClient client, string path, string priority)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path)
        {
            Content = JsonContent.Create(new { priority }),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        await client.SendAsync(request).OkAsync();
    }

    private static string State(JsonNode run) => (string)run["state"]!;

    private static string[] Keys(params string[] paths) => [.. paths.Select(path => path.Split('/')[^1])];
}
