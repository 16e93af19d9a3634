using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Architecture.Tests.Rules;

/// <summary>Every route of the running table names who may use it: a policy, or an approved "anyone".</summary>
public static class RoutePolicies
{
    public static IEnumerable<string> Violations(
        IEnumerable<Endpoint> endpoints,
        IReadOnlySet<string> approvedForAnyone
    )
    {
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                if (!approvedForAnyone.Contains(route))
                {
                    yield return $"{route} is open to anyone without approval";
                }
            }
            else if (
                !endpoint.Metadata.OfType<IAuthorizeData>().Any(a => !string.IsNullOrEmpty(a.Policy))
                && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
            )
            {
                yield return $"{route} names no policy";
            }
        }
    }
}
