using ServiceDesk.Core.Json;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Problems;

/// <summary>The one place where a no becomes an answer: its status, and its sentence in the language of the request.</summary>
public sealed class ApiProblems(ITexts texts)
{
    /// <summary>A problem whose sentence is that of its code.</summary>
    public IResult Of(int status, string code, params ReadOnlySpan<string> arguments) =>
        Answer(
            new ApiProblem
            {
                Title = texts.Format(code, arguments),
                Status = status,
                Code = code,
            }
        );

    /// <summary>Mistakes in a body or header, all at once.</summary>
    public IResult Of(int status, string code, IReadOnlyList<ApiMistake> mistakes) =>
        Answer(
            new ApiProblem
            {
                Title = mistakes is [var only] && only.Code == code ? only.Detail : texts[code],
                Status = status,
                Code = code,
                Detail = mistakes.Count == 1 ? mistakes[0].Detail : null,
                Errors = mistakes,
            }
        );

    /// <summary>A body of which one place cannot be taken: not known there, or not of its type.</summary>
    /// <param name="pointer">The place; empty for the whole.</param>
    public IResult OfBody(string pointer) =>
        pointer.Length == 0
            ? Of(StatusCodes.Status400BadRequest, "api.json-malformed")
            : Of(
                StatusCodes.Status400BadRequest,
                "api.body-wrong",
                [Mistake("api.part-wrong", pointer, pointer.TrimStart('/'))]
            );

    /// <summary>What a ticket, or another decision of the product, said no to. The gravest reason gives the status.</summary>
    public IResult Of(IReadOnlyList<Refusal> refusals)
    {
        var first = refusals.MaxBy(refusal => Gravity(refusal.Kind))!;
        var named = refusals.Where(refusal => refusal.Field is not null).Select(Mistake).ToList();
        return Answer(
            new ApiProblem
            {
                Title = Sentence(first),
                Status = StatusOf(first),
                Code = first.Code,
                Detail = refusals.Count > 1 ? string.Join(' ', refusals.Select(Sentence).Distinct()) : null,
                Errors = named.Count > 0 ? named : null,
            }
        );
    }

    /// <summary>A query that cannot be read, with the place in its text.</summary>
    public IResult Of(QueryError error, string parameter = "query")
    {
        var sentence = texts.Format(error.Code, [.. error.Arguments]);
        return Answer(
            new ApiProblem
            {
                Title = sentence,
                Status = StatusCodes.Status400BadRequest,
                Code = error.Code,
                Errors = [new ApiMistake(error.Code, sentence, null, parameter, error.Start, error.Length)],
            }
        );
    }

    /// <summary>A mistake with its sentence.</summary>
    public ApiMistake Mistake(string code, string? pointer, params ReadOnlySpan<string> arguments) =>
        new(code, texts.Format(code, arguments), pointer);

    /// <summary>A mistake in a header or query parameter, as a whole answer.</summary>
    public IResult OfParameter(int status, string parameter, string code, params ReadOnlySpan<string> arguments) =>
        Of(status, code, [new ApiMistake(code, texts.Format(code, arguments), null, parameter)]);

    /// <summary>A page that is too long, or none.</summary>
    public IResult OfLimit() =>
        OfParameter(StatusCodes.Status400BadRequest, "limit", "api.limit-wrong", $"{PageLimit.Most}");

    /// <summary>A cursor that no page gave.</summary>
    public IResult OfCursor() => OfParameter(StatusCodes.Status400BadRequest, "cursor", "query.wrong-cursor");

    private static IResult Answer(ApiProblem problem) =>
        Results.Json(problem, ServiceDeskJson.Api, ApiProblem.MediaType, problem.Status);

    private string Sentence(Refusal refusal) => texts.Say(refusal);

    private ApiMistake Mistake(Refusal refusal) =>
        refusal.Field == RequestRepeats.Header
            ? new ApiMistake(refusal.Code, Sentence(refusal), null, refusal.Field)
            : new ApiMistake(refusal.Code, Sentence(refusal), PointerOf(refusal.Field!));

    // Decisions name fields as fields.impact; a body has them below fields.
    private static string PointerOf(string field) =>
        "/"
        + (
            field.StartsWith("fields.", StringComparison.Ordinal)
                ? "fields/" + JsonPointers.Escape(field["fields.".Length..])
                : JsonPointers.Escape(field)
        );

    private static int StatusOf(Refusal refusal) =>
        refusal.Kind switch
        {
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            _ => refusal.Field is null ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity,
        };

    private static int Gravity(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.NotFound => 5,
            RefusalKind.Stale => 4,
            RefusalKind.Forbidden => 3,
            RefusalKind.Conflict => 2,
            _ => 1,
        };
}
