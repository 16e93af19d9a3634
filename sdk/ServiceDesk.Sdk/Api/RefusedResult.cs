using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Api;

/// <summary>
/// Refusals as an answer of a route: problem+json (RFC 9457) with the status of the first refusal's kind, its sentence in the
/// language of the request as <c>detail</c>, and each refusal with code, sentence and field under <c>refusals</c>.
/// </summary>
/// <param name="refusals">At least one.</param>
public sealed class RefusedResult(ValueList<Refusal> refusals) : IResult
{
    /// <summary>The HTTP status of a kind of refusal.</summary>
    /// <param name="refusal">The refusal; wrong input with a field named is 422, without one 400.</param>
    public static int StatusOf(Refusal refusal) =>
        refusal.Kind switch
        {
            RefusalKind.Invalid when refusal.Field is not null => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
            _ => StatusCodes.Status409Conflict,
        };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var texts = httpContext.RequestServices.GetRequiredService<ITexts>();
        var sentences = refusals.Select(refusal => new
        {
            refusal.Code,
            Detail = texts.Format(refusal.Code, [.. refusal.Arguments]),
            refusal.Field,
        });
        return Results
            .Problem(
                detail: texts.Format(refusals[0].Code, [.. refusals[0].Arguments]),
                statusCode: StatusOf(refusals[0]),
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["code"] = refusals[0].Code,
                    ["refusals"] = sentences.ToArray(),
                }
            )
            .ExecuteAsync(httpContext);
    }
}
