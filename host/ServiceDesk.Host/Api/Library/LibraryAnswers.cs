using NodaTime;
using ServiceDesk.Host.Api.Answers;

namespace ServiceDesk.Host.Api.Library;

/// <summary>A file that a desk keeps ready.</summary>
/// <param name="Version">How often it was written; said again by who changes it, it refuses to write over another's change.</param>
/// <param name="Name">By which it is found, and named by macros.</param>
/// <param name="Description">What it is for.</param>
/// <param name="FileName">The name of the file, under which it is attached.</param>
/// <param name="ContentType">What it holds.</param>
/// <param name="Size">In bytes.</param>
/// <param name="ChangedBy">Who wrote it last.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="RedactedAt">When the same content was taken out of a ticket for good, if nobody decided since that it stays here.</param>
/// <param name="Content">Where its content is.</param>
public sealed record LibraryFileAnswer(
    long Id,
    int Version,
    string Name,
    string? Description,
    string FileName,
    string ContentType,
    long Size,
    PersonAnswer? ChangedBy,
    Instant ChangedAt,
    Instant? RedactedAt,
    string Content
);

/// <summary>What is said of a file of a library.</summary>
public sealed record LibraryFileBody
{
    /// <summary>The version that is changed; left out, whichever there is.</summary>
    public int? Version { get; init; }

    /// <summary>By which it is found, and named by macros; once in a desk, however it is capitalized.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The id of an own upload (<c>POST /api/v1/files</c>); left out of a change, the file stays as it is.</summary>
    public long? File { get; init; }
}
