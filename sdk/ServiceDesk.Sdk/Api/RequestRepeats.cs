using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.Api;

/// <summary>
/// The header by which a client may repeat a POST without fear: the same key with the same request has one effect and gets the
/// same answer, for seven days. The server sees to it for every route below <c>/api/v1</c>, of plugins too, and refuses a key
/// that cannot be one with 400. What a route commits with a ticket can do better: <see cref="RepeatedBy"/> and
/// <see cref="AnswersRepeats{TBuilder}"/> keep the key in the same commit, so that a repeat is answered even when the server
/// died in between; otherwise such a repeat gets 409, since nobody knows what became of the first.
/// </summary>
public static class RequestRepeats
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>What the keys of envelopes made here begin with.</summary>
    public const string KeyPrefix = "api:";

    /// <summary>Says that a route takes the key into its own commit, so that the server does not keep its answer.</summary>
    /// <param name="builder">The route or group.</param>
    public static TBuilder AnswersRepeats<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(OwnAnswer.Instance);

    /// <summary>The envelope with the request's key, the person's own; as it is when the request has none.</summary>
    /// <param name="envelope">What is sent.</param>
    /// <param name="context">The request, of a route that <see cref="AnswersRepeats{TBuilder}"/>.</param>
    /// <param name="asked">What was asked, in bytes that a repeat has too: another wish under the same key is refused with 422.</param>
    public static CommandEnvelope RepeatedBy(
        this CommandEnvelope envelope,
        HttpContext context,
        ReadOnlySpan<byte> asked
    )
    {
        if (context.Request.Headers[Header] is not [{ Length: > 0 } key] || context.CurrentViewer() is not { } viewer)
        {
            return envelope;
        }

        var request = Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}\n");
        return envelope with
        {
            IdempotencyKey = $"{KeyPrefix}{viewer.Person.Id}:{Hash(Encoding.UTF8.GetBytes(key))}",
            Fingerprint = Hash([.. request, .. asked]),
        };
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The mark of a route that <see cref="AnswersRepeats{TBuilder}"/>, for the server.</summary>
    public sealed class OwnAnswer
    {
        /// <summary>The one mark.</summary>
        public static OwnAnswer Instance { get; } = new();

        private OwnAnswer() { }
    }
}
