using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.People;

/// <inheritdoc cref="IInvitations"/>
public sealed class Invitations(IDatabase database, PeopleStore people) : IInvitations
{
    private const int LongestToken = 100;

    /// <inheritdoc/>
    public async Task<InvitationLink> AddAsync(
        NewInvitation invitation,
        PersonId by,
        Instant at,
        Duration validity,
        CancellationToken cancellation = default
    )
    {
        var token = NewToken();
        var email = PeopleStore.Normalized(invitation.Email);
        var row = new InvitationRow
        {
            Email = invitation.Email,
            OpenEmail = email,
            TokenHash = HashOf(token),
            Name = invitation.Name,
            Role = invitation.Role,
            Desk = invitation.Desk,
            TeamId = invitation.Team?.Value,
            Organizations = invitation.Organizations.Count == 0 ? null : string.Join('\n', invitation.Organizations),
            InviterId = by.Value,
            CreatedAt = at.ToUnixTimeTicks(),
            ExpiresAt = (at + validity).ToUnixTimeTicks(),
        };
        try
        {
            return await database.WriteAsync(
                async (db, stop) =>
                {
                    if (await db.People.AnyAsync(person => person.NormalizedEmail == email, stop))
                    {
                        throw new PeopleConflictException("email");
                    }

                    db.Invitations.Add(row);
                    await db.SaveChangesAsync(stop);
                    return new InvitationLink(Of(row), token);
                },
                cancellation
            );
        }
        catch (DbUpdateException error)
            when (error.InnerException is DbException inner && database.Dialect.IsUniqueViolation(inner))
        {
            throw new PeopleConflictException("email");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Invitation>> OpenAsync(
        string? desk = null,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            Open(db)
                .Where(row => desk == null || row.Desk == desk)
                .OrderByDescending(row => row.CreatedAt)
                .ThenByDescending(row => row.Id)
                .Take(IInvitations.Most)
                .ToListAsync(cancellation)
        );
        return rows.ConvertAll(Of);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, int>> CountByRoleAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var counts = await Reading.AvailableAsync(() =>
            Open(db)
                .GroupBy(row => row.Role)
                .Select(group => new { Role = group.Key, Count = group.Count() })
                .ToListAsync(cancellation)
        );
        return counts.ToDictionary(one => one.Role, one => one.Count, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<Invitation?> FindAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() => Open(db).FirstOrDefaultAsync(row => row.Id == id, cancellation));
        return row is null ? null : Of(row);
    }

    /// <inheritdoc/>
    public async Task<Invitation?> FindAsync(string token, Instant at, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() => WorkingAsync(db, token, at, cancellation));
        return row is null ? null : Of(row);
    }

    /// <inheritdoc/>
    public Task<InvitationLink?> RenewAsync(
        long id,
        PersonId by,
        Instant at,
        Duration validity,
        CancellationToken cancellation = default
    )
    {
        var token = NewToken();
        return database.WriteAsync<InvitationLink?>(
            async (db, stop) =>
            {
                var renewed = await db
                    .Invitations.Where(row => row.Id == id && row.TokenHash != null)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.TokenHash, (string?)HashOf(token))
                                .SetProperty(row => row.InviterId, by.Value)
                                .SetProperty(row => row.CreatedAt, at.ToUnixTimeTicks())
                                .SetProperty(row => row.ExpiresAt, (at + validity).ToUnixTimeTicks()),
                        stop
                    );
                return renewed == 0
                    ? null
                    : new InvitationLink(Of(await Open(db).SingleAsync(row => row.Id == id, stop)), token);
            },
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<bool> WithdrawAsync(long id, Instant at, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, stop) =>
                await EndAsync(db.Invitations.Where(row => row.Id == id && row.TokenHash != null), at, stop) > 0,
            cancellation
        );

    /// <inheritdoc/>
    public Task<Person?> AcceptAsync(
        string token,
        AcceptedInvitation accepted,
        Instant at,
        CancellationToken cancellation = default
    )
    {
        InvitationRow? used = null;
        return people.CreateWithinAsync(
            async (db, stop) =>
            {
                if (
                    await WorkingAsync(db, token, at, stop) is not { } row
                    || !await RoleLock.StandsAsync(db, row.Role, stop)
                )
                {
                    return null;
                }

                // Whoever is slower finds a token that is no more, and no person is made twice.
                var ended = await EndAsync(
                    db.Invitations.Where(one => one.Id == row.Id && one.TokenHash == row.TokenHash),
                    at,
                    stop
                );
                used = row;
                return ended == 0 ? null : PersonOf(row, accepted);
            },
            (db, person, stop) =>
                db
                    .Invitations.Where(row => row.Id == used!.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.PersonId, (long?)person.Value), stop),
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<int> ForgetAsync(Instant before, CancellationToken cancellation = default)
    {
        var ticks = before.ToUnixTimeTicks();
        return database.WriteAsync(
            (db, stop) =>
                db
                    .Invitations.Where(row => row.EndedAt < ticks || (row.EndedAt == null && row.ExpiresAt < ticks))
                    .ExecuteDeleteAsync(stop),
            cancellation
        );
    }

    private static IQueryable<InvitationRow> Open(ServiceDeskDb db) =>
        db.Invitations.AsNoTracking().Where(row => row.TokenHash != null);

    private static async Task<InvitationRow?> WorkingAsync(
        ServiceDeskDb db,
        string token,
        Instant at,
        CancellationToken cancellation
    )
    {
        // One that is too long is none, and looked for as all others are.
        var hash = HashOf(token.Length > LongestToken ? "" : token);
        var now = at.ToUnixTimeTicks();
        return await Open(db).FirstOrDefaultAsync(row => row.TokenHash == hash && row.ExpiresAt > now, cancellation);
    }

    private static Task<int> EndAsync(IQueryable<InvitationRow> rows, Instant at, CancellationToken cancellation)
    {
        long? now = at.ToUnixTimeTicks();
        return rows.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.TokenHash, (string?)null)
                    .SetProperty(row => row.OpenEmail, (string?)null)
                    .SetProperty(row => row.EndedAt, now),
            cancellation
        );
    }

    private static NewPerson PersonOf(InvitationRow row, AcceptedInvitation accepted) =>
        new(accepted.Name, row.Email, row.Role)
        {
            Language = accepted.Language,
            Zone = accepted.Zone,
            PasswordHash = accepted.PasswordHash,
            Organizations = OrganizationsOf(row),
            Teams = row.TeamId is { } team ? [new TeamId(team)] : [],
        };

    private static Invitation Of(InvitationRow row) =>
        new(
            row.Id,
            new NewInvitation(row.Email, row.Role)
            {
                Name = row.Name,
                Desk = row.Desk,
                Team = row.TeamId is { } team ? new TeamId(team) : null,
                Organizations = OrganizationsOf(row),
            },
            new PersonId(row.InviterId),
            Instant.FromUnixTimeTicks(row.CreatedAt),
            Instant.FromUnixTimeTicks(row.ExpiresAt)
        );

    private static ValueList<OrganizationId> OrganizationsOf(InvitationRow row) =>
        (row.Organizations ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => new OrganizationId(long.Parse(id, CultureInfo.InvariantCulture)))
            .ToValueList();

    private static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    // The token is random of 256 bits: a plain hash cannot be guessed back.
    private static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
