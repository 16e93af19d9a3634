using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;
using static ServiceDesk.Host.Tests.Rules.RuleBench;

namespace ServiceDesk.Host.Tests.Rules;

public sealed class NotificationTests
{
    private static readonly RoleDocument Agents = new()
    {
        Id = "agent",
        Name = LocalizedText.Of("Agent"),
        Permissions = [Permissions.WorkTickets],
    };

    private static readonly RoleDocument Customers = new()
    {
        Id = "customer",
        Name = LocalizedText.Of("Customer"),
        Permissions = [Permissions.AskInPortal],
    };

    [Theory]
    [OnBothDatabases]
    public async Task A_rule_tells_agents_once_in_their_language_and_never_a_customer(DatabaseProvider provider)
    {
        var action = new RuleAction
        {
            Do = "notify",
            People = ["requester", "lee@example.test"],
            Text = LocalizedText.Of("{{ticket.key}} burns", "{{ticket.key}} 화재"),
        };
        await using var host = await HostAsync(provider);
        Write(host, Rule("tell", "opened", action));
        Roles(host);
        var agent = await AgentAsync(host);
        var told = new List<PersonId>();
        using var listening = host.Get<NotificationFeed>().Listen(told.AddRange);
        var ticket = (await host.OpenAsync()).State;

        await ReactAsync(host);
        await host.Get<INotifications>()
            .SendAsync(
                new Notification(
                    $"rule:tell:event:1:then0:{ticket.Id}",
                    LocalizedText.Of("again"),
                    ticket.Id,
                    Visibility.Internal
                ),
                [agent.Id]
            );

        var one = Assert.Single(await ListAsync(host, agent.Id));
        Assert.Equal(($"{ticket.Key} 화재", ticket.Id, false), (one.Text, one.Ticket, one.IsRead));
        Assert.Empty(await ListAsync(host, ticket.Requester));
        Assert.Equal([agent.Id], told);
        Assert.Equal(ActionStatus.Done, Assert.Single(await RunsAsync(host, "tell")).Detail.Actions[0].Status);
    }

    [Theory]
    [OnBothDatabases]
    public async Task What_is_public_reaches_a_customer_of_the_ticket_and_no_other(DatabaseProvider provider)
    {
        await using var host = await HostAsync(provider);
        Roles(host);
        var stranger = await host.CustomerAsync("Stranger");
        var ticket = (await host.OpenAsync()).State;

        var notice = new Notification("test:1", LocalizedText.Of("Approved"), ticket.Id, Visibility.Public);
        var count = await host.Get<INotifications>().SendAsync(notice, [ticket.Requester, stranger.Id]);

        Assert.Equal(1, count);
        Assert.Single(await ListAsync(host, ticket.Requester));
        Assert.Empty(await ListAsync(host, stranger.Id));
    }

    [Fact]
    public async Task Who_is_only_asked_for_an_approval_is_told_of_that_and_of_nothing_else()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);
        Roles(host);
        var approver = await host.CustomerAsync("Approver");
        var ticket = (await host.OpenAsync()).State;
        var asking = new RequestApproval { Title = "May we?", Steps = [new ApproversAsked([approver.Id], [], [])] };
        var asked = await host.Grains.SendAsync(ticket.Id, new CommandEnvelope(asking, Actor.System));
        Assert.True(asked.IsAccepted, asked.Refusals.ToString());

        var other = new Notification("test:1", LocalizedText.Of("News"), ticket.Id, Visibility.Public);
        await host.Get<INotifications>().SendAsync(other, [approver.Id]);
        await host.Get<ApprovalNotices>().ReactAsync(await LastAsync(host, ticket.Id), default);
        // As one who read along was told, before only the question remained.
        await host.Get<INotificationStore>()
            .AddAsync(
                [new NewNotification(approver.Id, "test:2", "Earlier", ticket.Id, Visibility.Public, Instant.MinValue)],
                default
            );

        var viewer = (await host.Get<IViewers>().OfAsync(approver.Id))!;
        var (lines, _) = await host.Get<Bell>().ReadAsync(viewer, unreadOnly: false, 10, null, default);
        Assert.Contains("May we?", Assert.Single(lines).Notification.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await ListAsync(host, approver.Id)).Count);
    }

    [Theory]
    [OnBothDatabases]
    public async Task What_was_read_is_read_and_what_one_may_no_longer_know_is_not_shown(DatabaseProvider provider)
    {
        await using var host = await HostAsync(provider);
        Roles(host);
        var agent = await AgentAsync(host);
        var ticket = (await host.OpenAsync()).State;
        for (var number = 1; number <= 3; number++)
        {
            await host.Get<INotifications>()
                .SendAsync(
                    new Notification($"test:{number}", LocalizedText.Of($"{number}"), ticket.Id, Visibility.Internal),
                    [agent.Id]
                );
        }

        var store = host.Get<INotificationStore>();
        var all = await ListAsync(host, agent.Id);
        Assert.Equal(["3", "2", "1"], all.Select(one => one.Text));
        Assert.Equal(0, await store.MarkAsync(ticket.Requester, all[0].Id, isRead: true, default));
        Assert.Equal(1, await store.MarkAsync(agent.Id, all[0].Id, isRead: true, default));
        Assert.Equal(2, await store.CountUnreadAsync(agent.Id, 100, default));

        var viewer = (await host.Get<IViewers>().OfAsync(agent.Id))!;
        var (lines, next) = await host.Get<Bell>().ReadAsync(viewer, unreadOnly: true, 1, null, default);
        Assert.Equal(("2", ticket.Key.ToString()), (lines[0].Notification.Text, lines[0].Key));
        var (rest, _) = await host.Get<Bell>().ReadAsync(viewer, unreadOnly: true, 1, next, default);
        Assert.Equal("1", rest[0].Notification.Text);

        var (hidden, _) = await host.Get<Bell>().ReadAsync(viewer with { Desks = [] }, false, 10, null, default);
        Assert.Empty(hidden);
        Assert.Equal(0, await host.Get<Bell>().CountAsync(viewer, default));
        Assert.Equal(3, await store.ForgetAsync(Instant.MaxValue - Duration.FromDays(9999), default));
    }

    [Theory]
    [OnBothDatabases]
    public async Task Approvers_are_told_in_their_turn_and_the_outcome_goes_to_who_waits_for_it(
        DatabaseProvider provider
    )
    {
        await using var host = await HostAsync(provider);
        Roles(host);
        var agent = await AgentAsync(host);
        var (first, second) = (await host.CustomerAsync("First"), await host.CustomerAsync("Second"));
        var ticket = (await host.OpenAsync()).State;
        var asking = new RequestApproval
        {
            Title = "New server",
            CustomersSee = true,
            Steps =
            [
                new ApproversAsked([first.Id], [], []),
                new ApproversAsked([second.Id, agent.Id], [], [], Needed: 1),
            ],
        };
        var viewer = (await host.Get<IViewers>().OfAsync(agent.Id))!;
        var answer = await host.Grains.SendAsync(
            ticket.Id,
            new CommandEnvelope(asking, Actor.Of(agent.Id)) { Viewer = viewer }
        );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        var notices = host.Get<ApprovalNotices>();
        var asked = await LastAsync(host, ticket.Id);
        await notices.ReactAsync(asked, default);
        await notices.ReactAsync(asked, default);

        var one = Assert.Single(await ListAsync(host, first.Id));
        Assert.Equal(($"{ticket.Key} asks for your approval: New server", ticket.Id), (one.Text, one.Ticket));
        Assert.Empty(await ListAsync(host, second.Id));

        await AnswerAsync(host, ticket.Id, first, approves: true);
        await notices.ReactAsync(await LastAsync(host, ticket.Id), default);
        Assert.Single(await ListAsync(host, second.Id));
        Assert.Single(await ListAsync(host, first.Id));

        await AnswerAsync(host, ticket.Id, second, approves: true);
        foreach (var recorded in await host.EventsAsync(ticket.Id))
        {
            await notices.ReactAsync(recorded, default);
        }

        Assert.Equal($"{ticket.Key} was approved: New server", (await ListAsync(host, ticket.Requester))[0].Text);
        Assert.Contains("승인되었습니다", (await ListAsync(host, agent.Id))[0].Text, StringComparison.Ordinal);
        // Who answered knows it.
        Assert.Single(await ListAsync(host, second.Id));
    }

    [Fact]
    public async Task Whoever_is_still_asked_is_reminded_and_after_a_stop_once()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);
        Roles(host);
        var (swift, slow) = (await host.CustomerAsync("Swift"), await host.CustomerAsync("Slow"));
        var ticket = (await host.OpenAsync()).State;
        var asking = new RequestApproval
        {
            Title = "New server",
            RemindEvery = Duration.FromHours(24),
            Steps = [new ApproversAsked([swift.Id, slow.Id], [], [])],
        };
        await host.Grains.SendAsync(ticket.Id, new CommandEnvelope(asking, Actor.System));
        await AnswerAsync(host, ticket.Id, swift, approves: true);

        // Three reminders were due while nobody looked.
        host.Time.Advance(Duration.FromHours(80));
        await host.Grains.SendAsync(ticket.Id, new CommandEnvelope(new AddInternalNote("Up again", []), Actor.System));
        var events = await host.EventsAsync(ticket.Id);
        Assert.Equal(3, events.Count(recorded => recorded.Event is ApprovalReminded));
        foreach (var recorded in events.Where(recorded => recorded.Event is ApprovalReminded))
        {
            await host.Get<ApprovalNotices>().ReactAsync(recorded, default);
        }

        Assert.Empty(await ListAsync(host, swift.Id));
        var one = Assert.Single(await ListAsync(host, slow.Id));
        Assert.Equal($"{ticket.Key} still waits for your approval: New server", one.Text);
    }

    [Fact]
    public async Task The_outcome_of_an_internal_approval_does_not_reach_the_customer()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);
        Roles(host);
        var (agent, approver) = (await AgentAsync(host), await host.CustomerAsync("Approver"));
        var ticket = (await host.OpenAsync()).State;
        var asking = new RequestApproval { Title = "Secret", Steps = [new ApproversAsked([approver.Id], [], [])] };
        var viewer = (await host.Get<IViewers>().OfAsync(agent.Id))!;
        await host.Grains.SendAsync(ticket.Id, new CommandEnvelope(asking, Actor.Of(agent.Id)) { Viewer = viewer });
        await AnswerAsync(host, ticket.Id, approver, approves: false);

        foreach (var recorded in await host.EventsAsync(ticket.Id))
        {
            await host.Get<ApprovalNotices>().ReactAsync(recorded, default);
        }

        Assert.Empty(await ListAsync(host, ticket.Requester));
        Assert.Contains("거절", Assert.Single(await ListAsync(host, agent.Id)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [OnBothDatabases]
    public async Task What_another_node_tells_rings_here_once(DatabaseProvider provider)
    {
        await using var host = await HostAsync(provider);
        Roles(host);
        var agent = await AgentAsync(host);
        var ticket = (await host.OpenAsync()).State;
        await using var other = await host.AnotherNodeAsync("node-2");
        Roles(other);
        await TellAsync(other, "before", ticket.Id, agent.Id);
        var told = new List<PersonId>();
        using var listening = host.Get<NotificationFeed>().Listen(told.AddRange);
        var watch = host.Get<NotificationWatch>();
        await watch.LookAsync(default);
        Assert.Empty(told);

        await TellAsync(other, "after", ticket.Id, agent.Id);
        await watch.LookAsync(default);
        await watch.LookAsync(default);

        Assert.Equal([agent.Id], told);
    }

    private static Task<int> TellAsync(HostUnderTest host, string key, TicketId ticket, PersonId person) =>
        host.Get<INotifications>()
            .SendAsync(new Notification(key, LocalizedText.Of(key), ticket, Visibility.Internal), [person]);

    private static async Task AnswerAsync(HostUnderTest host, TicketId ticket, Person person, bool approves)
    {
        var approval = (await NowAsync(host, ticket)).Approvals[0].Id;
        var viewer = (await host.Get<IViewers>().OfAsync(person.Id))!;
        var answer = await host.Grains.SendAsync(
            ticket,
            new CommandEnvelope(new AnswerApproval(approval, approves, "Because"), Actor.Of(person.Id))
            {
                Viewer = viewer,
            }
        );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    private static void Roles(HostUnderTest host)
    {
        var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
        configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot).With(Agents).With(Customers);
    }

    private static async Task<Person> AgentAsync(HostUnderTest host)
    {
        var people = host.Get<IPeopleStore>();
        var agent = await people.CreateAsync(new NewPerson("Lee", "lee@example.test", "agent"));
        return (await people.UpdateAsync(agent.Id, new PersonChange { Language = "ko" }))!;
    }

    private static Task<IReadOnlyList<StoredNotification>> ListAsync(HostUnderTest host, PersonId person) =>
        host.Get<INotificationStore>().ListAsync(person, unreadOnly: false, 10, null, default);
}
