using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Storage.Access;

namespace ServiceDesk.Host.Access;

/// <summary>Knows the owner of a request by the token in its <c>Authorization</c> header. Tokens elsewhere are not looked at.</summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ITokenStore tokens,
    FailedAttempts failures
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = PersonClaims.TokenScheme + " ";
    private const int LongestSecret = 200;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var text = header.Count == 1 ? header[0] ?? "" : "";
        var secret = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : "";
        var address = Context.Connection.RemoteIpAddress;
        if (failures.WaitOf(address) is { } wait)
        {
            Context.Items[typeof(TokenAuthentication)] = wait;
            return AuthenticateResult.Fail("Too many wrong tokens.");
        }

        var token = secret.Length is 0 or > LongestSecret
            ? null
            : await tokens.UseAsync(secret, Context.RequestAborted);
        if (token is null)
        {
            failures.Note(address);
            return AuthenticateResult.Fail("The token is unknown, revoked or expired.");
        }

        return AuthenticateResult.Success(
            new AuthenticationTicket(PersonClaims.OfToken(token.Person, token.Scopes), Scheme.Name)
        );
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Items[typeof(TokenAuthentication)] is TimeSpan wait)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
        }
        else
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers[HeaderNames.WWWAuthenticate] = PersonClaims.TokenScheme;
        }

        return Task.CompletedTask;
    }
}
