using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ServiceDesk.Sdk.Testing;

/// <summary>Signs in the person whom a header names, in place of a password. Exists in servers of tests alone.</summary>
internal sealed class SignedInByHeader : IStartupFilter
{
    public const string Header = "X-Test-Person";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, following) =>
                {
                    if (context.Request.Headers[Header] is [{ } person])
                    {
                        var claims = new Claim[] { new(ClaimTypes.NameIdentifier, person) };
                        context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, "Test"));
                    }

                    return following(context);
                }
            );
            next(app);
        };
}
