using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Duty;

/// <summary>Who has quiet hours is told when the working time begins, also when the server was stopped meanwhile. It is Monday, 2 March 2026, 09:00 UTC: 18:00 in Seoul.</summary>
public sealed class QuietHoursTests
{
    [Fact]
    public async Task What_is_told_outside_the_hours_comes_once_in_the_morning_and_what_is_urgent_at_once()
    {
        var host = await HostUnderTest.CreateAsync();
        Configure(host);
        var people = host.Get<IPeopleStore>();
        var quiet = await people.CreateAsync(new NewPerson("Quiet", "quiet@example.test", "agent"));
        var loud = await people.CreateAsync(new NewPerson("Loud", "loud@example.test", "agent"));
        var work = new PersonChange { Work = new PersonWork(null, "seoul", []) };
        await people.UpdateAsync(quiet.Id, work with { QuietHours = true });
        await people.UpdateAsync(loud.Id, work);

        var notices = host.Get<INotifications>();
        Assert.Equal(2, await notices.SendAsync(Notice("one"), [quiet.Id, loud.Id]));
        await notices.SendAsync(Notice("one"), [quiet.Id, loud.Id]);
        await notices.SendAsync(Notice("two") with { IsUrgent = true }, [quiet.Id]);
        Assert.Equal(["two"], await ToldAsync(host, quiet.Id));
        Assert.Equal(["one"], await ToldAsync(host, loud.Id));
        host.Time.Advance(Duration.FromHours(14));
        Assert.Equal(0, await host.Get<HeldNotices>().ReleaseAsync(default));

        await using var again = await host.RestartAsync();
        Configure(again);
        again.Time.Advance(Duration.FromHours(1));
        var told = new List<PersonId>();
        using var listening = again.Get<NotificationFeed>().Listen(told.AddRange);
        Assert.Equal(1, await again.Get<HeldNotices>().ReleaseAsync(default));
        Assert.Equal(0, await again.Get<HeldNotices>().ReleaseAsync(default));

        Assert.Equal(["one", "two"], await ToldAsync(again, quiet.Id));
        Assert.Equal([quiet.Id], told);
        await again.Get<INotifications>().SendAsync(Notice("three"), [quiet.Id]);
        Assert.Equal("three", (await ToldAsync(again, quiet.Id))[0]);
    }

    [Fact]
    public async Task Of_a_clock_that_was_stopped_overnight_nobody_hears_in_the_morning()
    {
        await using var host = await HostUnderTest.CreateAsync();
        Configure(host);
        var people = host.Get<IPeopleStore>();
        var quiet = await people.CreateAsync(new NewPerson("Quiet", "quiet@example.test", "agent"));
        await people.UpdateAsync(
            quiet.Id,
            new PersonChange { Work = new PersonWork(null, "seoul", []), QuietHours = true }
        );
        var (solved, late) = ((await host.OpenAsync()).State, (await host.OpenAsync()).State);
        foreach (var ticket in new[] { solved, late })
        {
            await host.Grains.SendAsync(ticket.Id, new CommandEnvelope(new AssignTicket(quiet.Id, null), Actor.System));
        }

        host.Time.Advance(Duration.FromMinutes(61));
        await host.Get<TimerSweeper>().SweepAsync(default);
        foreach (var ticket in new[] { solved, late })
        {
            foreach (var recorded in await host.EventsAsync(ticket.Id))
            {
                await host.Get<SlaNotices>().ReactAsync(recorded, default);
            }
        }

        await host.Grains.SendAsync(solved.Id, TestConfiguration.Transition("resolved", "fixed"));
        Assert.Empty(await ToldAsync(host, quiet.Id));
        host.Time.Advance(Duration.FromHours(15));

        Assert.Equal(1, await host.Get<HeldNotices>().ReleaseAsync(default));
        Assert.StartsWith($"{late.Key}:", Assert.Single(await ToldAsync(host, quiet.Id)), StringComparison.Ordinal);
        Assert.Equal(0, await host.Get<HeldNotices>().ReleaseAsync(default));
    }

    private static Notification Notice(string text) =>
        new($"test:{text}", LocalizedText.Of(text), null, Visibility.Internal);

    private static async Task<IReadOnlyList<string>> ToldAsync(HostUnderTest host, PersonId person) =>
        [
            .. (await host.Get<INotificationStore>().ListAsync(person, unreadOnly: false, 50, null, default)).Select(
                one => one.Text
            ),
        ];

    private static void Configure(HostUnderTest host)
    {
        var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
        configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot)
            .With(
                new RoleDocument
                {
                    Id = "agent",
                    Name = LocalizedText.Of("Agent"),
                    Permissions = [Permissions.WorkTickets],
                }
            )
            .With(
                new CalendarDocument
                {
                    Id = "seoul",
                    Name = LocalizedText.Of("Seoul"),
                    Zone = "Asia/Seoul",
                    Hours = ValueMap<ValueList<WorkSpan>>.From(
                        new[] { "monday", "tuesday" }.Select(day =>
                            KeyValuePair.Create<string, ValueList<WorkSpan>>(day, [new WorkSpan("09:00", "18:00")])
                        )
                    ),
                }
            );
    }
}
