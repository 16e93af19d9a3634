using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Access;

public sealed class IdentityTests
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Identity_checks_passwords_and_locks_out_on_the_rows_of_people(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(
            provider,
            services =>
                services
                    .AddIdentityCore<PersonRow>(options =>
                    {
                        options.Lockout.MaxFailedAccessAttempts = 2;
                        options.User.RequireUniqueEmail = false;
                        options.User.AllowedUserNameCharacters = "";
                    })
                    .AddUserStore<UserOnlyStore<PersonRow, ServiceDeskDb, long>>()
        );
        var people = database.Get<IPeopleStore>();
        var created = await people.CreateAsync(new NewPerson("김하늘", "haneul@example.com", "agent"));
        await using var scope = database.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PersonRow>>();
        var row = (await users.FindByEmailAsync("Haneul@Example.com"))!;

        Assert.Equal(created.Id.Value, row.Id);
        Assert.True((await users.AddPasswordAsync(row, "Correct-Horse-1")).Succeeded);
        Assert.True(await users.CheckPasswordAsync(row, "Correct-Horse-1"));
        Assert.False(await users.CheckPasswordAsync(row, "wrong"));
        await users.AccessFailedAsync(row);
        await users.AccessFailedAsync(row);
        Assert.True(await users.IsLockedOutAsync(row));
        // The administrator's change meets the sign-in's on one row.
        Assert.Equal(
            "administrator",
            (await people.UpdateAsync(created.Id, new PersonChange { Role = "administrator" }))!.Role
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_was_protected_before_a_restart_is_read_after_it(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(
            provider,
            services => services.AddDataProtection().SetApplicationName("ServiceDesk")
        );
        var secret = database.Get<IDataProtectionProvider>().CreateProtector("cookie").Protect("hello");

        var restarted = database.Node();

        Assert.Equal(
            "hello",
            restarted.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(secret)
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_token_works_until_it_expires_or_is_revoked_and_its_secret_is_nowhere(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var person = (await database.Get<IPeopleStore>().CreateAsync(new NewPerson("A", "a@example.com", "agent"))).Id;
        var tokens = database.Get<ITokenStore>();
        var now = database.Clock.GetCurrentInstant();
        var made = await tokens.CreateAsync(person, "ci", ["tickets.read"], now + Duration.FromDays(1));
        var forever = await tokens.CreateAsync(person, "always", [], null);

        Assert.Equal((made.Token.Id, person, now), await UsedAsync(made.Secret));
        Assert.Null(await tokens.UseAsync(made.Secret + "x"));
        Assert.Null(await tokens.UseAsync(""));
        Assert.Equal([forever.Token.Id, made.Token.Id], (await tokens.ListAsync(person)).Select(t => t.Id));
        Assert.Equal(now, (await tokens.ListAsync(person))[1].LastUsedAt);
        await using (var db = database.Database.CreateDbContext())
        {
            Assert.DoesNotContain(db.Tokens, row => made.Secret.Contains(row.Hash) || row.Hash == made.Secret);
        }

        database.Clock.Move(Duration.FromDays(1));
        Assert.Null(await tokens.UseAsync(made.Secret));
        Assert.False(await tokens.RevokeAsync(new PersonId(person.Value + 1), forever.Token.Id));
        Assert.True(await tokens.RevokeAsync(person, forever.Token.Id));
        Assert.Null(await tokens.UseAsync(forever.Secret));

        async Task<(long, PersonId, Instant)> UsedAsync(string secret)
        {
            var token = (await tokens.UseAsync(secret))!;
            return (token.Id, token.Person, token.LastUsedAt!.Value);
        }
    }
}
