using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServiceDesk.Sdk.Access;

/// <summary>
/// Who looks, for routes and pages of plugins. Each permission's id is the name of an authorization policy too: a page model
/// says <c>[Authorize(Policy = "incidents.declare-major")]</c>, a route <see cref="RequirePermission{TBuilder}"/>.
/// </summary>
public static class RequestAccess
{
    /// <summary>The viewer of this request, made once; null when nobody is signed in, which a policy excludes.</summary>
    /// <param name="context">The request, behind the server's sign-in.</param>
    public static Viewer? CurrentViewer(this HttpContext context) => context.Features.Get<Viewer>();

    /// <summary>Lets only people with a permission use a route or a group of routes: 401 for nobody signed in, 403 for the others. The ticket behind it is guarded apart, by the viewer's rights.</summary>
    /// <param name="builder">The route or group.</param>
    /// <param name="permission">The permission's id, the product's or the plugin's own.</param>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(permission);
}
