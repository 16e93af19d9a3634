using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServiceDesk.Sdk.Api;

/// <summary>What the description of the API, at <c>/openapi/v1.json</c>, tells of routes.</summary>
public static class ApiRoutes
{
    /// <summary>Names the statuses of a route's problems, besides 401 and 403, which every route may have. Their body is an <see cref="ApiProblem"/>.</summary>
    /// <param name="builder">The route or group.</param>
    /// <param name="statuses">HTTP statuses, such as 404.</param>
    public static TBuilder MayFail<TBuilder>(this TBuilder builder, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata([
            .. statuses.Select(status => new ProducesResponseTypeMetadata(
                status,
                typeof(ApiProblem),
                [ApiProblem.MediaType]
            )),
        ]);
}
