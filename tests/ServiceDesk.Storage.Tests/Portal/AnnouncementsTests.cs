using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Portal;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Portal;

public sealed class AnnouncementsTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly PersonId Ann = new(5);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_stands_for_ones_desks_is_told_the_gravest_first_and_only_in_its_time(
        DatabaseProvider provider
    )
    {
        var announcements = (await databases.GetAsync(provider)).Get<IAnnouncements>();
        var (mine, other) = ($"A{provider}", $"B{provider}");
        var outage = await AddAsync(mine, AnnouncementLevel.Outage, Noon, Noon + Duration.FromHours(2));
        var early = await AddAsync(mine, AnnouncementLevel.Information, Noon - Duration.FromHours(5), null);
        var newer = await AddAsync(mine, AnnouncementLevel.Information, Noon - Duration.FromHours(1), null);
        await AddAsync(other, AnnouncementLevel.Outage, Noon, null);

        Assert.Equal([outage, newer, early], await StandingAsync(Noon));
        Assert.Equal([newer, early], await StandingAsync(Noon - Duration.FromTicks(1)));
        Assert.Equal([newer, early], await StandingAsync(Noon + Duration.FromHours(2)));
        Assert.Equal([outage, newer, early], await announcements.OfAsync([mine]));

        Task<Announcement> AddAsync(string desk, AnnouncementLevel level, Instant from, Instant? until) =>
            announcements.AddAsync(Text(desk, level, from, until), Ann, Noon);

        Task<IReadOnlyList<Announcement>> StandingAsync(Instant at) => announcements.StandingAsync([mine], at);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_two_who_change_the_same_the_second_is_told(DatabaseProvider provider)
    {
        var announcements = (await databases.GetAsync(provider)).Get<IAnnouncements>();
        var text = Text($"C{provider}", AnnouncementLevel.Warning, Noon, null);
        var added = await announcements.AddAsync(text, Ann, Noon);

        var ended = text with { Until = Noon + Duration.FromMinutes(1), Body = null };
        var changed = await announcements.ChangeAsync(added.Id, added.Version, ended, new PersonId(6), Noon);

        Assert.Equal(new Announcement(added.Id, 2, ended, new PersonId(6), Noon), changed);
        Assert.Null(await announcements.ChangeAsync(added.Id, added.Version, text, Ann, Noon));
        Assert.Equal(changed, await announcements.FindAsync(added.Id));
        Assert.True(await announcements.RemoveAsync(added.Id));
        Assert.False(await announcements.RemoveAsync(added.Id));
        Assert.Null(await announcements.FindAsync(added.Id));
    }

    private static AnnouncementText Text(string desk, AnnouncementLevel level, Instant from, Instant? until) =>
        new(desk, level, LocalizedText.Of("Mail is down", "메일 장애"), LocalizedText.Of("*Soon*"), from, until);
}
