using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.People;
using static ServiceDesk.Host.Tests.Rules.RuleBench;

namespace ServiceDesk.Host.Tests.Rules;

public sealed class RuleTimeTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    private static readonly RuleDocument Nudge = Rule("nudge", "commented", Note("Nobody answered.")) with
    {
        When = [new RuleTrigger { On = "commented", After = Duration.FromHours(4) }],
        Condition = "priority = medium",
    };

    [Theory]
    [OnBothDatabases]
    public async Task A_rule_waits_from_the_last_such_event_and_acts_once(DatabaseProvider provider)
    {
        await using var host = await HostAsync(provider, null, Nudge);
        var ticket = (await host.OpenAsync()).State.Id;
        await SendAsync(host, ticket, new AddInternalNote("one", []));
        await ReactAsync(host);
        Pass(host, Hour * 3);
        await SendAsync(host, ticket, new AddInternalNote("two", []));
        await ReactAsync(host);
        Pass(host, Hour * 3);
        Assert.Equal(0, await DueAsync(host));

        Pass(host, Hour);
        Assert.Equal(1, await DueAsync(host));
        Assert.Equal(0, await DueAsync(host));

        Assert.Equal(3, (await NowAsync(host, ticket)).InternalNotes);
        Assert.Equal(
            [RuleOutcome.Then, RuleOutcome.Waits, RuleOutcome.Waits],
            (await RunsAsync(host, "nudge")).Select(run => run.Outcome)
        );
    }

    [Fact]
    public async Task It_does_not_act_when_the_condition_no_longer_holds()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite, null, Nudge);
        var ticket = (await host.OpenAsync()).State.Id;
        await SendAsync(host, ticket, new AddInternalNote("one", []));
        await ReactAsync(host);
        await SendAsync(host, ticket, new SetPriority(Priority.Low));
        Pass(host, Hour * 5);

        Assert.Equal(1, await DueAsync(host));

        Assert.Equal(1, (await NowAsync(host, ticket)).InternalNotes);
        var run = (await RunsAsync(host, "nudge"))[0];
        Assert.Equal(RuleOutcome.Not, run.Outcome);
        Assert.Equal(["low"], run.Detail.Truth!.Actual);
    }

    [Fact]
    public async Task Waiting_survives_a_restart_and_ends_with_the_rule()
    {
        var host = await HostAsync(DatabaseProvider.Sqlite, null, Nudge);
        var ticket = (await host.OpenAsync()).State.Id;
        await SendAsync(host, ticket, new AddInternalNote("one", []));
        await ReactAsync(host);
        await ReleaseAsync(host);
        await using var restarted = await host.RestartAsync();
        Write(restarted, Nudge);
        Pass(restarted, Hour * 5);

        Assert.Equal(1, await DueAsync(restarted));
        Assert.Equal(2, (await NowAsync(restarted, ticket)).InternalNotes);

        await SendAsync(restarted, ticket, new AddInternalNote("again", []));
        await ReactAsync(restarted);
        Write(restarted, Nudge with { Enabled = false });
        Pass(restarted, Hour * 5);
        Assert.Equal(1, await DueAsync(restarted));
        Assert.Equal(3, (await NowAsync(restarted, ticket)).InternalNotes);
    }

    [Fact]
    public async Task Files_of_a_customer_end_the_wait_for_an_answer()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite, null, Silent(RuleAuthor.Agent));
        var (ticket, agent) = ((await host.OpenAsync()).State, await AgentAsync(host));
        await SayAsync(host, ticket.Id, new AddPublicComment("Which one? A picture would help", []), agent);
        await ReactAsync(host);
        await SayAsync(host, ticket.Id, new AttachFiles([Picture], Visibility.Public), ticket.Requester);
        Pass(host, Hour * 5);

        Assert.Equal(1, await DueAsync(host));

        Assert.Equal(RuleOutcome.Answered, (await RunsAsync(host, "silent"))[0].Outcome);
        Assert.Equal(0, (await NowAsync(host, ticket.Id)).InternalNotes);
    }

    [Fact]
    public async Task The_acknowledgement_of_a_rule_does_not_answer_a_customer()
    {
        var acknowledge = Rule("acknowledge", "commented", Note("We have it.") with { Visibility = Visibility.Public });
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            acknowledge with
            {
                When = [new RuleTrigger { On = "commented", By = RuleAuthor.Customer }],
            },
            Silent(RuleAuthor.Customer)
        );
        var (waits, answered) = ((await host.OpenAsync()).State, (await host.OpenAsync()).State);
        await SayAsync(host, waits.Id, new AddPublicComment("Hello?", []), waits.Requester);
        await SayAsync(host, answered.Id, new AddPublicComment("Hello?", []), answered.Requester);
        await ReactAsync(host);
        Assert.Equal(2, (await NowAsync(host, waits.Id)).PublicComments);
        await SayAsync(host, answered.Id, new AddPublicComment("We look at it", []), await AgentAsync(host));
        Pass(host, Hour * 5);

        Assert.Equal(2, await DueAsync(host));

        Assert.Equal(1, (await NowAsync(host, waits.Id)).InternalNotes);
        Assert.Equal(0, (await NowAsync(host, answered.Id)).InternalNotes);
    }

    [Fact]
    public async Task A_second_answer_begins_the_silence_anew_also_before_the_log_is_read_that_far()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite, null, Silent(RuleAuthor.Agent));
        var (ticket, agent) = ((await host.OpenAsync()).State.Id, await AgentAsync(host));
        await SayAsync(host, ticket, new AddPublicComment("Turn it off", []), agent);
        await ReactAsync(host);
        Pass(host, Hour * 3);
        await SayAsync(host, ticket, new AddPublicComment("And on again", []), agent);
        Pass(host, Hour * 2);
        Assert.Equal(1, await DueAsync(host));
        Assert.Equal(0, (await NowAsync(host, ticket)).InternalNotes);

        await ReactAsync(host);
        Assert.Equal(0, await DueAsync(host));
        Pass(host, Hour * 2);
        Assert.Equal(1, await DueAsync(host));

        Assert.Equal(1, (await NowAsync(host, ticket)).InternalNotes);
        Assert.Equal(
            [RuleOutcome.Then, RuleOutcome.Waits, RuleOutcome.Waits],
            (await RunsAsync(host, "silent")).Select(run => run.Outcome)
        );
    }

    [Theory]
    [OnBothDatabases]
    public async Task A_rule_by_the_clock_goes_over_the_tickets_of_its_query_once(DatabaseProvider provider)
    {
        var rule = Rule("daily", "schedule", Prioritize(Priority.High), Note("Every morning")) with
        {
            When =
            [
                new RuleTrigger
                {
                    On = "schedule",
                    Cron = "0 9 * * *",
                    Zone = "Asia/Seoul",
                },
            ],
            Condition = "priority = medium ORDER BY key",
            Desks = ["ITSD"],
        };
        await using var host = await HostAsync(provider, null, rule);
        var schedules = host.Get<RuleSchedules>();
        await schedules.RunDueAsync(default);
        var (one, two) = ((await host.OpenAsync()).State.Id, (await host.OpenAsync()).State.Id);
        await SendAsync(host, two, new SetPriority(Priority.Low));
        Pass(host, Hour * 24);

        await schedules.RunDueAsync(default);
        await schedules.RunDueAsync(default);

        Assert.Equal(
            (Priority.High, 1),
            (await NowAsync(host, one)) is var a ? (a.Priority, a.InternalNotes) : default
        );
        Assert.Equal((Priority.Low, 0), (await NowAsync(host, two)) is var b ? (b.Priority, b.InternalNotes) : default);
        Assert.Single(await RunsAsync(host, "daily"));

        // What was missed for three days comes once.
        await SendAsync(host, one, new SetPriority(Priority.Medium));
        Pass(host, Hour * 72);
        await schedules.RunDueAsync(default);
        Assert.Equal(2, (await NowAsync(host, one)).InternalNotes);
    }

    [Theory]
    [InlineData("0 9 * * *", "Asia/Seoul", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")]
    [InlineData("0 9 * * 1-5", "Asia/Seoul", "2026-03-06T00:00:00Z", "2026-03-09T00:00:00Z")]
    // Skipped by the change to summer time: right after the gap.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")]
    // Repeated by the change back: once.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("*/15 * * * *", null, "2026-03-02T00:07:00Z", "2026-03-02T00:15:00Z")]
    [InlineData("0 0 30 2 *", "UTC", "2026-03-02T00:00:00Z", null)]
    [InlineData("nonsense", "UTC", "2026-03-02T00:00:00Z", null)]
    [InlineData("0 9 * * *", "Mars/Olympus", "2026-03-02T00:00:00Z", null)]
    public void The_next_time_is_on_the_wall_clock_of_the_zone(string cron, string? zone, string after, string? next) =>
        Assert.Equal(
            next is null ? null : NodaTime.Text.InstantPattern.General.Parse(next).Value,
            Schedules.Next(cron, zone, NodaTime.Text.InstantPattern.General.Parse(after).Value)
        );

    private static RuleDocument Silent(RuleAuthor by) =>
        Rule("silent", "commented", Note("Nobody answered.")) with
        {
            When =
            [
                new RuleTrigger
                {
                    On = "commented",
                    By = by,
                    Visibility = Visibility.Public,
                    After = Duration.FromHours(4),
                    Unanswered = true,
                },
            ],
        };

    private static AttachedFile Picture { get; } = new(1, "smoke.png", "image/png", 10, new string('0', 64));

    private static async Task<PersonId> AgentAsync(HostUnderTest host)
    {
        var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
        configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot).With(
            new RoleDocument
            {
                Id = "agent",
                Name = LocalizedText.Of("Agent"),
                Permissions = [Permissions.WorkTickets],
            }
        );
        var alex = new NewPerson("Alex Agent", "alex@example.test", "agent");
        return (await host.Get<IPeopleStore>().CreateAsync(alex)).Id;
    }

    private static async Task SayAsync(HostUnderTest host, TicketId ticket, TicketCommand command, PersonId by)
    {
        var viewer = await host.Get<IViewers>().OfAsync(by, CancellationToken.None);
        var answer = await host.Grains.SendAsync(ticket, CommandEnvelope.By(viewer!, command));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    private static Task<int> DueAsync(HostUnderTest host) => host.Get<RuleWaits>().RunDueAsync(default);
}
