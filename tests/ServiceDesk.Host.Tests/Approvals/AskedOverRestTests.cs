using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>Who is asked for an approval and has nothing else to do with the ticket, over REST.</summary>
public sealed class AskedOverRestTests : IAsyncLifetime
{
    private AskedScene scene = null!;
    private HttpClient api = null!;
    private long approval;

    private string Ticket => $"/api/v1/tickets/{scene.Change.Key}";

    public async Task InitializeAsync()
    {
        scene = await AskedScene.CreateAsync();
        approval = await scene.AskAsync();
        api = await scene.ApiOfAsync(scene.Approver);
    }

    public async Task DisposeAsync()
    {
        api.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task What_was_asked_for_is_seen_and_nothing_of_who_talks_about_it()
    {
        var ticket = await api.GetAsync(Ticket).OkAsync();

        Assert.Equal(0, (int)ticket["comments"]!);
        Assert.Empty(ticket["participants"]!.AsArray());
        Assert.Equal("Swap at midnight", (string?)ticket["fields"]!["implementation-plan"]);
        Assert.Null(ticket["fields"]!["change-review"]);
        Assert.Empty((await api.GetAsync($"{Ticket}/comments").OkAsync())["items"]!.AsArray());
        Assert.Equal(
            ["ticket.opened", "ticket.approval-requested"],
            (await api.GetAsync($"{Ticket}/history").OkAsync())["items"]!
                .AsArray()
                .Select(item => (string)item!["event"]!)
        );
    }

    [Theory]
    [InlineData("summary ~ switch", true)]
    [InlineData("category = new", true)]
    [InlineData("text ~ Between", false)]
    [InlineData("NOT text ~ nothing", false)]
    [InlineData("commentCount > 0", false)]
    [InlineData("NOT commentCount > 5", false)]
    [InlineData("participant = \"pat@example.com\"", false)]
    [InlineData("NOT participant = \"kim@example.com\"", false)]
    [InlineData("summary ~ switch ORDER BY commentCount", false)]
    public async Task No_query_finds_it_by_the_conversation(string query, bool finds)
    {
        var found = await api.GetAsync($"/api/v1/tickets?query={Uri.EscapeDataString(query)}").OkAsync();

        Assert.Equal(finds ? 1 : 0, found["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Files_of_the_opening_are_listed_and_downloaded_and_those_of_answers_are_not()
    {
        var listed = await api.GetAsync($"{Ticket}/attachments").OkAsync();

        Assert.Equal("opening.txt", (string?)Assert.Single(listed["items"]!.AsArray())!["name"]);
        Assert.Equal("opening.txt", await api.GetStringAsync($"{Ticket}/attachments/{scene.Opening.Id}"));
        await api.GetAsync($"{Ticket}/attachments/{scene.Answer.Id}").ProblemAsync(HttpStatusCode.NotFound);
        await api.GetAsync($"{Ticket}/attachments/{scene.Loose.Id}").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_the_own_approval_has_a_trail()
    {
        await scene.DoAsync(
            new RequestApproval
            {
                Title = "Of the budget",
                CustomersSee = true,
                Steps = [new ApproversAsked([scene.Participant.Id], [], [])],
            }
        );
        var other = (await scene.NowAsync()).Approvals[^1].Id;

        var listed = await api.GetAsync($"{Ticket}/approvals").OkAsync();
        var history = await api.GetStringAsync($"{Ticket}/history");

        Assert.Equal(approval, (long)Assert.Single(listed["items"]!.AsArray())!["id"]!);
        Assert.DoesNotContain("Of the budget", history, StringComparison.Ordinal);
        await api.PostAsync($"{Ticket}/approvals/{other}/answer", new { approves = true })
            .ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Watching_is_for_who_reads_along()
    {
        await api.PutJsonAsync($"{Ticket}/watch", new { })
            .ProblemAsync(HttpStatusCode.Forbidden, "refusal.customers-of-ticket-only");

        Assert.DoesNotContain(scene.Approver.Id, (await scene.NowAsync()).Watchers);
    }

    [Fact]
    public async Task What_was_read_before_a_shown_field_changed_is_neither_current_nor_a_base_for_an_answer()
    {
        var (tag, before) = await ReadAsync(null, HttpStatusCode.OK);
        Assert.Equal(tag, $"\"{before!["version"]}\"");

        await scene.PutAsync("change-review", "Still nobody else's");
        await scene.DoAsync(new AddInternalNote("Between agents again", []));
        await ReadAsync(tag, HttpStatusCode.NotModified);
        await scene.PutAsync("implementation-plan", "Swap at noon");

        var (changed, after) = await ReadAsync(tag, HttpStatusCode.OK);
        Assert.NotEqual(tag, changed);
        Assert.Equal("Swap at noon", (string?)after!["fields"]!["implementation-plan"]);
        await AnswerAsync(tag).ProblemAsync(HttpStatusCode.PreconditionFailed);
        await AnswerAsync(changed).OkAsync();
        Assert.Equal(ApprovalState.Approved, (await scene.NowAsync()).FindApproval(approval)!.State);
    }

    private async Task<(string Tag, JsonNode? Body)> ReadAsync(string? known, HttpStatusCode expected)
    {
        using var request = Answers.Request(HttpMethod.Get, Ticket, null, ("If-None-Match", known));
        using var response = await api.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        return (response.Headers.ETag!.ToString(), text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private Task<HttpResponseMessage> AnswerAsync(string tag) =>
        api.SendAsync(
            Answers.Request(
                HttpMethod.Post,
                $"{Ticket}/approvals/{approval}/answer",
                new { approves = true },
                ("If-Match", tag)
            )
        );
}
