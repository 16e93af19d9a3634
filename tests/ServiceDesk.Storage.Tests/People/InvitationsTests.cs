using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.People;

public sealed class InvitationsTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly Duration Week = Duration.FromDays(7);
    private static readonly PersonId Ada = new(5);
    private static readonly AcceptedInvitation Said = new("한가람", "hash", "ko", "Asia/Seoul");

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Who_accepts_becomes_a_person_with_role_team_and_organizations_once(DatabaseProvider provider)
    {
        var (people, invitations) = await OfAsync(provider);
        var team = await people.CreateTeamAsync("Invited into");
        var acme = await people.CreateOrganizationAsync("invited", "Invited Inc.", membersSeeEachOther: false);
        var wanted = new NewInvitation("Garam@Example.com", "agent")
        {
            Name = "Garam",
            Desk = "ITSD",
            Team = team.Id,
            Organizations = [acme.Id],
        };

        var (made, token) = await invitations.AddAsync(wanted, Ada, Noon, Week);
        Assert.Equal(wanted, made.To);
        Assert.Equal((Ada, Noon, Noon + Week), (made.By, made.CreatedAt, made.ExpiresAt));
        Assert.Equal(made, await invitations.FindAsync(token, Noon));
        Assert.Equal(made, await invitations.FindAsync(made.Id));
        Assert.Contains(made, await invitations.OpenAsync("ITSD"));
        Assert.Empty(await invitations.OpenAsync("HR"));

        var person = (await invitations.AcceptAsync(token, Said, Noon))!;

        Assert.Equal(
            ("한가람", "Garam@Example.com", "agent", "ko", "Asia/Seoul"),
            (person.Name, person.Email, person.Role, person.Language, person.Zone)
        );
        Assert.Equal([team.Id], person.Teams);
        Assert.Equal([acme.Id], person.Organizations);
        Assert.Equal(person, await people.FindAsync(person.Id));
        Assert.Equal([person.Id], (await people.FindTeamAsync(team.Id))!.Members);
        Assert.Null(await invitations.FindAsync(token, Noon));
        Assert.Null(await invitations.FindAsync(made.Id));
        Assert.Null(await invitations.AcceptAsync(token, Said, Noon));
        Assert.Null(await invitations.RenewAsync(made.Id, Ada, Noon, Week));
        Assert.False(await invitations.WithdrawAsync(made.Id, Noon));
        Assert.DoesNotContain(made, await invitations.OpenAsync());
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Open_ones_are_counted_by_role(DatabaseProvider provider)
    {
        var (_, invitations) = await OfAsync(provider);
        foreach (var name in new[] { "one", "two" })
        {
            await invitations.AddAsync(new NewInvitation($"invited-{name}@example.com", "invited"), Ada, Noon, Week);
        }

        var ended = await invitations.AddAsync(
            new NewInvitation("invited-ended@example.com", "invited"),
            Ada,
            Noon,
            Week
        );
        Assert.Equal(3, (await invitations.CountByRoleAsync())["invited"]);
        await invitations.WithdrawAsync(ended.Invitation.Id, Noon);
        Assert.Equal(2, (await invitations.CountByRoleAsync())["invited"]);
        Assert.False((await invitations.CountByRoleAsync()).ContainsKey("nobody"));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_many_who_accept_one_link_at_once_exactly_one_becomes_a_person(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var link = await database
            .Get<IInvitations>()
            .AddAsync(new NewInvitation("raced@example.com", "agent"), Ada, Noon, Week);
        IInvitations[] nodes = [database.Get<IInvitations>(), database.Node().GetRequiredService<IInvitations>()];

        var accepted = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(turn => Task.Run(() => nodes[turn % 2].AcceptAsync(link.Token, Said, Noon)))
        );

        var winner = Assert.Single(accepted, person => person is not null);
        await using var db = database.Database.CreateDbContext();
        Assert.Equal(1, await db.People.CountAsync(row => row.NormalizedEmail == "RACED@EXAMPLE.COM"));
        var row = await db.Invitations.SingleAsync(row => row.Id == link.Invitation.Id);
        Assert.Equal(winner!.Id.Value, row.PersonId);
        Assert.Null(row.TokenHash);
        Assert.Null(row.OpenEmail);
        Assert.Equal(Noon.ToUnixTimeTicks(), row.EndedAt);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_link_works_until_its_end_and_a_new_one_kills_the_old_one(DatabaseProvider provider)
    {
        var (_, invitations) = await OfAsync(provider);
        var wanted = new NewInvitation($"late.{provider}@example.com", "customer");
        var (made, token) = await invitations.AddAsync(wanted, Ada, Noon, Week);
        var end = Noon + Week;

        Assert.NotNull(await invitations.FindAsync(token, end - Duration.FromTicks(1)));
        Assert.Null(await invitations.FindAsync(token, end));
        Assert.Null(await invitations.AcceptAsync(token, Said, end));
        Assert.Null(await invitations.FindAsync(token + "x", Noon));
        Assert.Null(await invitations.FindAsync("", Noon));
        Assert.Null(await invitations.FindAsync(new string('a', 5000), Noon));

        var (renewed, fresh) = (await invitations.RenewAsync(made.Id, new PersonId(6), end, Duration.FromDays(1)))!;

        Assert.Equal((made.Id, wanted, new PersonId(6)), (renewed.Id, renewed.To, renewed.By));
        Assert.Equal((end, end + Duration.FromDays(1)), (renewed.CreatedAt, renewed.ExpiresAt));
        Assert.Null(await invitations.FindAsync(token, end));
        Assert.NotNull(await invitations.FindAsync(fresh, end));
        Assert.True(await invitations.WithdrawAsync(made.Id, end));
        Assert.False(await invitations.WithdrawAsync(made.Id, end));
        Assert.Null(await invitations.FindAsync(fresh, end));
        Assert.Null(await invitations.AcceptAsync(fresh, Said, end));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task An_address_is_invited_once_at_a_time_and_never_when_it_is_somebodys(DatabaseProvider provider)
    {
        var (people, invitations) = await OfAsync(provider);
        var (open, _) = await invitations.AddAsync(new NewInvitation("Once@example.com", "agent"), Ada, Noon, Week);

        await RefusedAsync("once@EXAMPLE.com");
        await invitations.WithdrawAsync(open.Id, Noon);
        var again = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => TryAsync("once@example.com")))
        );
        Assert.Single(again, made => made);

        await people.CreateAsync(new NewPerson("There Already", "there@example.com", "agent"));
        await RefusedAsync("THERE@example.com");

        async Task RefusedAsync(string email) =>
            Assert.Equal(
                "email",
                (
                    await Assert.ThrowsAsync<PeopleConflictException>(() =>
                        invitations.AddAsync(new NewInvitation(email, "agent"), Ada, Noon, Week)
                    )
                ).Field
            );

        async Task<bool> TryAsync(string email)
        {
            try
            {
                await invitations.AddAsync(new NewInvitation(email, "agent"), Ada, Noon, Week);
                return true;
            }
            catch (PeopleConflictException)
            {
                return false;
            }
        }
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Acceptance_changes_nothing_when_somebody_has_the_address_meanwhile(DatabaseProvider provider)
    {
        var (people, invitations) = await OfAsync(provider);
        var wanted = new NewInvitation("meanwhile@example.com", "agent");
        var (made, token) = await invitations.AddAsync(wanted, Ada, Noon, Week);
        var other = await people.CreateAsync(new NewPerson("Made Meanwhile", "Meanwhile@example.com", "customer"));

        await Assert.ThrowsAsync<PeopleConflictException>(() => invitations.AcceptAsync(token, Said, Noon));

        Assert.Equal(made, await invitations.FindAsync(token, Noon));
        Assert.Equal(other, await people.FindByEmailAsync("meanwhile@example.com"));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Those_that_are_over_are_forgotten_and_open_ones_are_kept(DatabaseProvider provider)
    {
        var (_, invitations) = await OfAsync(provider);
        var ended = await AddAsync("ended", Week);
        var expired = await AddAsync("expired", Duration.FromDays(1));
        var open = await AddAsync("open", Duration.FromDays(30));
        await invitations.WithdrawAsync(ended, Noon);

        await invitations.ForgetAsync(Noon + Duration.FromDays(1));
        Assert.Equal([open, expired], await KnownAsync());
        await invitations.ForgetAsync(Noon + Duration.FromDays(1) + Duration.FromTicks(1));
        Assert.Equal([open], await KnownAsync());

        async Task<long> AddAsync(string name, Duration validity) =>
            (
                await invitations.AddAsync(
                    new NewInvitation($"{name}@example.com", "agent") { Desk = $"F{provider}" },
                    Ada,
                    Noon,
                    validity
                )
            )
                .Invitation
                .Id;

        async Task<IEnumerable<long>> KnownAsync() =>
            (await invitations.OpenAsync($"F{provider}")).Select(one => one.Id);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_token_stands_nowhere_in_the_table(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var link = await database
            .Get<IInvitations>()
            .AddAsync(new NewInvitation("hashed@example.com", "agent"), Ada, Noon, Week);

        await using var db = database.Database.CreateDbContext();
        var row = await db.Invitations.SingleAsync(row => row.Id == link.Invitation.Id);
        Assert.DoesNotContain(link.Token, System.Text.Json.JsonSerializer.Serialize(row), StringComparison.Ordinal);
        Assert.Equal(43, link.Token.Length);
        Assert.Matches("^[0-9a-f]{64}$", row.TokenHash);
    }

    private async Task<(IPeopleStore People, IInvitations Invitations)> OfAsync(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        return (database.Get<IPeopleStore>(), database.Get<IInvitations>());
    }
}
