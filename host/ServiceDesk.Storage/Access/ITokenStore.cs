using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Access;

/// <summary>Tokens for the API. A secret is shown once and kept only as a hash.</summary>
public interface ITokenStore
{
    /// <summary>Makes a token.</summary>
    /// <param name="expires">Null when it does not expire.</param>
    Task<NewToken> CreateAsync(
        PersonId person,
        string name,
        ValueList<string> scopes,
        Instant? expires,
        CancellationToken cancellation = default
    );

    /// <summary>The token with this secret, noting that it was used; null when there is none, or it is revoked or expired.</summary>
    Task<ApiToken?> UseAsync(string secret, CancellationToken cancellation = default);

    /// <summary>A person's tokens that are not revoked, newest first.</summary>
    Task<IReadOnlyList<ApiToken>> ListAsync(PersonId person, CancellationToken cancellation = default);

    /// <summary>Ends a token at once. False when the person has no such token.</summary>
    Task<bool> RevokeAsync(PersonId person, long id, CancellationToken cancellation = default);
}

/// <summary>A token without its secret.</summary>
public sealed record ApiToken(
    long Id,
    PersonId Person,
    string Name,
    ValueList<string> Scopes,
    Instant CreatedAt,
    Instant? ExpiresAt,
    Instant? LastUsedAt
);

/// <summary>A new token with its secret, which nobody can read again.</summary>
public sealed record NewToken(ApiToken Token, string Secret);
