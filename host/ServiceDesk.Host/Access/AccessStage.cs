using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Host.Access;

/// <summary>Sign-in, tokens, permissions and the viewer of a request.</summary>
public static class AccessStage
{
    /// <summary>The page that asks for address and password.</summary>
    public const string SignInPath = "/sign-in";

    private static readonly TimeSpan Session = TimeSpan.FromHours(12);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddSingleton<IViewers, PeopleViewers>();
        services.AddSingleton<ActorQuestion>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<TriedLinks>();
        services.AddSingleton<WholeTickets>();
        services.AddSingleton<RouteTable>();
        services.AddDataProtection().SetApplicationName("ServiceDesk");
        AddIdentity(services);
        AddSchemes(services);
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddSingleton<IAuthorizationHandler, PermissionDecision>();
        return builder;
    }

    public static WebApplication UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(
            async (context, next) =>
            {
                if (context.User.FindPerson() is { } person)
                {
                    var viewers = app.Services.GetRequiredService<IViewers>();
                    if (await viewers.OfAsync(person, context.RequestAborted) is { } viewer)
                    {
                        context.SetViewer(viewer);
                    }
                    else if (!context.User.HasToken())
                    {
                        // Who was locked out is a stranger at once, and not when the cookie is next checked.
                        context.User = new ClaimsPrincipal(new ClaimsIdentity());
                    }
                }

                await next(context);
            }
        );
        app.UseAuthorization();
        return app;
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.TryAddScoped(provider => provider.GetRequiredService<IDatabase>().CreateDbContext());
        services
            .AddIdentityCore<PersonRow>(options =>
            {
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddSignInManager();
        services.AddScoped<IUserStore<PersonRow>, PersonStore>();
        // Passwords are checked by Passwords, names and addresses by the people's store.
        services.RemoveAll<IPasswordValidator<PersonRow>>();
        services.RemoveAll<IUserValidator<PersonRow>>();
        services.Configure<SecurityStampValidatorOptions>(options =>
            options.ValidationInterval = TimeSpan.FromMinutes(1)
        );
        services.AddScoped<ISignIn, PasswordSignIn>();
    }

    // A cookie never opens the API and a token never opens a page, so that neither can be used against the other.
    private static void AddSchemes(IServiceCollection services)
    {
        const string byPath = "ByPath";
        services
            .AddAuthentication(byPath)
            .AddPolicyScheme(
                byPath,
                null,
                options =>
                    options.ForwardDefaultSelector = context =>
                        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                            ? PersonClaims.TokenScheme
                            : IdentityConstants.ApplicationScheme
            )
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(PersonClaims.TokenScheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure);
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "servicedesk";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Session;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        options.Events.OnSigningIn = context =>
        {
            if (context.Properties.IsPersistent)
            {
                context.Properties.ExpiresUtc =
                    context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + Remembered;
            }

            return Task.CompletedTask;
        };
        options.Events.OnRedirectToLogin = AskToSignIn;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (request.Headers.ContainsKey("HX-Request"))
        {
            // A part of a page was asked for: the whole page must go to the sign-in.
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers["HX-Redirect"] = SignInPath;
        }
        else if (HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString() != "text/event-stream")
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }
}
