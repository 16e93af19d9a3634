using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>A clock that waited although its customer had answered, corrected by two people on the whole product.</summary>
public sealed class SlaCorrectionTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    [Fact]
    public async Task What_one_proposes_another_one_approves_and_the_ticket_tells_it()
    {
        var key = await WaitedAsync();
        var found = await company.AsAgent.GetAsync("/api/v1/sla/integrity?days=7").OkAsync();
        Assert.True((int)found["tickets"]! >= 1);
        Assert.False((bool)found["isCut"]!);
        var finding = found["items"]!
            .AsArray()
            .Single(one => (string)one!["ticket"]! == key && (string)one["metric"]! == "time-to-resolution")!;
        Assert.Equal(
            ("customer-answered", "met", "breached"),
            ((string)finding["kind"]!, (string)finding["official"]!, (string)finding["adjusted"]!)
        );

        Assert.True((bool)finding["canPropose"]!);

        var proposed = await company
            .AsAgent.SendAsync(
                Answers.Request(
                    HttpMethod.Post,
                    $"/api/v1/tickets/{key}/sla/corrections",
                    new
                    {
                        metric = "time-to-resolution",
                        cycle = 1,
                        spans = finding["spans"],
                        reason = "The answer lay there for a week",
                    }
                )
            )
            .OkAsync(HttpStatusCode.Created);
        var approve = $"/api/v1/sla/corrections/{proposed["id"]}/approve";
        await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Post, approve, null))
            .ProblemAsync(HttpStatusCode.Forbidden);
        await company
            .AsCustomer.SendAsync(Answers.Request(HttpMethod.Post, approve, null))
            .ProblemAsync(HttpStatusCode.Forbidden);

        var approved = await company.AsAdmin.SendAsync(Answers.Request(HttpMethod.Post, approve, null)).OkAsync();
        Assert.Equal("approved", (string)approved["state"]!);
        await company
            .AsAdmin.SendAsync(Answers.Request(HttpMethod.Post, approve, null))
            .ProblemAsync(HttpStatusCode.Conflict);

        var clock = (await company.AsAgent.GetAsync($"/api/v1/tickets/{key}/sla").OkAsync())["clocks"]!
            .AsArray()
            .Single(one => (string)one!["metric"]! == "time-to-resolution")!;
        Assert.Equal("breached", (string)clock["verdict"]!);
        var correction = clock["correction"]!;
        Assert.Equal(
            ("met", "The answer lay there for a week", company.Agent.Name, company.Admin.Name),
            (
                (string)correction["was"]!,
                (string)correction["reason"]!,
                (string)correction["by"]!["name"]!,
                (string)correction["approvedBy"]!["name"]!
            )
        );
        Assert.Contains(
            clock["segments"]!.AsArray(),
            one => (string)one!["event"]! == "sla.corrected" && (string)one["by"]!["name"]! == company.Admin.Name
        );
        Assert.Contains(
            clock["segments"]!.AsArray(),
            one => (string)one!["event"]! == "ticket.status-changed" && (string)one["actor"]! == "system"
        );
        Assert.True(TicketKey.TryParse(key, out var parsed));
        var id = (await company.Get<ITicketStore>().FindAsync(parsed, CancellationToken.None))!.Value;
        var events = await company.Get<IEventLog>().ReadTicketAsync(id, CancellationToken.None);
        var corrected = Assert.IsType<SlaCorrected>(events[^1].Event);
        Assert.Equal((company.Agent.Id, company.Admin.Id), (corrected.By, corrected.ApprovedBy));
        var snapshot = await company.Get<ITicketGrains>().GetAsync(id);
        Assert.Equal(
            ClockVerdict.Met,
            snapshot!.Clocks.Single(one => one.Metric == "time-to-resolution").Correction!.Was
        );
        Assert.DoesNotContain(
            (await company.AsAgent.GetAsync("/api/v1/sla/integrity").OkAsync())["items"]!.AsArray(),
            one => (string)one!["ticket"]! == key && (string)one["metric"]! == "time-to-resolution"
        );
    }

    [Fact]
    public async Task One_takes_back_what_one_proposed_and_nobody_approves_it_afterwards()
    {
        var key = await WaitedAsync();
        var body = new
        {
            metric = "time-to-resolution",
            spans = new[]
            {
                new
                {
                    from = company.Time.Now - Duration.FromHours(2),
                    to = company.Time.Now - Duration.FromHours(1),
                    counts = false,
                },
            }.Select(one => new
            {
                from = $"{one.from}",
                to = $"{one.to}",
                one.counts,
            }),
            reason = "Our own outage",
        };
        var path = $"/api/v1/tickets/{key}/sla/corrections";
        var proposed = await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Post, path, body))
            .OkAsync(HttpStatusCode.Created);
        var at = $"/api/v1/sla/corrections/{proposed["id"]}";
        await company.AsAgent.SendAsync(Answers.Request(HttpMethod.Post, $"{at}/decline", null)).OkAsync();
        await company
            .AsAdmin.SendAsync(Answers.Request(HttpMethod.Post, $"{at}/approve", null))
            .ProblemAsync(HttpStatusCode.Conflict);
        await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Post, path, new { metric = "none", reason = "x" }))
            .ProblemAsync(HttpStatusCode.NotFound);
        await company
            .AsStranger.SendAsync(Answers.Request(HttpMethod.Post, path, body))
            .ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_running_clock_that_a_lower_priority_gave_time_is_shown_without_a_proposal()
    {
        var grains = company.Get<ITicketGrains>();
        var opened = await grains.OpenAsync(
            new CommandEnvelope(
                new OpenTicket(
                    "ITSD",
                    "incident",
                    null,
                    "It became less urgent",
                    "",
                    company.Customer.Id,
                    null,
                    Priority.High,
                    ValueMap<FieldValue>.Empty,
                    Channel.Api
                ),
                Actor.System
            )
        );
        var (id, key) = (opened.Ticket!.State.Id, opened.Ticket.State.Key.ToString());
        company.Time.Move(Duration.FromHours(7));
        await grains.SendAsync(id, new CommandEnvelope(new SetPriority(Priority.Low), Actor.System));
        company.Time.Move(Duration.FromHours(2));

        var found = await company.AsAgent.GetAsync("/api/v1/sla/integrity").OkAsync();
        var finding = found["items"]!
            .AsArray()
            .Single(one => (string)one!["ticket"]! == key && (string)one["metric"]! == "time-to-resolution")!;
        Assert.Equal(
            ("priority-lowered", "open", "breached", false),
            (
                (string)finding["kind"]!,
                (string)finding["official"]!,
                (string)finding["adjusted"]!,
                (bool)finding["canPropose"]!
            )
        );
        await company
            .AsAgent.SendAsync(
                Answers.Request(
                    HttpMethod.Post,
                    $"/api/v1/tickets/{key}/sla/corrections",
                    new
                    {
                        metric = "time-to-resolution",
                        cycle = 1,
                        keptGoals = finding["keptGoals"],
                        reason = "It was urgent",
                    }
                )
            )
            .ProblemAsync(HttpStatusCode.Conflict);

        var browser = BrowserSession.Of(company);
        await browser.SignInAsync(company.Agent.Email);
        using var shown = await browser.GetAsync("/workspace/sla/integrity?lang=en");
        var sections = WebUtility
            .HtmlDecode(await shown.Content.ReadAsStringAsync())
            .Split("<section class=\"panel finding\">")
            .Where(one => one.Contains($"{key}<", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(sections);
        Assert.Contains(
            sections,
            one => one.Contains("The clock still runs and follows the priority.", StringComparison.Ordinal)
        );
        Assert.All(
            sections.Select(one => one[..one.IndexOf("</section>", StringComparison.Ordinal)]),
            one => Assert.DoesNotContain("name=\"reason\"", one, StringComparison.Ordinal)
        );
    }

    // Opened, answered, and left waiting for a week behind the customer's answer.
    private async Task<string> WaitedAsync()
    {
        var grains = company.Get<ITicketGrains>();
        var opened = await grains.OpenAsync(
            new CommandEnvelope(
                new OpenTicket(
                    "ITSD",
                    "incident",
                    null,
                    "It waited",
                    "",
                    company.Customer.Id,
                    null,
                    null,
                    ValueMap<FieldValue>.Empty,
                    Channel.Api
                ),
                Actor.System
            )
        );
        Assert.True(opened.IsAccepted, opened.Refusals.ToString());
        var id = opened.Ticket!.State.Id;
        await SendAsync(new TransitionTicket("in-progress", null, ValueMap<FieldValue?>.Empty), Actor.System);
        await SendAsync(new TransitionTicket("waiting-for-customer", null, ValueMap<FieldValue?>.Empty), Actor.System);
        company.Time.Move(Duration.FromHours(1));
        var customer = await company.Get<IViewers>().OfAsync(company.Customer.Id);
        var answered = await grains.SendAsync(
            id,
            CommandEnvelope.By(customer!, new AddPublicComment("Here it is", []))
        );
        Assert.True(answered.IsAccepted, answered.Refusals.ToString());
        // The answer sets the ticket going; somebody puts it back without a word.
        await SendAsync(new TransitionTicket("waiting-for-customer", null, ValueMap<FieldValue?>.Empty), Actor.System);
        company.Time.Move(Duration.FromDays(7));
        await SendAsync(new TransitionTicket("in-progress", null, ValueMap<FieldValue?>.Empty), Actor.System);
        await SendAsync(new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty), Actor.System);
        return opened.Ticket.State.Key.ToString();

        async Task SendAsync(TicketCommand command, Actor actor)
        {
            var answer = await grains.SendAsync(id, new CommandEnvelope(command, actor));
            Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        }
    }
}
