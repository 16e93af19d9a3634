using System.Text.Json.Serialization;

namespace ServiceDesk.Sdk.Api;

/// <summary>An error as RFC 9457 wants it, with a code for programs and a sentence for people.</summary>
public sealed record ApiProblem
{
    /// <summary>The type of every problem: the code tells more than an address would.</summary>
    public const string NoType = "about:blank";

    /// <summary>The media type of RFC 9457.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Always <see cref="NoType"/>.</summary>
    public string Type { get; init; } = NoType;

    /// <summary>The sentence, in the language of the request.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong in particular, in the language of the request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>What kind of error it is, for programs; never translated.</summary>
    public required string Code { get; init; }

    /// <summary>Every mistake in the body or the query, with its place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiMistake>? Errors { get; init; }
}

/// <summary>A mistake with its place.</summary>
/// <param name="Code">What kind of mistake, for programs.</param>
/// <param name="Detail">The sentence, in the language of the request.</param>
/// <param name="Pointer">Where in the body, as a JSON pointer; null when it is not in the body.</param>
/// <param name="Parameter">The header or query parameter; null when it is in the body.</param>
/// <param name="Start">For a query: the index of the first wrong character.</param>
/// <param name="Length">For a query: the number of wrong characters.</param>
public sealed record ApiMistake(
    string Code,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pointer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parameter = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Start = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Length = null
);
