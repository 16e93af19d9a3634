using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServiceDesk.Sdk.Access;

/// <summary>
/// The route or page is for people with a permission only: 401 for nobody signed in, 403 for anybody without it. On a page
/// model or a route; the ticket behind it is guarded apart, by the viewer's rights.
/// </summary>
/// <param name="permission">The permission's id, the product's or the plugin's own.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(string permission)
    : Attribute,
        IAuthorizeData,
        IAuthorizationRequirementData
{
    /// <summary>The permission's id.</summary>
    public string Permission { get; } = permission;

    string? IAuthorizeData.Policy { get; set; }

    string? IAuthorizeData.Roles { get; set; }

    string? IAuthorizeData.AuthenticationSchemes { get; set; }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new PermissionRequirement(Permission)];
}

/// <summary>Met by a viewer with the permission.</summary>
/// <param name="permission">The permission's id.</param>
public sealed class PermissionRequirement(string permission)
    : AuthorizationHandler<PermissionRequirement>,
        IAuthorizationRequirement
{
    /// <summary>The permission's id.</summary>
    public string Permission { get; } = permission;

    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        PermissionRequirement requirement
    )
    {
        if (context.Resource is HttpContext http && http.Features.Get<Viewer>()?.May(requirement.Permission) == true)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Who looks, for routes and pages of plugins.</summary>
public static class RequestAccess
{
    /// <summary>The viewer of this request; null when nobody is signed in.</summary>
    public static Viewer? CurrentViewer(this HttpContext context) => context.Features.Get<Viewer>();

    /// <summary>As <see cref="RequirePermissionAttribute"/>, for a route or a group of routes.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequirePermissionAttribute(permission));
}
