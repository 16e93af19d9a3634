using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
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

    private static Task<int> DueAsync(HostUnderTest host) => host.Get<RuleWaits>().RunDueAsync(default);
}
