using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.People;

/// <summary>Giving a role to somebody and removing it, also at the same moment.</summary>
public sealed class RoleLockTests(Databases databases) : IClassFixture<Databases>
{
    private const string Json = """{"id":"x","name":{"en":"X"}}""";

    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly DocumentAuthor Author = new(null, "test", Noon, null);
    private static readonly AcceptedInvitation Said = new("Ada", "hash", "en", "UTC");

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_role_that_somebody_got_stays_and_one_that_went_is_given_to_nobody(DatabaseProvider provider)
    {
        var lived = await databases.GetAsync(provider);
        var (people, documents) = (lived.Get<IPeopleStore>(), lived.Get<IDocumentStore>());
        var invitations = lived.Get<IInvitations>();
        await WriteAsync(documents, "held", Json);
        await WriteAsync(documents, "asked", Json);
        var person = await people.CreateAsync(new NewPerson("Held", "held@example.com", "held"));
        var (invited, token) = await invitations.AddAsync(
            new NewInvitation("asked@example.com", "asked"),
            person.Id,
            Noon,
            Duration.FromDays(7)
        );

        var before = await documents.RevisionAsync();
        Assert.Equal(new DocumentWriteOutcome(false, before), await WriteAsync(documents, "held", null));
        Assert.Equal(new DocumentWriteOutcome(false, before), await WriteAsync(documents, "asked", null));
        Assert.Equal(before, await documents.RevisionAsync());

        await people.UpdateAsync(person.Id, new PersonChange { Role = "agent" });
        Assert.True((await WriteAsync(documents, "held", null)).Written);
        await Assert.ThrowsAsync<RoleGoneException>(() =>
            people.UpdateAsync(person.Id, new PersonChange { Role = "held" })
        );
        await Assert.ThrowsAsync<RoleGoneException>(() =>
            people.CreateAsync(new NewPerson("Late", "late-held@example.com", "held"))
        );
        Assert.Equal("agent", (await people.FindAsync(person.Id))!.Role);
        Assert.Null(await people.FindByEmailAsync("late-held@example.com"));

        // One that went although somebody was invited to it, as by a restore of an older state.
        await lived.Database.WriteAsync(
            (db, stop) =>
                db
                    .Documents.Where(row => row.Kind == DocumentKinds.Role && row.Id == "asked")
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Json, (string?)null), stop)
        );
        Assert.Null(await invitations.AcceptAsync(token, Said, Noon));
        Assert.NotNull(await invitations.FindAsync(invited.Id));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_one_who_gives_a_role_and_one_who_removes_it_at_once_only_one_does(DatabaseProvider provider)
    {
        var lived = await databases.GetAsync(provider);
        var (people, documents) = (lived.Get<IPeopleStore>(), lived.Get<IDocumentStore>());
        var person = await people.CreateAsync(new NewPerson("Raced", "raced-role@example.com", "agent"));
        for (var round = 0; round < 20; round++)
        {
            var role = $"raced-{round}";
            await WriteAsync(documents, role, Json);
            var given = Task.Run(() => GiveAsync(people, person.Id, role));
            var removed = Task.Run(() => WriteAsync(documents, role, null));

            Assert.NotEqual(await given, (await removed).Written);
        }
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Sessions_end_when_somebody_may_other_things(DatabaseProvider provider)
    {
        var lived = await databases.GetAsync(provider);
        var people = lived.Get<IPeopleStore>();
        var person = await people.CreateAsync(new NewPerson("Risen", "risen@example.com", "customer"));
        var stamp = await StampAsync();

        await people.UpdateAsync(person.Id, new PersonChange { Role = "customer", Name = "Still there" });
        Assert.Equal(stamp, await StampAsync());
        await people.UpdateAsync(person.Id, new PersonChange { Role = "agent" });
        var risen = await StampAsync();
        Assert.NotEqual(stamp, risen);
        await people.UpdateAsync(person.Id, new PersonChange { IsActive = false });
        Assert.NotEqual(risen, await StampAsync());

        async Task<string?> StampAsync()
        {
            await using var db = lived.Database.CreateDbContext();
            return await db
                .People.Where(row => row.Id == person.Id.Value)
                .Select(row => row.SecurityStamp)
                .SingleAsync();
        }
    }

    private static async Task<bool> GiveAsync(IPeopleStore people, PersonId person, string role)
    {
        try
        {
            await people.UpdateAsync(person, new PersonChange { Role = role });
            return true;
        }
        catch (RoleGoneException)
        {
            return false;
        }
    }

    private static async Task<DocumentWriteOutcome> WriteAsync(IDocumentStore documents, string role, string? json) =>
        await documents.WriteAsync(
            await documents.RevisionAsync(),
            [new DocumentChange(DocumentKinds.Role, role, json)],
            Author
        );
}
