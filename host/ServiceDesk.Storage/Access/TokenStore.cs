using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Access;

/// <inheritdoc cref="ITokenStore"/>
public sealed class TokenStore(IDatabase database, IClock clock) : ITokenStore
{
    /// <summary>Begins every secret, so that scanners find a leaked one.</summary>
    public const string Prefix = "sdt_";

    private static readonly Duration UseIsNotedEvery = Duration.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<NewToken> CreateAsync(
        PersonId person,
        string name,
        ValueList<string> scopes,
        Instant? expires,
        CancellationToken cancellation = default
    )
    {
        var secret = Prefix + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var row = new TokenRow
        {
            PersonId = person.Value,
            Name = name,
            Hash = HashOf(secret),
            Scopes = string.Join(' ', scopes),
            CreatedAt = clock.GetCurrentInstant().ToUnixTimeTicks(),
            ExpiresAt = expires?.ToUnixTimeTicks(),
        };
        await using var db = database.CreateDbContext();
        db.Tokens.Add(row);
        await db.SaveChangesAsync(cancellation);
        return new NewToken(ToToken(row), secret);
    }

    /// <inheritdoc/>
    public async Task<ApiToken?> UseAsync(string secret, CancellationToken cancellation = default)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 200)
        {
            return null;
        }

        var hash = HashOf(secret);
        var now = clock.GetCurrentInstant();
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Tokens.AsNoTracking().FirstOrDefaultAsync(token => token.Hash == hash, cancellation)
        );
        if (row is null || row.RevokedAt is not null || row.ExpiresAt <= now.ToUnixTimeTicks())
        {
            return null;
        }

        if (row.LastUsedAt is not { } last || now - Instant.FromUnixTimeTicks(last) >= UseIsNotedEvery)
        {
            row.LastUsedAt = now.ToUnixTimeTicks();
            await database.WriteAsync(
                (write, token) =>
                    write
                        .Tokens.Where(r => r.Id == row.Id)
                        .ExecuteUpdateAsync(set => set.SetProperty(r => r.LastUsedAt, row.LastUsedAt), token),
                cancellation
            );
        }

        return ToToken(row);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(PersonId person, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .Tokens.AsNoTracking()
                .Where(row => row.PersonId == person.Value && row.RevokedAt == null)
                .OrderByDescending(row => row.Id)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToToken)];
    }

    /// <inheritdoc/>
    public async Task<bool> RevokeAsync(PersonId person, long id, CancellationToken cancellation = default)
    {
        long? now = clock.GetCurrentInstant().ToUnixTimeTicks();
        return await database.WriteAsync(
                (db, token) =>
                    db
                        .Tokens.Where(row => row.Id == id && row.PersonId == person.Value && row.RevokedAt == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), token),
                cancellation
            ) > 0;
    }

    // The secret is random of 256 bits: a plain hash cannot be guessed back.
    private static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static ApiToken ToToken(TokenRow row) =>
        new(
            row.Id,
            new PersonId(row.PersonId),
            row.Name,
            row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToValueList(),
            Instant.FromUnixTimeTicks(row.CreatedAt),
            row.ExpiresAt is { } expires ? Instant.FromUnixTimeTicks(expires) : null,
            row.LastUsedAt is { } used ? Instant.FromUnixTimeTicks(used) : null
        );
}
