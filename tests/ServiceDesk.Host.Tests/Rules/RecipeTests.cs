using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Reactions.Rules.Recipes;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;
using ServiceDesk.Tests.Shared;

namespace ServiceDesk.Host.Tests.Rules;

/// <summary>Each recipe, published as it is, acts where it should and rests where it should not. VIP routing stands with contracts.</summary>
public sealed class RecipeTests : IAsyncLifetime
{
    private static readonly Duration Day = Duration.FromDays(1);

    private ServiceDeskServer server = null!;
    private RuleOnServer rules = null!;
    private Person agent = null!;
    private Person customer = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        rules = new RuleOnServer(server);
        agent = await server.PersonAsync("Alex Agent", "agent");
        customer = await server.PersonAsync("Kim Minji", "customer");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Nudge_before_breach_tells_the_agent_in_time_and_not_of_what_was_answered()
    {
        await rules.TakeAsync("nudge-before-breach");
        var late = await server.OpenAsync(customer, "Nobody says a word", priority: Priority.High);
        var answered = await server.OpenAsync(customer, "Answered at once", priority: Priority.High);
        await SendAsync(late, new AssignTicket(agent.Id, null));
        await SendAsync(answered, new AssignTicket(agent.Id, null));
        await SendAsync(answered, new AddPublicComment("On it", []));
        server.Clock.Advance(Duration.FromMinutes(30));
        await SettleAsync();
        Assert.Empty(await ToldOfNudgesAsync());

        // One hour was promised; three quarters of it are reached, and the target is not.
        server.Clock.Advance(Duration.FromMinutes(16));
        await server.UntilAsync(async () => (await ToldOfNudgesAsync()).Count > 0);
        await SettleAsync();

        var told = Assert.Single(await ToldOfNudgesAsync());
        Assert.Equal((late.Id, $"{late.Key} must be answered soon: Nobody says a word"), (told.Ticket, told.Text));
        Assert.Equal([late.Id], (await rules.RunsAsync("nudge-before-breach")).Select(run => run.Ticket));
    }

    [Fact]
    public async Task Close_after_resolution_closes_after_three_days_and_not_what_was_opened_again()
    {
        await rules.TakeAsync("close-after-resolution");
        var stays = await ResolvedAsync("Solved for good");
        var comesBack = await ResolvedAsync("Not solved after all");
        server.Clock.Advance(Day * 2);
        Assert.True((await server.SendAsync(customer, comesBack.Id, new ReopenTicket("It is back"))).IsAccepted);
        await SettleAsync();
        Assert.Equal("resolved", (await NowAsync(stays)).Status);

        server.Clock.Advance(Day + Duration.FromMinutes(1));
        await server.UntilAsync(async () => (await NowAsync(stays)).Status == "closed");
        await server.UntilAsync(async () => await EndedAsync("close-after-resolution") == 2);

        Assert.NotEqual("closed", (await NowAsync(comesBack)).Status);
    }

    [Fact]
    public async Task Resolve_after_answer_resolves_after_five_days_of_silence_with_a_word()
    {
        await rules.TakeAsync("resolve-after-answer");
        var silent = await server.OpenAsync(customer, "Printer");
        var answered = await server.OpenAsync(customer, "Mouse");
        var talks = await server.OpenAsync(customer, "Keyboard");
        var works = await server.OpenAsync(customer, "Screen");
        await SendAsync(silent, new AddPublicComment("Turn it off and on", []));
        await SendAsync(talks, new AddPublicComment("Turn it off and on", []));
        await SendAsync(answered, new AddInternalNote("Known to us", []));
        foreach (var ticket in new[] { silent, talks, answered })
        {
            await SendAsync(ticket, To("ask-customer"));
        }

        // The desk's turn: whoever was told that is waited for by nobody.
        await SendAsync(works, new AddPublicComment("We order a new one", []));
        await SendAsync(works, To("start"));
        server.Clock.Advance(Day * 3);
        await SettleAsync();
        Assert.True((await server.SendAsync(customer, talks.Id, new AddPublicComment("Still dead", []))).IsAccepted);
        Assert.NotEqual("resolved", (await NowAsync(silent)).Status);

        server.Clock.Advance(Day * 2 + Duration.FromMinutes(1));
        await server.UntilAsync(async () => (await NowAsync(silent)).Status == "resolved");
        await server.UntilAsync(async () => await EndedAsync("resolve-after-answer") == 3);

        var resolved = await NowAsync(silent);
        Assert.Equal((2, true), (resolved.PublicComments, resolved.Resolution is not null));
        Assert.NotEqual("resolved", (await NowAsync(talks)).Status);
        Assert.NotEqual("resolved", (await NowAsync(answered)).Status);
        Assert.Equal("in-progress", (await NowAsync(works)).Status);
        var run = Assert.Single(
            await RunsAsync("resolve-after-answer", talks),
            one => one.Outcome != RuleOutcome.Waits
        );
        Assert.Equal(RuleOutcome.Answered, run.Outcome);

        // Its own word begins no wait: nothing more happens, and no loop is reported.
        server.Clock.Advance(Day * 6);
        await SettleAsync();
        Assert.Equal(
            [RuleOutcome.Then, RuleOutcome.Waits],
            (await RunsAsync("resolve-after-answer", silent)).Select(one => one.Outcome)
        );
    }

    [Fact]
    public async Task Resolve_after_answer_begins_anew_with_each_answer_and_leaves_what_waits_for_others()
    {
        await rules.TakeAsync("resolve-after-answer");
        var asked = await server.OpenAsync(customer, "Printer");
        var twice = await server.OpenAsync(customer, "Screen");
        var ordered = await server.OpenAsync(customer, "Mouse");
        foreach (var ticket in new[] { asked, twice, ordered })
        {
            await SendAsync(ticket, new AddPublicComment("Which one?", []));
            await SendAsync(ticket, To("ask-customer"));
        }

        await SendAsync(ordered, To("ask-supplier"));
        server.Clock.Advance(Day * 4);
        await server.SendAsync(customer, asked.Id, new AddPublicComment("The red one", []));
        await SendAsync(asked, new AddPublicComment("Try again now", []));
        await SendAsync(asked, To("ask-customer"));
        await SendAsync(twice, new AddPublicComment("The one at the window?", []));
        await SettleAsync();

        server.Clock.Advance(Day * 4);
        await server.UntilAsync(async () => await EndedAsync("resolve-after-answer") == 1);
        Assert.NotEqual("resolved", (await NowAsync(asked)).Status);
        Assert.NotEqual("resolved", (await NowAsync(twice)).Status);

        server.Clock.Advance(Day + Duration.FromMinutes(1));
        await server.UntilAsync(async () => (await NowAsync(asked)).Status == "resolved");
        await server.UntilAsync(async () => (await NowAsync(twice)).Status == "resolved");
        Assert.Equal("waiting-for-supplier", (await NowAsync(ordered)).Status);
    }

    [Fact]
    public void Resolve_after_answer_takes_open_work_where_no_status_waits_for_customers()
    {
        var snapshot = (ConfigurationSnapshot)server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        var bare = snapshot
            .All<WorkflowDocument>()
            .Aggregate(snapshot, (all, workflow) => all.With(WithoutWaiting(workflow)));

        Assert.Equal("status IN (waiting-for-customer)", ConditionFor(snapshot));
        Assert.Equal("status IN (new, in-progress)", ConditionFor(bare));

        string ConditionFor(IConfiguration configuration) =>
            server.Services.GetRequiredService<RuleRecipes>().Find("resolve-after-answer", configuration)!.Condition;

        static WorkflowDocument WithoutWaiting(WorkflowDocument workflow) =>
            workflow with
            {
                Statuses = workflow.Statuses.Where(status => status.Category != StatusCategory.Waiting).ToValueList(),
            };
    }

    [Fact]
    public async Task A_trial_of_silence_tells_who_had_written_when_the_time_had_come()
    {
        var late = await server.OpenAsync(customer, "Answered late");
        var soon = await server.OpenAsync(customer, "Answered soon");
        foreach (var ticket in new[] { late, soon })
        {
            await SendAsync(ticket, new AddPublicComment("Turn it off and on", []));
        }

        server.Clock.Advance(Day);
        Assert.True((await server.SendAsync(customer, soon.Id, new AddPublicComment("Still dead", []))).IsAccepted);
        server.Clock.Advance(Day * 6);
        Assert.True((await server.SendAsync(customer, late.Id, new AddPublicComment("Still dead", []))).IsAccepted);
        var recipe = server
            .Services.GetRequiredService<RuleRecipes>()
            .Find("resolve-after-answer", server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot)!;

        var report = await server
            .Services.GetRequiredService<RuleTrial>()
            .RunAsync(recipe with { Condition = "" }, await server.ViewerAsync(agent), default);

        Assert.Equal(
            [(late.Id, RuleOutcome.Then), (soon.Id, RuleOutcome.Answered)],
            report.Runs.Select(run => (run.Ticket, run.Outcome)).OrderBy(run => run.Ticket.Value)
        );
    }

    [Fact]
    public async Task Route_by_error_number_labels_and_assigns_what_names_the_error()
    {
        var team = await server.Services.GetRequiredService<IPeopleStore>().CreateTeamAsync("Database");
        await rules.TakeAsync("route-by-error-number", "Database");
        var named = await server.OpenAsync(customer, "It says err-1042 again");
        var near = await server.OpenAsync(customer, "It says ERR-104 again");
        await server.UntilAsync(async () => (await rules.RunsAsync("route-by-error-number")).Count == 2);

        var routed = await NowAsync(named);
        Assert.Equal((team.Id, "err-1042"), (routed.Team, Assert.Single(routed.Labels)));
        Assert.Equal((null, 0), ((await NowAsync(near)).Team, (await NowAsync(near)).Labels.Count));
    }

    [Fact]
    public async Task Reopen_on_comment_opens_what_its_customer_comments_and_not_what_an_agent_does()
    {
        await rules.TakeAsync("reopen-on-comment");
        var byCustomer = await ResolvedAsync("Comes back");
        var byAgent = await ResolvedAsync("Stays");
        await SendAsync(byAgent, new AddPublicComment("For the record", []));
        await server.SendAsync(customer, byCustomer.Id, new AddPublicComment("It is back", []));

        await server.UntilAsync(async () => (await NowAsync(byCustomer)).Status == "in-progress");

        Assert.Equal("resolved", (await NowAsync(byAgent)).Status);
    }

    [Fact]
    public async Task Tell_watchers_tells_them_when_the_priority_becomes_high_and_not_when_it_sinks()
    {
        await rules.TakeAsync("tell-watchers");
        var ticket = await server.OpenAsync(customer, "Printer", priority: Priority.Medium);
        await server.SendAsync(agent, ticket.Id, new WatchTicket(agent.Id, true));
        await server.SendAsync(agent, ticket.Id, new SetPriority(Priority.Low));
        await server.UntilAsync(async () => (await rules.RunsAsync("tell-watchers")).Count == 1);
        Assert.Empty(await ToldAsync("is now"));

        await server.SendAsync(agent, ticket.Id, new SetPriority(Priority.Critical));
        await server.UntilAsync(async () => (await ToldAsync("is now")).Count == 1);
    }

    private Task<IReadOnlyList<StoredNotification>> ToldOfNudgesAsync() => ToldAsync("must be answered soon");

    private async Task<IReadOnlyList<StoredNotification>> ToldAsync(string words) =>
        [
            .. (
                await server
                    .Services.GetRequiredService<INotificationStore>()
                    .ListAsync(agent.Id, unreadOnly: false, 50, null, default)
            ).Where(one => one.Text.Contains(words, StringComparison.Ordinal)),
        ];

    private async Task<TicketState> ResolvedAsync(string summary)
    {
        var ticket = await server.OpenAsync(customer, summary);
        var resolutions = server
            .Services.GetRequiredService<ICurrentConfiguration>()
            .Snapshot.All<WorkflowDocument>()
            .Single(workflow => workflow.Id == "incident")
            .Resolutions;
        await SendAsync(ticket, To("resolve", resolutions[0].Id));
        return ticket;
    }

    private static TransitionTicket To(string way, string? resolution = null) =>
        new(way, resolution, ValueMap<FieldValue?>.Empty);

    private async Task SendAsync(TicketState ticket, TicketCommand command)
    {
        var answer = await server.SendAsync(agent, ticket.Id, command);
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    private async Task<TicketState> NowAsync(TicketState ticket) => (await server.Tickets.GetAsync(ticket.Id))!.State;

    private async Task<IReadOnlyList<RuleRun>> RunsAsync(string rule, TicketState ticket) =>
        [.. (await rules.RunsAsync(rule)).Where(run => run.Ticket == ticket.Id)];

    private async Task<int> EndedAsync(string rule) =>
        (await rules.RunsAsync(rule)).Count(run => run.Outcome != RuleOutcome.Waits);

    // What came before a ticket that is opened now has been worked off once that is.
    private async Task SettleAsync()
    {
        var mark = new RuleDocument
        {
            Id = "settled",
            Name = LocalizedText.Of("Settled"),
            Order = 9_000,
            When = [new RuleTrigger { On = "opened" }],
            Condition = "summary ~ \"settled here\"",
            Then = [new RuleAction { Do = "edit", AddLabels = ["settled"] }],
        };
        await rules.SaveAsync(mark with { Order = 9_000 + marks });
        var ticket = await server.OpenAsync(customer, $"settled here {++marks}");
        await server.UntilAsync(async () => (await NowAsync(ticket)).Labels.Count == 1);
    }

    private int marks;
}
