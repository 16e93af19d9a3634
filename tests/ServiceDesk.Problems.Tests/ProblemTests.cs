using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Links.State;
using ServiceDesk.Problems.Solving;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.Tests;

public sealed class ProblemTests : ProblemWorld
{
    [Fact]
    public async Task What_is_known_is_kept_and_found()
    {
        var describe = new DescribeProblem(true, " Use the other gateway. ", true, "Too few sessions.");

        var answer = await Server.SendAsync(Agent, Problem.Id, describe);

        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        Assert.Equal(
            new ProblemRecord(true, "Use the other gateway.", true, "Too few sessions.", null),
            answer.Ticket!.State.Problem()
        );
        Assert.Empty((await Server.SendAsync(Agent, Problem.Id, describe)).Events);
        Assert.Equal([Problem.Key], await FindAsync("known-error = true"));
    }

    [Fact]
    public async Task Only_agents_write_it_down_and_only_on_problems()
    {
        var incident = await Server.OpenAsync(English, "VPN");
        var describe = new DescribeProblem(true, "x", false, "");

        Assert.Equal(
            "problems.refusal.not-a-problem",
            (await Server.SendAsync(Agent, incident.Id, describe)).Refusals[0].Code
        );
        Assert.False((await Server.SendAsync(English, Problem.Id, describe)).IsAccepted);
        var empty = new DescribeProblem(true, " ", Publish: true, "");
        Assert.Equal(
            "problems.refusal.nothing-to-publish",
            (await Server.SendAsync(Agent, Problem.Id, empty)).Refusals[0].Code
        );
    }

    [Fact]
    public async Task Tickets_are_attached_in_bulk_with_an_answer_for_each()
    {
        var one = await Server.OpenAsync(English, "VPN drops");
        var other = await Server.OpenAsync(Korean, "VPN 끊김");

        var report = await AttachAsync(
            one.Key.ToString(),
            "nonsense",
            "ITSD-999",
            other.Key.ToString().ToLowerInvariant()
        );

        Assert.Equal(
            [null, "problems.refusal.no-key", "links.refusal.no-ticket", null],
            report.Select(item => item.Refusal?.Code)
        );
        Assert.Equal([true, false, false, true], report.Select(item => item.Waits));
        Assert.Equal("waiting-for-problem", (await StateAsync(one)).Status);
        Assert.Equal([one.Id, other.Id], (await StateAsync(Problem)).Links().Others);
        await Server.UntilAsync(async () => (await StateAsync(other)).Links().Links.Any(ProblemIncidents.IsProblem));
    }

    [Fact]
    public async Task Similar_open_incidents_are_suggested_the_best_first()
    {
        var best = await Server.OpenAsync(English, "VPN gateway drops all day");
        var good = await Server.OpenAsync(English, "The gateway is slow");
        await Server.OpenAsync(English, "Printer jam");
        var attached = await IncidentAsync(English, "VPN gateway drops");
        var done = await Server.OpenAsync(English, "VPN gateway drops at night");
        await Server.SendAsync(Agent, done.Id, new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty));
        await using var scope = Server.Services.CreateAsyncScope();
        var similar = scope.ServiceProvider.GetRequiredService<SimilarIncidents>();

        var found = await similar.FindAsync(await Server.ViewerAsync(Agent), await StateAsync(Problem));

        Assert.Equal([best.Id, good.Id], found.Select(one => one.Ticket.Id));
        Assert.Empty(await similar.FindAsync(await Server.ViewerAsync(Korean), await StateAsync(Problem)));
        Assert.DoesNotContain(attached.Id, found.Select(one => one.Ticket.Id));
    }

    [Theory]
    [InlineData("VPN 접속이 자주 끊어집니다", new[] { "끊어집니다", "vpn", "접속", "자주" })]
    [InlineData("A \"quoted\\ word\" OR 1=1", new[] { "quoted", "word" })]
    public void Words_of_a_summary_are_told_from_particles_and_signs(string summary, string[] words) =>
        Assert.Equal(words, SimilarIncidents.WordsOf(summary));

    [Fact]
    public async Task Solving_tells_each_customer_in_the_own_language_and_resolves_the_incident()
    {
        var one = await IncidentAsync(English, "VPN drops");
        var other = await IncidentAsync(Korean, "VPN 끊김");
        var unchosen = await IncidentAsync(English, "VPN slow");

        var answer = await SolveAsync(one, other);

        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        Assert.Equal(StatusCategory.Done, answer.Ticket!.State.Category);
        await UntilToldAsync();
        Assert.Equal([$"Hello Kim Minji, {one.Key} works again."], await CommentsAsync(one));
        Assert.Equal([$"박서준 님, {other.Key} 해결되었습니다."], await CommentsAsync(other));
        Assert.Equal(("resolved", "solved"), ((await StateAsync(one)).Status, (await StateAsync(one)).Resolution));
        Assert.Empty(await CommentsAsync(unchosen));
        Assert.Equal(2, (await StateAsync(Problem)).Problem().Telling!.Count(TellingOutcome.Told));
    }

    [Fact]
    public async Task An_incident_that_was_done_meanwhile_is_not_told()
    {
        var one = await IncidentAsync(English, "VPN drops");
        await Server.SendAsync(Agent, one.Id, new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty));

        await SolveAsync(one);

        await UntilToldAsync();
        Assert.Empty(await CommentsAsync(one));
        Assert.Equal(1, (await StateAsync(Problem)).Problem().Telling!.Count(TellingOutcome.AlreadyDone));
    }

    [Fact]
    public async Task Only_its_own_incidents_are_told_and_nothing_happens_when_one_is_not()
    {
        var one = await IncidentAsync(English, "VPN drops");
        var foreign = await Server.OpenAsync(English, "Printer");

        var answer = await SolveAsync(one, foreign);

        Assert.Equal("problems.refusal.not-its-incident", answer.Refusals[0].Code);
        Assert.Equal("new", (await StateAsync(Problem)).Status);
        Assert.Empty(await CommentsAsync(one));
        var note = new NoteIncidentTold(one.Id, TellingOutcome.Told, null);
        Assert.Equal(RefusalKind.Forbidden, (await Server.SendAsync(Agent, Problem.Id, note)).Refusals[0].Kind);
    }

    [Fact]
    public async Task Customers_read_the_workaround_when_it_is_published_and_nothing_else_of_the_problem()
    {
        var one = await IncidentAsync(English, "VPN drops");
        await Server.UntilAsync(async () => (await StateAsync(one)).Links().Links.Count == 1);
        using var client = Server.ClientOf(English);
        var path = $"/portal/requests/{one.Key}?lang=en";
        await Server.SendAsync(
            Agent,
            Problem.Id,
            new DescribeProblem(true, "Use **gateway two**.", false, "SECRETCAUSE")
        );
        Assert.DoesNotContain("gateway two", await client.GetStringAsync(path), StringComparison.Ordinal);

        await Server.SendAsync(
            Agent,
            Problem.Id,
            new DescribeProblem(true, "Use **gateway two**.", true, "SECRETCAUSE")
        );

        var page = await client.GetStringAsync(path);
        Assert.Contains("<strong>gateway two</strong>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETCAUSE", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Problem.Key.ToString(), page, StringComparison.Ordinal);
        Assert.DoesNotContain(Problem.Summary, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "What each customer reads")]
    [InlineData("ko", "고객마다 받게 될 메시지")]
    public async Task The_pages_work_without_a_script_in_both_languages(string language, string words)
    {
        var one = await IncidentAsync(English, "VPN <b>drops</b>");
        await IncidentAsync(Korean, "VPN 끊김");
        using var client = Server.ClientOf(Agent);

        var solve = WebUtility.HtmlDecode(
            await client.GetStringAsync($"/plugins/problems/solve?key={Problem.Key}&lang={language}")
        );
        Assert.Contains(words, solve, StringComparison.Ordinal);
        Assert.Contains("박서준 님, 안녕하세요.", solve, StringComparison.Ordinal);
        Assert.Contains("Hello Kim Minji", solve, StringComparison.Ordinal);
        var manage = await client.GetStringAsync(
            $"/plugins/problems/ticket?key={Problem.Key}&lang={language}&query=type+%3D+incident"
        );
        Assert.Contains(one.Key.ToString(), manage, StringComparison.Ordinal);
        var ticket = await client.GetStringAsync($"/workspace/tickets/{Problem.Key}?lang={language}");
        Assert.Contains("id=\"problem-panel\"", ticket, StringComparison.Ordinal);
        using var asking = Server.ClientOf(English);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await asking.GetAsync($"/plugins/problems/solve?key={Problem.Key}")).StatusCode
        );
        Assert.Empty(Server.Plugins.Find("problems")!.Health.Handlers);
    }

    [Fact]
    public async Task Over_rest_a_problem_is_described_attached_previewed_and_solved()
    {
        var one = await Server.OpenAsync(English, "VPN drops");
        using var client = Server.ClientOf(Agent);
        var path = $"/api/v1/plugins/problems/tickets/{Problem.Key}";

        var described = await client.PutAsJsonAsync(path, new { knownError = true, workaround = "Wait." });
        Assert.True(described.StatusCode == HttpStatusCode.OK, await described.Content.ReadAsStringAsync());
        var similar = await client.GetFromJsonAsync<JsonElement>(path + "/similar");
        Assert.Equal(one.Key.ToString(), similar.GetProperty("items")[0].GetProperty("key").GetString());
        var attached = await client.PostAsJsonAsync(
            path + "/incidents",
            new { keys = new[] { one.Key.ToString(), "X" } }
        );
        var items = (await attached.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
        Assert.True(items[0].GetProperty("attached").GetBoolean());
        Assert.Equal("problems.refusal.no-key", items[1].GetProperty("code").GetString());
        var preview = await client.PostAsJsonAsync(path + "/preview", new { english = "Done, {name}: {summary}" });
        Assert.Contains(
            "Done, Kim Minji: VPN drops",
            await preview.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        var solved = await client.PostAsJsonAsync(path + "/solution", new { incidents = new[] { one.Key.ToString() } });
        Assert.True(solved.StatusCode == HttpStatusCode.Accepted, await solved.Content.ReadAsStringAsync());
        await UntilToldAsync();
        var read = await client.GetFromJsonAsync<JsonElement>(path);
        Assert.Equal(1, read.GetProperty("telling").GetProperty("told").GetInt32());
        using var asking = Server.ClientOf(English);
        Assert.Equal(HttpStatusCode.Forbidden, (await asking.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task What_a_customer_wrote_fills_a_place_as_plain_words()
    {
        var incident = await Server.OpenAsync(English, "*{name}* [x](http://evil)");

        var message = SolutionMessage.For(incident, English, "{summary}", "");

        Assert.Equal("\\*{name}\\* \\[x\\](http://evil)", message);
    }

    [Fact]
    public async Task Without_links_problems_say_what_is_missing_and_the_rest_works()
    {
        Server.Services.GetRequiredService<Host.Plugins.Administration.IPluginAdministration>().SwitchOff("links");
        await Server.RestartAsync();

        Assert.Equal(PluginLoadState.MissingDependency, Server.Plugins.Find("problems")!.State);
        Assert.Equal(Problem.Summary, (await StateAsync(Problem)).Summary);
        using var client = Server.ClientOf(Agent);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/workspace/tickets/{Problem.Key}")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await client.GetAsync($"/plugins/problems/ticket?key={Problem.Key}")).StatusCode
        );
    }
}
