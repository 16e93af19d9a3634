using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Api;

/// <summary>
/// Refusals as an answer of a route, in the shape of the product's own: problem+json (RFC 9457) with the status of the first
/// refusal's kind, its sentence in the language of the request as <c>title</c>, its <c>code</c>, all sentences as
/// <c>detail</c> when there are several, and under <c>errors</c> each refusal that names a field, with code, sentence and the
/// field as a JSON pointer.
/// </summary>
/// <param name="refusals">At least one.</param>
public sealed class RefusedResult(ValueList<Refusal> refusals) : IResult
{
    private const string OfTicket = "fields.";

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
        var said = refusals.Select(refusal => texts.Format(refusal.Code, [.. refusal.Arguments])).ToList();
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = refusals[0].Code };
        var errors = refusals
            .Zip(said)
            .Where(one => one.First.Field is not null)
            .Select(one => new
            {
                one.First.Code,
                Detail = one.Second,
                Pointer = PointerOf(one.First.Field!),
            })
            .ToArray();
        if (errors.Length > 0)
        {
            extensions["errors"] = errors;
        }

        return Results
            .Problem(
                title: said[0],
                type: "about:blank",
                detail: said.Count > 1 ? string.Join(' ', said.Distinct(StringComparer.Ordinal)) : null,
                statusCode: StatusOf(refusals[0]),
                extensions: extensions
            )
            .ExecuteAsync(httpContext);
    }

    // Fields of a ticket are named fields.impact and stand below fields.
    private static string PointerOf(string field) =>
        field.StartsWith(OfTicket, StringComparison.Ordinal)
            ? "/fields/" + Escape(field[OfTicket.Length..])
            : "/" + Escape(field);

    private static string Escape(string key) =>
        key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
