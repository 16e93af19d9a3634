using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Queries.Searching;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Queries;

/// <summary>Whom customers mean by names, and how names are looked up.</summary>
public sealed partial class TicketSearchTests
{
    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Customers_mean_active_colleagues_whose_requests_they_see_and_learn_of_nobody_else(
        DatabaseProvider provider
    )
    {
        var (search, _) = await OnAsync(provider);
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var word = Word();
        var open = await people.CreateOrganizationAsync($"open-{word}", $"Open {word}", membersSeeEachOther: true);
        var closed = await people.CreateOrganizationAsync($"shut-{word}", $"Shut {word}", membersSeeEachOther: false);
        var colleague = await MemberAsync("colleague", open);
        await MemberAsync("shielded", closed);
        await MemberAsync("stranger", null);
        var left = await MemberAsync("left", open);
        await people.UpdateAsync(left.Id, new PersonChange { IsActive = false });
        var viewer = WorldViewers.Sharing with
        {
            Person = WorldViewers.Sharing.Person with { Organizations = [open.Id, closed.Id] },
            SharedOrganizations = [open.Id],
        };

        Assert.Contains(colleague.Email, await QueryAsync(viewer, $"from:colleague{word}"), StringComparison.Ordinal);
        foreach (var name in (string[])["shielded", "stranger", "left", "nobody"])
        {
            Assert.Equal("requester = \"@\"", await QueryAsync(viewer, $"from:{name}{word}"));
        }

        Assert.Contains(left.Email, await QueryAsync(Agent, $"from:left{word}"), StringComparison.Ordinal);

        async Task<string> QueryAsync(Viewer viewer, string typed)
        {
            var read = await search.ReadAsync(viewer, typed);
            Assert.Empty(read.Notes);
            Assert.Empty((await search.FindAsync(viewer, read, null, 10, null)).Items);
            return read.Query;
        }

        Task<Person> MemberAsync(string name, Organization? organization) =>
            people.CreateAsync(
                new NewPerson($"{name}{word}", $"{name}@{word}.example.com", "customer")
                {
                    Organizations = organization is null ? [] : [organization.Id],
                }
            );
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Several_people_teams_and_organizations_are_meant_at_once(DatabaseProvider provider)
    {
        var (search, store) = await OnAsync(provider);
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var word = Word();
        var organization = await people.CreateOrganizationAsync($"org-{word}", $"Org {word}", true);
        await people.CreateOrganizationAsync($"two-{word}", $"Two {word}", true);
        var kim = await people.CreateAsync(new NewPerson($"Kim {word}", $"kim@{word}.example.com", "customer"));
        var lee = await people.CreateAsync(new NewPerson($"Lee {word}", $"lee@{word}.example.com", "customer"));
        var park = await people.CreateAsync(new NewPerson($"Park {word}", "", "customer"));
        foreach (var person in (Person[])[kim, lee, park])
        {
            await TestTicket.OpenAsync(store, summary: word, requester: person.Id.Value);
        }

        await TestTicket.OpenAsync(store, summary: word);

        Assert.Equal(3, await CountAsync($"from:\"kim {word}\",\"lee {word}\",\"park {word}\""));
        Assert.Equal(2, await CountAsync($"from:{word}.example.com"));
        Assert.Equal(2, await CountAsync($"from:kim@{word}.example.com OR from:lee@{word}.example.com"));
        Assert.Equal(0, await CountAsync($"organization:org-{word},\"Two {word}\""));
        var read = await search.ReadAsync(Agent, $"organization:org-{word},\"two {word}\"");
        Assert.Contains(organization.Key, read.Query, StringComparison.Ordinal);

        async Task<int> CountAsync(string typed)
        {
            var counted = await search.ReadAsync(Agent, $"{word} ({typed})");
            Assert.Empty(counted.Notes);
            return await search.CountAsync(Agent, counted);
        }
    }
}
