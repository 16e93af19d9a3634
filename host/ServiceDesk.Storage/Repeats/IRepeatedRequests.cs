using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Repeats;

/// <summary>What was answered to requests that may come again under a key of the person's own.</summary>
public interface IRepeatedRequests
{
    /// <summary>Notes that a request begins; of several at once, on whichever node, one does.</summary>
    /// <param name="person">Whose key it is.</param>
    /// <param name="key">A hash of the key, at most 64 characters.</param>
    /// <param name="fingerprint">A hash of what is asked, at most 64 characters.</param>
    /// <param name="at">Now.</param>
    /// <returns>Null when it is new; otherwise what is known of the first one.</returns>
    Task<FirstRequest?> BeginAsync(
        PersonId person,
        string key,
        string fingerprint,
        Instant at,
        CancellationToken cancellation
    );

    /// <summary>Keeps the answer to a request that had its effect.</summary>
    Task EndAsync(PersonId person, string key, KeptAnswer answer, CancellationToken cancellation);

    /// <summary>Takes back that a request began, since it had no effect.</summary>
    Task CancelAsync(PersonId person, string key, CancellationToken cancellation);

    /// <summary>Forgets requests that began before an instant.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetAsync(Instant before, CancellationToken cancellation);
}

/// <summary>The first request under a key.</summary>
/// <param name="Fingerprint">A hash of what it asked.</param>
/// <param name="Answer">What it was answered; null while it runs, and for ever when its server died under it.</param>
public sealed record FirstRequest(string Fingerprint, KeptAnswer? Answer);

/// <summary>An answer as it is given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type; null without a body.</param>
/// <param name="Location">The header; null without.</param>
/// <param name="Tag">The ETag; null without.</param>
/// <param name="Body">The body.</param>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? Tag, string Body);
