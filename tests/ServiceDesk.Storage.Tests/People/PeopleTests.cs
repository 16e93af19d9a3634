using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Settings;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.People;

public sealed class PeopleTests(Databases databases) : IClassFixture<Databases>
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_person_is_found_by_id_address_and_external_id(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var acme = await people.CreateOrganizationAsync("acme", "에이씨엠이", true);
        var team = await people.CreateTeamAsync("네트워크팀");

        var person = await people.CreateAsync(
            new NewPerson("김하늘", "Haneul.Kim@Example.com", "agent")
            {
                Language = "ko",
                Zone = "Asia/Seoul",
                ExternalId = "servicenow:Caller 2403",
                Organizations = [acme.Id],
                Teams = [team.Id],
            }
        );

        Assert.Equal(person, await people.FindAsync(person.Id));
        Assert.Equal(person, await people.FindByEmailAsync(" haneul.kim@example.COM "));
        Assert.Equal(person, await people.FindByExternalIdAsync("servicenow:Caller 2403"));
        Assert.Equal([acme.Id], person.Organizations);
        Assert.Equal([person.Id], (await people.FindTeamAsync(team.Id))!.Members);
        Assert.Equal(team.Id, (await people.FindTeamAsync("네트워크팀"))!.Id);
        Assert.Equal(acme, await people.FindOrganizationAsync("acme"));
        Assert.Null(await people.FindAsync(new PersonId(999_999)));
        Assert.Single(await people.FindAsync([person.Id, new PersonId(999_999)]));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task People_are_counted_by_role_and_apart_who_may_no_longer_sign_in(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        foreach (var name in new[] { "one", "two", "left" })
        {
            await people.CreateAsync(new NewPerson(name, $"counted-{name}@example.com", "counted"));
        }

        var able = new NewPerson("able", "counted-able@example.com", "counted") { PasswordHash = "hash" };
        await people.CreateAsync(able);
        await people.CreateAsync(able with { Email = "", ExternalId = "counted-without-address" });
        var left = (await people.FindByEmailAsync("counted-left@example.com"))!;
        await people.UpdateAsync(left.Id, new PersonChange { IsActive = false });

        var counts = await people.CountByRoleAsync();
        Assert.Equal(new RoleCount(4, 1, 1), counts["counted"]);
        Assert.False(counts.ContainsKey("nobody"));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Whoever_is_there_is_found_by_many_who_ask_at_once(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var person = await people.CreateAsync(new NewPerson("Asked By Many", "many@example.com", "agent"));

        // Each change makes the store forget what it has read, so that all of them read anew.
        for (var round = 0; round < 30; round++)
        {
            await people.UpdateAsync(person.Id, new PersonChange { Zone = round % 2 == 0 ? "Asia/Seoul" : "UTC" });
            var asked = Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await people.FindAsync(person.Id)));
            Assert.All(await Task.WhenAll(asked), Assert.NotNull);
        }
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_a_person_searched_for_is_gone_when_the_person_is_deactivated(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var (people, settings) = (database.Get<IPeopleStore>(), database.Get<ISettingStore>());
        var leaver = await people.CreateAsync(new NewPerson("Leaver", "leaver@example.com", "agent"));
        var other = await people.CreateAsync(new NewPerson("Stayer", "stayer@example.com", "agent"));
        foreach (var person in (Person[])[leaver, other])
        {
            await settings.SaveAsync(PersonalSettings.RecentSearches, PersonalSettings.NameOf(person.Id), "[]", null);
        }

        await people.UpdateAsync(leaver.Id, new PersonChange { Name = "Leaver Soon" });
        Assert.Equal(2, await KeptAsync());
        await people.UpdateAsync(leaver.Id, new PersonChange { IsActive = false });
        Assert.Equal(1, await KeptAsync());

        async Task<int> KeptAsync() =>
            (await settings.AllAsync(PersonalSettings.RecentSearches)).Keys.Count(name =>
                name == PersonalSettings.NameOf(leaver.Id) || name == PersonalSettings.NameOf(other.Id)
            );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Changes_of_one_person_at_once_are_all_made(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var person = await people.CreateAsync(new NewPerson("Changed By Many", "changed@example.com", "agent"));

        PersonChange[] changes =
        [
            new() { Name = "Changed" },
            new() { Zone = "Asia/Seoul" },
            new() { Language = "ko" },
            new() { QuietHours = true },
            new() { Theme = "dark" },
            new() { Role = "customer" },
            new() { Email = "changed.by.many@example.com" },
            new() { IsActive = false },
        ];
        await Task.WhenAll(changes.Select(change => Task.Run(() => people.UpdateAsync(person.Id, change))));

        var found = (await people.FindAsync(person.Id))!;
        Assert.Equal(("Changed", "Asia/Seoul", "ko", true), (found.Name, found.Zone, found.Language, found.QuietHours));
        Assert.Equal(
            ("dark", "customer", "changed.by.many@example.com", false),
            (found.Theme, found.Role, found.Email, found.IsActive)
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task The_theme_is_nobodys_until_chosen_and_stays_when_something_else_changes(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var person = await people.CreateAsync(new NewPerson("Night Owl", "owl@example.com", "agent"));

        Assert.Null(person.Theme);
        await people.UpdateAsync(person.Id, new PersonChange { Theme = "dark" });
        await people.UpdateAsync(person.Id, new PersonChange { Zone = "Asia/Seoul" });
        Assert.Equal("dark", (await people.FindAsync(person.Id))!.Theme);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Where_an_organization_is_and_who_of_it_sees_colleagues_requests_is_kept(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var placed = await people.CreateOrganizationAsync("placed", "Placed", false, " 부산 지사 ");
        var person = await people.CreateAsync(new NewPerson("Seer", "seer@example.com", "customer"));
        Assert.Equal("부산 지사", (await people.FindOrganizationAsync("placed"))!.Region);
        Assert.Null(person.SeesColleagues);

        await people.UpdateOrganizationAsync(placed.Id, "Placed", false, " ", person.Id);
        Assert.Equal(person.Id, (await people.FindOrganizationAsync(placed.Id))!.Contact);
        await people.UpdateOrganizationAsync(placed.Id, "Placed", false, " ", null);
        Assert.Null((await people.FindOrganizationAsync("placed"))!.Contact);
        await people.UpdateAsync(person.Id, new PersonChange { Colleagues = new ColleagueSight(false) });
        await people.UpdateAsync(person.Id, new PersonChange { Zone = "Asia/Seoul" });
        Assert.Null((await people.FindOrganizationAsync(placed.Id))!.Region);
        Assert.False((await people.FindAsync(person.Id))!.SeesColleagues);

        await people.UpdateAsync(person.Id, new PersonChange { Colleagues = new ColleagueSight(null) });
        Assert.Null((await people.FindAsync(person.Id))!.SeesColleagues);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Manager_calendar_and_skills_are_kept_and_a_teams_lead_and_calendar(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var boss = await people.CreateAsync(new NewPerson("Boss", "boss@example.com", "agent"));
        var person = await people.CreateAsync(new NewPerson("Worker", "worker@example.com", "agent"));
        var team = await people.CreateTeamAsync("Led");
        Assert.Equal((null, null, false), (person.Manager, person.Calendar, person.QuietHours));

        await people.UpdateAsync(
            person.Id,
            new PersonChange
            {
                QuietHours = true,
                Work = new PersonWork(boss.Id, "korea-office-hours", ["linux", "네트워크"]),
            }
        );
        await people.UpdateAsync(person.Id, new PersonChange { Zone = "Asia/Seoul" });
        await people.SetTeamWorkAsync(team.Id, boss.Id, "24x7");

        var found = (await people.FindAsync(person.Id))!;
        Assert.Equal((boss.Id, "korea-office-hours", true), (found.Manager, found.Calendar, found.QuietHours));
        Assert.Equal(["linux", "네트워크"], found.Skills);
        Assert.Equal(
            (boss.Id, "24x7"),
            ((await people.FindTeamAsync(team.Id))!.Lead, (await people.FindTeamAsync("Led"))!.Calendar)
        );
        await people.UpdateAsync(person.Id, new PersonChange { Work = new PersonWork(null, null, []) });
        found = (await people.FindAsync(person.Id))!;
        Assert.Equal((null, null, 0), (found.Manager, found.Calendar, found.Skills.Count));
        Assert.Null((await people.SetTeamWorkAsync(team.Id, null, null))!.Lead);
        Assert.Null(await people.SetTeamWorkAsync(new TeamId(999_999), null, null));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Absences_are_read_by_days_and_seen_elsewhere_within_a_second(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var here = database.Get<IPeopleStore>();
        var there = ActivatorUtilities.CreateInstance<PeopleStore>(database.Services);
        var ann = await here.CreateAsync(new NewPerson("Ann", "ann@example.com", "agent"));
        var bob = await here.CreateAsync(new NewPerson("Bob", "bob@example.com", "agent"));
        Assert.Empty(await there.AbsencesAsync(Day(1), Day(31)));

        var first = (await here.AddAbsenceAsync(new Absence(0, ann.Id, Day(9), Day(10), "휴가", bob.Id)))!;
        var second = (await here.AddAbsenceAsync(new Absence(0, bob.Id, Day(2), Day(20))))!;
        Assert.Null(await here.AddAbsenceAsync(new Absence(0, new PersonId(999_999), Day(1), Day(1))));

        Assert.Equal([second, first], await here.AbsencesAsync(Day(9), Day(9)));
        Assert.Equal([second], await here.AbsencesAsync(Day(11), Day(31)));
        Assert.Empty(await here.AbsencesAsync(Day(21), Day(31)));
        Assert.Equal([second], await here.AbsencesAsync(new LocalDate(2020, 1, 1), Day(8)));
        Assert.Equal([first], await here.AbsencesAsync(ann.Id, Day(10)));
        Assert.Empty(await here.AbsencesAsync(ann.Id, Day(11)));
        database.Clock.Move(Duration.FromSeconds(1));
        Assert.Equal([second, first], await there.AbsencesAsync(Day(1), Day(31)));

        Assert.False(await here.RemoveAbsenceAsync(bob.Id, first.Id));
        Assert.True(await here.RemoveAbsenceAsync(ann.Id, first.Id));
        Assert.False(await here.RemoveAbsenceAsync(ann.Id, first.Id));
        Assert.Equal([second], await here.AbsencesAsync(Day(1), Day(31)));

        static LocalDate Day(int day) => new(2026, 3, day);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_must_be_unique_is_refused_by_its_name(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        await people.CreateAsync(new NewPerson("One", "same@example.com", "customer") { ExternalId = "x:1" });
        await people.CreateOrganizationAsync("same", "Same", false);
        await people.CreateTeamAsync("Same");
        await people.CreateTeamAsync("Other");

        Assert.Equal(
            "email",
            await FieldAsync(() => people.CreateAsync(new NewPerson("Two", "SAME@example.com", "agent")))
        );
        Assert.Equal(
            "externalId",
            await FieldAsync(() => people.CreateAsync(new NewPerson("Two", "", "agent") { ExternalId = "x:1" }))
        );
        Assert.Equal("key", await FieldAsync(() => people.CreateOrganizationAsync("same", "Again", false)));
        Assert.Equal("name", await FieldAsync(() => people.CreateTeamAsync("Same")));

        static async Task<string> FieldAsync(Func<Task> act) =>
            (await Assert.ThrowsAsync<PeopleConflictException>(act)).Field;
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task People_without_an_address_can_be_many(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();

        var one = await people.CreateAsync(new NewPerson("Nobody", "", "customer"));
        var two = await people.CreateAsync(new NewPerson("Nobody", "", "customer"));

        Assert.NotEqual(one.Id, two.Id);
        Assert.Equal("", two.Email);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Lists_go_through_all_pages_in_order_and_find_parts_of_korean_names(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var people = database.Get<IPeopleStore>();
        string[] names = ["Ada", "ada", "Bob", "가나", "가나다", "김하늘", "100%", "%"];
        foreach (var name in names)
        {
            await people.CreateAsync(new NewPerson(name, "", name == "Bob" ? "agent" : "customer"));
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await people.ListAsync(new PeopleFilter(), 3, cursor);
            seen.AddRange(page.Items.Select(p => p.Name));
            cursor = page.Next;
        } while (cursor is not null);

        Assert.Equal(names.Order(StringComparer.Ordinal), seen);
        Assert.Equal(["가나", "가나다"], await NamesAsync(new PeopleFilter { Text = "가나" }));
        Assert.Equal(["김하늘"], await NamesAsync(new PeopleFilter { Text = "하늘" }));
        Assert.Equal(["Ada", "ada"], await NamesAsync(new PeopleFilter { Text = "ADA" }));
        Assert.Equal(["%", "100%"], await NamesAsync(new PeopleFilter { Text = "%" }));
        Assert.Equal(["Bob"], await NamesAsync(new PeopleFilter { Roles = ["agent"] }));
        Assert.Empty(await NamesAsync(new PeopleFilter { Organizations = [] }));
        Assert.Equal(8, await people.CountAsync(new PeopleFilter()));
        Assert.Equal(names.Length, (await people.ListAsync(new PeopleFilter(), 50, "no cursor at all")).Items.Count);

        async Task<IEnumerable<string>> NamesAsync(PeopleFilter filter) =>
            (await people.ListAsync(filter, 50)).Items.Select(p => p.Name);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_change_shows_at_once_here_and_within_a_second_elsewhere(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var here = database.Get<IPeopleStore>();
        // A second store has a memory of its own, as another node has.
        var there = ActivatorUtilities.CreateInstance<PeopleStore>(database.Services);
        var team = await here.CreateTeamAsync("Team");
        var person = await here.CreateAsync(new NewPerson("Before", "b@example.com", "agent"));
        Assert.Equal("Before", (await there.FindAsync(person.Id))!.Name);
        Assert.Empty((await there.FindTeamAsync(team.Id))!.Members);

        await here.UpdateAsync(
            person.Id,
            new PersonChange
            {
                Name = "After",
                Teams = [team.Id],
                IsActive = false,
            }
        );

        Assert.Equal("After", (await here.FindAsync(person.Id))!.Name);
        database.Clock.Move(Duration.FromSeconds(1));
        var seen = (await there.FindAsync(person.Id))!;
        Assert.Equal(("After", false), (seen.Name, seen.IsActive));
        Assert.Equal([person.Id], (await there.FindTeamAsync(team.Id))!.Members);
        await here.SetTeamMembersAsync(team.Id, []);
        await here.UpdateAsync(person.Id, new PersonChange { Email = "" });
        database.Clock.Move(Duration.FromSeconds(1));
        Assert.Empty((await there.FindTeamAsync(team.Id))!.Members);
        Assert.Equal(
            ("", 0),
            ((await there.FindAsync(person.Id))!.Email, (await there.FindAsync(person.Id))!.Teams.Count)
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Changing_nobody_gives_null(DatabaseProvider provider)
    {
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();

        Assert.Null(await people.UpdateAsync(new PersonId(999_999), new PersonChange { Name = "x" }));
        Assert.Null(await people.UpdateOrganizationAsync(new OrganizationId(999_999), "x", true, null, null));
    }
}
