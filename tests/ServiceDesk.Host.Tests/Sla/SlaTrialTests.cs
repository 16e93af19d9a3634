using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>Drafts of SLA documents on the whole product: tried on past tickets, and brought to clocks that run.</summary>
public sealed class SlaTrialTests : IClassFixture<SmallCompany>
{
    private const string Trials = "/api/v1/sla/backtests";
    private readonly SmallCompany company;

    public SlaTrialTests(SmallCompany company) => this.company = company;

    [Fact]
    public async Task A_trial_is_begun_watched_and_read_and_each_figure_opens_its_tickets()
    {
        var policy = await PublishAsync("trial", hours: 8);
        var key = await OpenAsync("trial");
        company.Time.Move(Duration.FromHours(5));
        await ResolveAsync(key);

        var begun = await company
            .AsAdmin.SendAsync(
                Answers.Request(
                    HttpMethod.Post,
                    $"{Trials}/",
                    new { documents = new[] { Stricter(policy, 4) }, months = 1 }
                )
            )
            .OkAsync(HttpStatusCode.Accepted);
        var id = (long)begun["id"]!;
        var done = await EndAsync(id);

        Assert.Equal("done", (string)done["state"]!);
        Assert.True((int)done["figures"]!["all"]!["worse"]! >= 1);
        var clocks = await company.AsAdmin.GetAsync($"{Trials}/{id}/clocks?fate=worse").OkAsync();
        var clock = Assert.Single(clocks["items"]!.AsArray(), one => (string)one!["ticket"]! == key);
        Assert.Equal(
            ("met", "breached", "PT1H"),
            ((string)clock!["official"]!, (string)clock["draft"]!, (string)clock["draftOver"]!)
        );
        Assert.Contains(
            (await company.AsAdmin.GetAsync($"{Trials}/").OkAsync())["items"]!.AsArray(),
            one => (long)one!["id"]! == id
        );
        // Nothing came of it: the promise is the one that was made.
        var sla = await company.AsAdmin.GetAsync($"/api/v1/tickets/{key}/sla").OkAsync();
        Assert.Equal("met", (string)sla["clocks"]!.AsArray().Single(IsTrial)!["verdict"]!);
        await company.AsAdmin.DeleteAsync($"{Trials}/{id}").ProblemAsync(HttpStatusCode.Conflict);

        static bool IsTrial(JsonNode? one) => (string)one!["metric"]! == "trial-resolution";
    }

    [Fact]
    public async Task Promises_between_teams_are_counted_apart_and_each_flip_opens_exactly_its_clocks()
    {
        await PublishAsync("apart", hours: 8);
        await PublishAsync("apart-teams", hours: 8, label: "apart", type: "ola");
        var key = await OpenAsync("apart");
        company.Time.Move(Duration.FromHours(5));
        await ResolveAsync(key);
        var waiting = await OpenAsync("apart");
        company.Time.Move(Duration.FromHours(5));

        var id = await TryAsync(Policy("apart", 4), Policy("apart-teams", 4, label: "apart", type: "ola"));

        var state = await StateAsync(key);
        var ticketHas = string.Create(
            CultureInfo.InvariantCulture,
            $"organization={state.Organization?.Value ?? 0}&priority={state.Priority.ToString().ToLowerInvariant()}&team={state.Team?.Value ?? 0}"
        );
        var other = state.Priority == Priority.Critical ? "low" : "critical";
        foreach (var (agreement, metric) in new[] { ("sla", "apart"), ("ola", "apart-teams") })
        {
            var trial = await company.AsAdmin.GetAsync($"{Trials}/{id}?agreement={agreement}").OkAsync();
            Assert.Equal(agreement, (string)trial["agreement"]!);
            var metrics = trial["figures"]!["metrics"]!.AsArray().Select(one => (string)one!["of"]!).ToList();
            Assert.Contains($"{metric}-resolution", metrics);
            Assert.DoesNotContain(agreement == "sla" ? "apart-teams-resolution" : "apart-resolution", metrics);
            var mine = $"{Trials}/{id}/clocks?agreement={agreement}&metric={metric}-resolution";
            Assert.Equal([key], await KeysAsync($"{mine}&official=met&draft=breached"));
            Assert.Equal([waiting], await KeysAsync($"{mine}&official=open&draft=breached"));
            Assert.Empty(await KeysAsync($"{mine}&official=breached"));
            Assert.Equal(2, (await KeysAsync($"{mine}&fate=worse&{ticketHas}")).Count);
            Assert.Empty(await KeysAsync($"{mine}&priority={other}"));
            Assert.Empty(await KeysAsync($"{mine}&team=987654"));
            Assert.Empty(await KeysAsync($"{mine}&organization=987654"));
            var hour = BacktestTally.HourOfWeek(state.CreatedAt, DateTimeZone.Utc);
            Assert.Contains(key, await KeysAsync($"{mine}&hour={hour}"));
            Assert.DoesNotContain(key, await KeysAsync($"{mine}&hour={(hour + 30) % 168}"));
        }

        Assert.Empty(await KeysAsync($"{Trials}/{id}/clocks?agreement=ola&metric=apart-resolution"));
        foreach (var wrong in new[] { "agreement=both", "official=lost", "team=mine", "hour=168", "priority=huge" })
        {
            await company.AsAdmin.GetAsync($"{Trials}/{id}/clocks?{wrong}").ProblemAsync(HttpStatusCode.BadRequest);
        }

        var both = await company.AsAdmin.GetAsync($"{Trials}/{id}/tickets/{key}").OkAsync();
        var pair = both["clocks"]!.AsArray().Single(one => (string)one!["metric"]! == "apart-resolution")!;
        Assert.Equal(
            ("met", "PT8H", "breached", "PT4H"),
            (
                (string)pair["official"]!["verdict"]!,
                (string)pair["official"]!["target"]!,
                (string)pair["draft"]!["verdict"]!,
                (string)pair["draft"]!["target"]!
            )
        );
        Assert.All(
            new[] { pair["official"]!, pair["draft"]! },
            side => Assert.Equal("PT5H", (string)side["segments"]!.AsArray().Single()!["working"]!)
        );
        await company.AsAdmin.GetAsync($"{Trials}/{id}/tickets/ITSD-999999").ProblemAsync(HttpStatusCode.NotFound);
        await company.AsAdmin.GetAsync($"{Trials}/999999/tickets/{key}").ProblemAsync(HttpStatusCode.NotFound);

        async Task<IReadOnlyList<string>> KeysAsync(string path) =>
            [
                .. (await company.AsAdmin.GetAsync(path).OkAsync())["items"]!
                    .AsArray()
                    .Select(one => (string)one!["ticket"]!),
            ];
    }

    [Fact]
    public async Task Only_who_configures_may_try_and_what_is_wrong_is_told()
    {
        await company.AsAgent.GetAsync($"{Trials}/").ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsCustomer.GetAsync("/api/v1/sla/drafts").ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsAdmin.GetAsync($"{Trials}/999999").ProblemAsync(HttpStatusCode.NotFound);
        await company
            .AsAdmin.SendAsync(
                Answers.Request(HttpMethod.Post, $"{Trials}/", new { documents = Array.Empty<object>() })
            )
            .ProblemAsync(HttpStatusCode.BadRequest);
        await company
            .AsAdmin.SendAsync(
                Answers.Request(HttpMethod.Post, $"{Trials}/", new { drafts = new[] { "calendar/none" } })
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        var wrong = new
        {
            kind = "sla-policy",
            id = "wrong",
            name = "Wrong",
            query = "colour = red",
        };
        await company
            .AsAdmin.SendAsync(Answers.Request(HttpMethod.Post, $"{Trials}/", new { documents = new[] { wrong } }))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("new-tickets-only", 1, "PT8H", "open")]
    [InlineData("keep-elapsed", 2, "PT2H", "breached")]
    [InlineData("recompute", 2, "PT2H", "breached")]
    public async Task A_draft_is_published_with_a_choice_that_each_ticket_tells(
        string mode,
        int version,
        string target,
        string verdict
    )
    {
        var id = $"version-{mode}";
        var policy = await PublishAsync(id, hours: 8);
        var key = await OpenAsync(id);
        company.Time.Move(Duration.FromHours(3));
        await company
            .AsAdmin.SendAsync(
                Answers.Request(HttpMethod.Put, $"/api/v1/sla/drafts/sla-policy/{id}", Bare(Stricter(policy, 2)))
            )
            .OkAsync();
        JsonNode preview = null!;
        await company.UntilAsync(async () =>
        {
            preview = await company.AsAdmin.GetAsync($"/api/v1/sla/drafts/sla-policy/{id}/preview").OkAsync();
            return (int)preview["tickets"]! > 0;
        });
        Assert.Equal((1, 1, 0), ((int)preview["tickets"]!, (int)preview["clocks"]!, (int)preview["breached"]!));
        Assert.Equal((1, 1), ((int)preview["breachedWhenKept"]!, (int)preview["breachedWhenRecomputed"]!));

        await company
            .AsAdmin.SendAsync(
                Answers.Request(
                    HttpMethod.Post,
                    $"/api/v1/sla/drafts/sla-policy/{id}/publish",
                    new { mode, comment = "Why" }
                )
            )
            .OkAsync();
        JsonNode? moved = null;
        await company.UntilAsync(async () =>
        {
            var all = await company.AsAdmin.GetAsync("/api/v1/sla/changeovers").OkAsync();
            moved = all["items"]!.AsArray().Single(one => (string)one!["document"]! == id);
            return moved!["finishedAt"] is not null;
        });

        var clock = (await company.AsAdmin.GetAsync($"/api/v1/tickets/{key}/sla").OkAsync())["clocks"]!
            .AsArray()
            .Single(one => (string)one!["metric"]! == $"{id}-resolution")!;
        Assert.Equal(
            (version, target, verdict),
            ((int)clock["policy"]!["version"]!, (string)clock["target"]!, (string)clock["verdict"]!)
        );
        Assert.Equal(version == 1 ? 0 : 1, (int)moved!["changed"]!);
        var events = await company.Get<IEventLog>().ReadTicketAsync(await IdAsync(key), CancellationToken.None);
        Assert.Equal(version == 1 ? 0 : 1, events.Count(one => one.Event is SlaVersionApplied));
        var versions = await company.AsAdmin.GetAsync($"/api/v1/configuration/sla-policy/{id}/versions").OkAsync();
        Assert.StartsWith("Why (", (string)versions["items"]![0]!["comment"]!, StringComparison.Ordinal);

        // A second round finds nothing to do.
        await company.Get<ChangeoverJob>().RoundAsync(CancellationToken.None);
        var again = await company.Get<IEventLog>().ReadTicketAsync(await IdAsync(key), CancellationToken.None);
        Assert.Equal(
            events.Count(one => one.Event is SlaVersionApplied),
            again.Count(one => one.Event is SlaVersionApplied)
        );
    }

    [Fact]
    public async Task A_server_that_stops_behind_the_write_has_kept_the_choice_and_its_draft_is_published()
    {
        const string id = "version-stopped";
        var draft = $"/api/v1/sla/drafts/sla-policy/{id}";
        await PublishAsync(id, hours: 8);
        await company.AsAdmin.SendAsync(Answers.Request(HttpMethod.Put, draft, Bare(Stricter(id, 2)))).OkAsync();
        var drafts = company.Get<SlaDrafts>();
        var kept = (await drafts.FindAsync(DocumentKinds.SlaPolicy, id, default))!;
        var author = drafts.AuthorOf(kept.By, ChangeoverMode.KeepElapsed, "Sooner");
        var written = await company.Get<IConfigurationEditor>().SaveAsync(kept.Yaml, kept.BaseVersion, author);
        Assert.Equal(ConfigurationStatus.Written, written.Status);

        var chosen = Assert.Single(
            await company.Get<ISlaChangeovers>().ListAsync(DocumentKinds.SlaPolicy, id, 10, default)
        );
        Assert.Equal((2, ChangeoverMode.KeepElapsed), (chosen.Version, chosen.Mode));
        Assert.True(drafts.IsPublished(kept));
        await company
            .AsAdmin.SendAsync(Answers.Request(HttpMethod.Post, $"{draft}/publish", new { mode = "recompute" }))
            .OkAsync(HttpStatusCode.NoContent);

        Assert.Null(await drafts.FindAsync(DocumentKinds.SlaPolicy, id, default));
        var same = await company.Get<ISlaChangeovers>().ListAsync(DocumentKinds.SlaPolicy, id, 10, default);
        Assert.Equal(ChangeoverMode.KeepElapsed, Assert.Single(same).Mode);
        // A draft of another text is still a conflict.
        var other = kept with
        {
            Yaml = kept.Yaml.Replace("PT2H", "PT3H", StringComparison.Ordinal),
        };
        var late = await drafts.PublishAsync(other, ChangeoverMode.KeepElapsed, null, kept.By, default);
        Assert.Equal(ConfigurationStatus.Conflict, late.Status);
    }

    [Fact]
    public async Task What_was_tried_is_put_into_force_together_unless_it_moved_on()
    {
        foreach (var name in new[] { "force-a", "force-b" })
        {
            await PublishAsync(name, hours: 8);
        }

        var id = await TryAsync(Stricter("force-a", 4), Stricter("force-b", 2));
        var moving = await TryAsync(Stricter("force-a", 3), Stricter("force-b", 3));
        // A draft of the same text goes with what it says; another one stays.
        await DraftAsync(Stricter("force-a", 4));
        await DraftAsync(Stricter("force-b", 7));
        var publish = $"{Trials}/{id}/publish";
        await SendAsync(publish, new { }).ProblemAsync(HttpStatusCode.BadRequest);
        await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Post, publish, new { mode = "keep-elapsed" }))
            .ProblemAsync(HttpStatusCode.Forbidden);

        var written = (await SendAsync(publish, new { mode = "keep-elapsed", comment = "Tried" }).OkAsync())["items"]!
            .AsArray()
            .ToDictionary(one => (string)one!["document"]!, one => ((int)one!["version"]!, (string)one["mode"]!));

        Assert.Equal((2, "keep-elapsed"), written["force-a"]);
        Assert.Equal((2, "keep-elapsed"), written["force-b"]);
        var versions = await Task.WhenAll(
            written.Keys.Select(name => company.Get<IConfigurationEditor>().HistoryAsync(DocumentKinds.SlaPolicy, name))
        );
        Assert.Single(versions.Select(one => one[0].Revision).Distinct());
        Assert.StartsWith("Tried (", versions[0][0].Author.Comment, StringComparison.Ordinal);
        var drafts = company.Get<SlaDrafts>();
        Assert.Null(await drafts.FindAsync(DocumentKinds.SlaPolicy, "force-a", default));
        Assert.Contains(
            "PT7H",
            (await drafts.FindAsync(DocumentKinds.SlaPolicy, "force-b", default))!.Yaml,
            StringComparison.Ordinal
        );

        await SendAsync(publish, new { mode = "recompute" }).OkAsync(HttpStatusCode.NoContent);
        await SendAsync($"{Trials}/{moving}/publish", new { mode = "recompute" })
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "sla-trial.moved");
    }

    [Fact]
    public async Task The_page_of_a_trial_opens_its_flips_keeps_its_documents_and_ends_it()
    {
        await PublishAsync("page", hours: 8);
        await PublishAsync("page-teams", hours: 8, label: "page", type: "ola");
        var key = await OpenAsync("page");
        company.Time.Move(Duration.FromHours(5));
        await ResolveAsync(key);
        var id = await TryAsync(Policy("page", 4), Policy("page-teams", 4, label: "page", type: "ola"));
        var page = $"/administration/sla/backtests/{id}";
        var browser = BrowserSession.Of(company);
        await browser.SignInAsync(company.Admin.Email);

        foreach (var (agreement, metric) in new[] { ("", "page"), ("agreement=ola&", "page-teams") })
        {
            var html = WebUtility.HtmlDecode(await HtmlAsync($"{page}?{agreement}lang=en"));
            var flips = html.Split("h-flips", 2)[1].Split("</section>")[0];
            string[] asks = [$"metric={metric}-resolution", "official=met", "draft=breached", agreement.TrimEnd('&')];
            var link = Assert.Single(
                flips.Split("href=\"").Skip(1).Select(part => part.Split('"')[0]),
                href => asks.All(ask => href.Contains(ask, StringComparison.Ordinal))
            );
            Assert.Equal(agreement.Length > 0, flips.Contains("page-teams-resolution", StringComparison.Ordinal));
            Assert.Contains(key, await HtmlAsync(link), StringComparison.Ordinal);
            Assert.DoesNotContain(
                key,
                await HtmlAsync(link.Replace("draft=breached", "draft=open", StringComparison.Ordinal)),
                StringComparison.Ordinal
            );
        }

        await DraftAsync(Policy("page-teams", 7, label: "page", type: "ola"));
        using var kept = await PostAsync(page, "Keep", ("document", "page"));
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        Assert.Contains("PT4H", (await DraftOfAsync("page"))!, StringComparison.Ordinal);
        using var stands = await PostAsync(page, "Keep", ("document", "page-teams"));
        Assert.Equal(HttpStatusCode.Conflict, stands.StatusCode);
        Assert.Contains("PT7H", (await DraftOfAsync("page-teams"))!, StringComparison.Ordinal);
        using var unknown = await PostAsync(page, "Keep", ("document", "nobody"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        var store = company.Get<IBacktestStore>();
        var request = (await store.FindAsync(id, default))!.Request;
        var now = company.Time.Now;
        var running = (await store.BeginAsync(request, company.Admin.Id, now, now, default))!.Value;
        Assert.True(await store.ProgressAsync(running, 1, 2, now, default));
        var watched = $"/administration/sla/backtests/{running}";
        Assert.Contains("handler=Cancel", await HtmlAsync(watched), StringComparison.Ordinal);
        using var cancelled = await PostAsync(watched, "Cancel");
        Assert.Equal(HttpStatusCode.Redirect, cancelled.StatusCode);
        Assert.False(await store.ProgressAsync(running, 2, 2, now, default));
        await store.EndAsync(running, new BacktestEnd(BacktestState.Cancelled), now, default);

        async Task<string> HtmlAsync(string path)
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }

        Task<HttpResponseMessage> PostAsync(string path, string handler, params (string Key, string Value)[] fields) =>
            browser.PostAsync(
                $"{path}?handler={handler}",
                [.. fields.Select(field => KeyValuePair.Create(field.Key, field.Value))]
            );

        async Task<string?> DraftOfAsync(string document) =>
            (await company.Get<SlaDrafts>().FindAsync(DocumentKinds.SlaPolicy, document, default))?.Yaml;
    }

    private Task<HttpResponseMessage> SendAsync(string path, object body) =>
        company.AsAdmin.SendAsync(Answers.Request(HttpMethod.Post, path, body));

    private async Task DraftAsync(Dictionary<string, object> policy) =>
        await company
            .AsAdmin.SendAsync(
                Answers.Request(HttpMethod.Put, $"/api/v1/sla/drafts/sla-policy/{policy["id"]}", Bare(policy))
            )
            .OkAsync();

    private async Task<long> TryAsync(params object[] documents)
    {
        var begun = await SendAsync($"{Trials}/", new { documents, months = 1 }).OkAsync(HttpStatusCode.Accepted);
        var id = (long)begun["id"]!;
        Assert.Equal("done", (string)(await EndAsync(id))["state"]!);
        return id;
    }

    private static Dictionary<string, object> Policy(string id, int hours, string? label = null, string type = "sla") =>
        new()
        {
            ["kind"] = "sla-policy",
            ["id"] = id,
            ["name"] = id,
            ["type"] = type,
            ["query"] = $"labels = {label ?? id}",
            ["order"] = 1,
            ["metrics"] = new[]
            {
                new
                {
                    id = $"{id}-resolution",
                    name = id,
                    start = new[] { new { query = $"labels = {label ?? id}" } },
                    stop = new[] { new { on = "resolved" } },
                    goals = new[] { new { target = $"PT{hours}H", calendar = "24x7" } },
                },
            },
        };

    private static Dictionary<string, object> Stricter(string id, int hours) => Policy(id, hours);

    private static Dictionary<string, object> Bare(Dictionary<string, object> policy) =>
        policy.Where(entry => entry.Key != "kind").ToDictionary();

    private async Task<string> PublishAsync(string id, int hours, string? label = null, string type = "sla")
    {
        await company
            .AsAdmin.SendAsync(
                Answers.Request(
                    HttpMethod.Put,
                    $"/api/v1/configuration/sla-policy/{id}",
                    Bare(Policy(id, hours, label, type))
                )
            )
            .OkAsync(HttpStatusCode.Created);
        return id;
    }

    private async Task<string> OpenAsync(string label)
    {
        var desk = company.Get<ICurrentConfiguration>().Snapshot.All<DeskDocument>()[0];
        var command = new OpenTicket(
            desk.Id,
            "incident",
            null,
            $"Of {label}",
            "",
            company.Customer.Id,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            Channel.Api
        )
        {
            Then = [new EditTicket(Labels: [label])],
        };
        var grains = company.Get<ITicketGrains>();
        var answer = await grains.OpenAsync(new CommandEnvelope(command, Actor.System));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State.Key.ToString();
    }

    private async Task ResolveAsync(string key)
    {
        var command = new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty);
        var answer = await company
            .Get<ITicketGrains>()
            .SendAsync(await IdAsync(key), new CommandEnvelope(command, Actor.System));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    private async Task<TicketState> StateAsync(string key) =>
        (await company.Get<ITicketGrains>().GetAsync(await IdAsync(key)))!.State;

    private async Task<TicketId> IdAsync(string key)
    {
        Assert.True(TicketKey.TryParse(key, out var parsed));
        return (await company.Get<ITicketStore>().FindAsync(parsed, CancellationToken.None))!.Value;
    }

    private async Task<JsonNode> EndAsync(long id)
    {
        JsonNode trial = null!;
        await company.UntilAsync(async () =>
        {
            trial = await company.AsAdmin.GetAsync($"{Trials}/{id}").OkAsync();
            return (string)trial["state"]! != "running";
        });
        return trial;
    }
}
