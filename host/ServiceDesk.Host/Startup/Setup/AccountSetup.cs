using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Startup.Setup;

/// <summary>What the holder of a one-time link does on the set-up page: become the first administrator, or set a password.</summary>
public sealed class AccountSetup(
    OneTimeLinks links,
    IPeopleStore people,
    IViewers viewers,
    ICurrentConfiguration configuration,
    IDatabase database,
    IPasswordHasher<PersonRow> hasher
)
{
    /// <summary>How long a link works.</summary>
    public static Duration Validity { get; } = Duration.FromDays(3);

    /// <summary>The page that takes a token, relative to the server's address.</summary>
    public static string PathOf(string token) => $"/account/setup?token={token}";

    /// <summary>What the token is good for; null when it is unknown, used or expired, or its maker may no longer set that password: show 404.</summary>
    public async Task<OneTimeLink?> FindAsync(string token, CancellationToken cancellation) =>
        await links.FindAsync(token, cancellation) is { } link && await IsMeantAsync(link, cancellation) ? link : null;

    /// <summary>Creates the first administrator and uses the link up.</summary>
    /// <returns>The refusals; empty when it was done. <see cref="RefusalKind.NotFound"/> when the token is not good.</returns>
    public async Task<ValueList<Refusal>> CreateAdministratorAsync(
        string token,
        string name,
        string email,
        string password,
        CancellationToken cancellation
    )
    {
        var refusals = Passwords.Check(password);
        if (refusals.Count > 0)
        {
            return refusals;
        }

        var creation = new PersonCreation(people);
        return await UseAsync(
            token,
            OneTimePurpose.FirstAdministrator,
            async _ =>
            {
                if (await people.CountAsync(new PeopleFilter(), cancellation) > 0)
                {
                    return [Refusal.Conflict("accounts.setup-already-done")];
                }

                var hash = Passwords.Hash(hasher, password);
                return (await creation.CreateAsync(name, email, "administrator", hash, cancellation)).Refusals;
            },
            cancellation
        );
    }

    /// <summary>Sets the password of the link's person and uses the link up. Sessions of the person end.</summary>
    /// <returns>As for <see cref="CreateAdministratorAsync"/>.</returns>
    public async Task<ValueList<Refusal>> SetPasswordAsync(
        string token,
        string password,
        CancellationToken cancellation
    )
    {
        var refusals = Passwords.Check(password);
        return refusals.Count > 0
            ? refusals
            : await UseAsync(
                token,
                OneTimePurpose.SetPassword,
                async link =>
                {
                    await SavePasswordAsync(link.Person!.Value, password, cancellation);
                    return [];
                },
                cancellation
            );
    }

    /// <summary>Makes the only working link of a purpose and person.</summary>
    /// <param name="by">Who makes it; null for whoever has the machine.</param>
    public async Task<string> NewLinkAsync(
        OneTimePurpose purpose,
        PersonId? person,
        PersonId? by,
        CancellationToken cancellation
    )
    {
        await links.RevokeAsync(purpose, person, cancellation);
        return await links.CreateAsync(purpose, person, by, Validity, cancellation);
    }

    // Its maker may have kept it, and the person may have risen since.
    private async ValueTask<bool> IsMeantAsync(OneTimeLink link, CancellationToken cancellation)
    {
        if (link is not { By: { } by, Person: { } id })
        {
            return true;
        }

        return await viewers.OfAsync(by, cancellation) is { } maker
            && maker.May(Permissions.ManagePeople)
            && await people.FindAsync(id, cancellation) is { } person
            && !RoleGrants.IsAbove(maker, person.Role, configuration.Snapshot);
    }

    private async Task<ValueList<Refusal>> UseAsync(
        string token,
        OneTimePurpose purpose,
        Func<OneTimeLink, Task<ValueList<Refusal>>> work,
        CancellationToken cancellation
    )
    {
        ValueList<Refusal> refusals = [Refusal.NotFound("accounts.link-not-valid")];
        await links.UseAsync(
            token,
            async link =>
            {
                if (link.Purpose == purpose && await IsMeantAsync(link, cancellation))
                {
                    refusals = await work(link);
                }

                return refusals.Count == 0;
            },
            cancellation
        );
        return refusals;
    }

    private async Task SavePasswordAsync(PersonId person, string password, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var row = await db.People.SingleAsync(row => row.Id == person.Value, cancellation);
        row.PasswordHash = Passwords.Hash(hasher, password);
        row.SecurityStamp = System.Security.Cryptography.RandomNumberGenerator.GetHexString(32);
        row.AccessFailedCount = 0;
        row.LockoutEnd = null;
        await db.SaveChangesAsync(cancellation);
    }
}
