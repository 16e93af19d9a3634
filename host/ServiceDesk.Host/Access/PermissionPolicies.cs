using Microsoft.AspNetCore.Authorization;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Access;

/// <summary>A right that a request needs: null for no more than being signed in.</summary>
public sealed record PermissionRequirement(string? Permission) : IAuthorizationRequirement;

/// <summary>A scope that the request's token needs.</summary>
public sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

/// <summary>For what no policy was named: denied, unless there is nothing at that address at all.</summary>
public sealed record NothingHereRequirement : IAuthorizationRequirement;

/// <summary>Makes a policy of each permission's id and each scope. A name that is neither fails loudly.</summary>
public sealed class PermissionPolicies(PluginCatalog plugins) : IAuthorizationPolicyProvider
{
    private static readonly AuthorizationPolicy SignedIn = Of(new PermissionRequirement(null));
    private static readonly AuthorizationPolicy Nothing = Of(new NothingHereRequirement());
    private readonly HashSet<string> permissions = new(
        Permissions.All.Concat(plugins.Permissions.Select(permission => permission.Id)),
        StringComparer.Ordinal
    );

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(SignedIn);

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(Nothing);

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => Task.FromResult(Find(policyName));

    private AuthorizationPolicy? Find(string name)
    {
        if (name == Policies.SignedIn)
        {
            return SignedIn;
        }

        if (permissions.Contains(name))
        {
            return Of(new PermissionRequirement(name));
        }

        var scope = name.StartsWith(Policies.ScopePrefix, StringComparison.Ordinal)
            ? name[Policies.ScopePrefix.Length..]
            : null;
        return scope is not null && Scopes.All.Contains(scope, StringComparer.Ordinal)
            ? Of(new PermissionRequirement(null), new ScopeRequirement(scope))
            : null;
    }

    private static AuthorizationPolicy Of(params IAuthorizationRequirement[] requirements) => new(requirements, []);
}

/// <summary>Decides rights by the viewer of the request, looked up anew each time.</summary>
public sealed class PermissionDecision(IHttpContextAccessor accessor) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (accessor.HttpContext is not { } http)
        {
            return Task.CompletedTask;
        }

        var isForScope = context.Requirements.OfType<ScopeRequirement>().Any();
        foreach (var requirement in context.PendingRequirements.ToList())
        {
            var granted = requirement switch
            {
                PermissionRequirement needed => May(http, needed.Permission, isForScope),
                ScopeRequirement needed => http.User.HasScope(needed.Scope),
                // No endpoint at all, or the one by which routing says 405 or 415.
                NothingHereRequirement => http.GetEndpoint() is not RouteEndpoint,
                _ => false,
            };
            if (granted)
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }

    private static bool May(HttpContext http, string? permission, bool isForScope) =>
        http.FindViewer() is { } viewer
        && (permission is null || viewer.May(permission))
        && (isForScope || !http.User.HasToken() || http.User.HasScope(OrdinaryScope(http.Request, permission)));

    // A route of a plugin names a permission only; a token still needs a scope for it.
    private static string OrdinaryScope(HttpRequest request, string? permission)
    {
        var isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return permission == Permissions.Configure
            ? (isReading ? Scopes.ReadConfiguration : Scopes.WriteConfiguration)
            : (isReading ? Scopes.ReadTickets : Scopes.WriteTickets);
    }
}
