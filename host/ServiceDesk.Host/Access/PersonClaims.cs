using System.Globalization;
using System.Security.Claims;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Access;

/// <summary>What a cookie or token says of its owner: the person, and for a token its scopes. Rights are never in it, they are looked up anew.</summary>
public static class PersonClaims
{
    /// <summary>The scheme of tokens.</summary>
    public const string TokenScheme = "Bearer";

    private const string ScopeClaim = "scope";

    /// <summary>The person; null when nobody is signed in.</summary>
    public static PersonId? FindPerson(this ClaimsPrincipal principal) =>
        long.TryParse(
            principal.FindFirstValue(ClaimTypes.NameIdentifier),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var id
        )
            ? new PersonId(id)
            : null;

    /// <summary>Whether the request came with a token, and not with a cookie.</summary>
    public static bool HasToken(this ClaimsPrincipal principal) =>
        principal.Identity?.AuthenticationType == TokenScheme;

    /// <summary>Whether the request's token has the scope.</summary>
    public static bool HasScope(this ClaimsPrincipal principal, string scope) =>
        principal.HasToken() && principal.HasClaim(ScopeClaim, scope);

    /// <summary>The owner of a token.</summary>
    public static ClaimsPrincipal OfToken(PersonId person, IEnumerable<string> scopes) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.NameIdentifier, person.ToString()),
                    .. scopes.Select(scope => new Claim(ScopeClaim, scope)),
                ],
                TokenScheme
            )
        );
}
