using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>Splitting, duplicating and moving over REST.</summary>
[Collection(CompanyTests.Name)]
public class BranchApiTests(SmallCompany company)
{
    [Fact]
    public async Task A_message_becomes_one_ticket_however_often_that_is_asked()
    {
        var ticket = await company.OpenAsync("The printer burns");
        var message = await CommentAsync(company.AsCustomer, ticket, new { body = "And the scanner is dead." });

        var split = await SplitAsync(company.AsAgent, ticket, message, new { });
        Assert.Equal("And the scanner is dead.", (string?)split["summary"]);
        Assert.Equal("And the scanner is dead.", (string?)split["description"]);
        Assert.Equal(company.Customer.Id.Value, (long)split["requester"]!["id"]!);
        Assert.Equal(
            ("split", KeyOf(ticket), message),
            ((string?)split["origin"]!["kind"], (string?)split["origin"]!["key"], (long)split["origin"]!["comment"]!)
        );

        var again = await SplitAsync(company.AsAgent, ticket, message, new { summary = "Otherwise" });
        Assert.Equal((string?)split["key"], (string?)again["key"]);
        var from = await UntilAsync(ticket, one => one["offspring"]!.AsArray().Count == 1);
        Assert.Equal((string?)split["key"], (string?)from["offspring"]![0]!["key"]);
        var third = await SplitAsync(company.AsAdmin, ticket, message, new { });
        Assert.Equal((string?)split["key"], (string?)third["key"]);

        var seen = await company.AsCustomer.GetAsync($"/api/v1/tickets/{split["key"]}").OkAsync();
        Assert.Equal((null, null), (seen["origin"], seen["offspring"]));
    }

    [Fact]
    public async Task What_is_internal_stays_internal_when_it_is_split_off()
    {
        var ticket = await company.OpenAsync("Internal matters");
        var note = await CommentAsync(
            company.AsAgent,
            ticket,
            new { body = "secret-of-agents", visibility = "internal" }
        );

        var split = await SplitAsync(company.AsAgent, ticket, note, new { });
        var theirs = await company.AsCustomer.GetAsync($"/api/v1/tickets/{split["key"]}").OkAsync();
        var words = await company.AsCustomer.GetAsync($"/api/v1/tickets/{split["key"]}/comments").OkAsync();
        Assert.DoesNotContain("secret-of-agents", theirs + words.ToString(), StringComparison.Ordinal);
        var all = await company.AsAgent.GetAsync($"/api/v1/tickets/{split["key"]}/comments").OkAsync();
        Assert.Equal("secret-of-agents", (string?)all["items"]![0]!["body"]);
    }

    [Fact]
    public async Task Customers_split_and_copy_nothing_and_strangers_find_nothing()
    {
        var ticket = await company.OpenAsync("Mine");
        var message = await CommentAsync(company.AsCustomer, ticket, new { body = "Words" });

        foreach (var path in new[] { $"{ticket}/comments/{message}/split", $"{ticket}/duplicate" })
        {
            await company.AsCustomer.PostAsync(path, new { }).ProblemAsync(HttpStatusCode.Forbidden);
            await company.AsStranger.PostAsync(path, new { }).ProblemAsync(HttpStatusCode.NotFound);
        }

        await company
            .AsAgent.PostAsync($"{ticket}/comments/999/split", new { })
            .ProblemAsync(HttpStatusCode.NotFound, "refusal.message-unknown");
        await company
            .AsAgent.PostAsync($"{ticket}/comments/{message}/split", new { desk = "NOWHERE", type = "incident" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.desk-unknown");
    }

    [Fact]
    public async Task A_copy_takes_along_what_is_wished_and_both_tell_of_each_other()
    {
        var ticket = await company.OpenAsync("Twice the same");
        await company
            .AsAgent.PostAsync($"{ticket}/participants", new { person = company.Colleague.Id.Value })
            .OkAsync();

        var copy = await company
            .AsAgent.PostAsync($"{ticket}/duplicate", new { attachments = false })
            .OkAsync(HttpStatusCode.Created);
        var bare = await company
            .AsAgent.PostAsync($"{ticket}/duplicate", new { participants = false, summary = "Another one" })
            .OkAsync(HttpStatusCode.Created);

        Assert.Equal(("Twice the same", "duplicate"), ((string?)copy["summary"], (string?)copy["origin"]!["kind"]));
        Assert.Single(copy["participants"]!.AsArray());
        Assert.Equal(("Another one", 0), ((string?)bare["summary"], bare["participants"]!.AsArray().Count));
        await UntilAsync(ticket, one => one["offspring"]!.AsArray().Count == 2);
        var found = await company
            .AsAgent.GetAsync($"/api/v1/tickets?query={Uri.EscapeDataString($"origin = {KeyOf(ticket)}")}")
            .OkAsync();
        Assert.Equal(2, found["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_move_is_shown_before_and_then_made_with_what_was_lacking()
    {
        await AddDeskAsync();
        var opened = await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "To another desk",
                    requester = company.Customer.Id.Value,
                    fields = new Dictionary<string, object> { ["impact"] = "high", ["affected-system"] = "Printer 4" },
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var ticket = $"/api/v1/tickets/{opened["key"]}";
        var body = new
        {
            desk = "BRANCH",
            type = "branch-task",
            preview = true,
        };

        var preview = await company.AsAgent.PostAsync($"{ticket}/move", body).OkAsync();
        Assert.Equal("branch-site", (string?)preview["missing"]![0]);
        Assert.Equal("refusal.field-required", (string?)preview["refusals"]![0]!["code"]);
        var system = preview["fields"]!.AsArray().Single(field => (string?)field!["field"] == "affected-system")!;
        Assert.Null(system["to"]);
        Assert.Contains(system["takers"]!.AsArray(), taker => (string?)taker == "branch-reason");
        Assert.NotNull(preview["clocks"]);
        Assert.Equal(KeyOf(ticket), (string?)(await company.AsAgent.GetAsync(ticket).OkAsync())["key"]);

        await company
            .AsAgent.PostAsync($"{ticket}/move", new { desk = "BRANCH", type = "branch-task" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.field-required");
        var moved = await company
            .AsAgent.PostAsync(
                $"{ticket}/move",
                new
                {
                    desk = "BRANCH",
                    type = "branch-task",
                    mapping = new Dictionary<string, string?> { ["affected-system"] = "branch-reason" },
                    fields = new Dictionary<string, object> { ["branch-site"] = "Busan" },
                }
            )
            .OkAsync();

        Assert.StartsWith("BRANCH-", (string?)moved["key"], StringComparison.Ordinal);
        Assert.Equal(
            ("Printer 4", "Busan"),
            ((string?)moved["fields"]!["branch-reason"], (string?)moved["fields"]!["branch-site"])
        );
        Assert.Null(moved["fields"]!["impact"]);
        var history = await company.AsAgent.GetAsync($"/api/v1/tickets/{moved["key"]}/history").OkAsync();
        var move = history["items"]!.AsArray().Single(item => (string?)item!["event"] == "ticket.moved")!["data"]!;
        Assert.Equal("branch-reason", (string?)move["mapped"]!["affected-system"]);
        Assert.NotNull(move["dropped"]!["impact"]);
        var theirs = await company.AsCustomer.GetAsync($"/api/v1/tickets/{moved["key"]}/history").OkAsync();
        Assert.DoesNotContain("dropped", theirs.ToString(), StringComparison.Ordinal);
        await company
            .AsCustomer.PostAsync($"/api/v1/tickets/{moved["key"]}/move", body)
            .ProblemAsync(HttpStatusCode.Forbidden);
    }

    private async Task AddDeskAsync()
    {
        await PutAsync(
            "field/branch-site",
            new
            {
                id = "branch-site",
                name = "Site",
                type = "text",
                requiredIn = new[] { "new" },
            }
        );
        await PutAsync(
            "field/branch-reason",
            new
            {
                id = "branch-reason",
                name = "Reason",
                type = "text",
            }
        );
        var type = await company.AsAdmin.GetAsync("/api/v1/configuration/ticket-type/incident").OkAsync();
        await PutAsync(
            "ticket-type/branch-task",
            new
            {
                id = "branch-task",
                name = "Task",
                workflow = (string?)(type["document"] ?? type)["workflow"],
                fields = new[] { "branch-site", "branch-reason" },
            }
        );
        await PutAsync(
            "desk/BRANCH",
            new
            {
                id = "BRANCH",
                name = "Branches",
                types = new[] { "branch-task" },
            }
        );
    }

    private Task<JsonNode> PutAsync(string document, object body) =>
        company
            .AsAdmin.SendAsync(Answers.Request(HttpMethod.Put, $"/api/v1/configuration/{document}", body))
            .OkAsync(HttpStatusCode.Created);

    private static Task<JsonNode> SplitAsync(HttpClient client, string ticket, long message, object body) =>
        client.PostAsync($"{ticket}/comments/{message}/split", body).OkAsync(HttpStatusCode.Created);

    private static async Task<long> CommentAsync(HttpClient client, string ticket, object body) =>
        (long)(await client.PostAsync($"{ticket}/comments", body).OkAsync(HttpStatusCode.Created))["id"]!;

    private async Task<JsonNode> UntilAsync(string ticket, Func<JsonNode, bool> holds)
    {
        JsonNode told = null!;
        await company.UntilAsync(async () => holds(told = await company.AsAgent.GetAsync(ticket).OkAsync()));
        return told;
    }

    private static string KeyOf(string path) => path.Split('/')[^1];
}
