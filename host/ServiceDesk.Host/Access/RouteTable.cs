using Microsoft.AspNetCore.Authorization;

namespace ServiceDesk.Host.Access;

/// <summary>A route of the running server.</summary>
/// <param name="Pattern">Its address: <c>/api/v1/tickets/{key}</c>.</param>
/// <param name="Methods">Its methods; empty for any.</param>
/// <param name="Policies">The policies that it names.</param>
/// <param name="AllowsAnonymous">Whether it lets everyone in, by its own word.</param>
public sealed record TabledRoute(
    string Pattern,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> Policies,
    bool AllowsAnonymous
);

/// <summary>The routes of the running server with what each asks of a request. Tests hold it against the rule that every route names a policy.</summary>
public sealed class RouteTable(IEnumerable<EndpointDataSource> sources)
{
    /// <summary>Every route, plugins' too, by address.</summary>
    public IReadOnlyList<TabledRoute> All() =>
        [
            .. sources
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Select(Tabled)
                .OrderBy(route => route.Pattern, StringComparer.Ordinal),
        ];

    private static TabledRoute Tabled(RouteEndpoint endpoint) =>
        new(
            "/" + endpoint.RoutePattern.RawText?.TrimStart('/'),
            endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [],
            [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy ?? "")],
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        );
}
