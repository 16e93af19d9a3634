using System.Security.Cryptography;
using System.Text;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Intake;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api;

/// <summary>
/// The header by which a client may repeat a POST without fear: the same key with the same request has one effect and
/// gets the same answer. The key is the person's own, so that nobody can guess another's.
/// </summary>
public static class IdempotencyKeys
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 200;

    /// <summary>The envelope with the request's key, when it has one.</summary>
    /// <param name="body">What was asked, for telling a repeat from another wish under the same key.</param>
    /// <returns>The envelope, or the answer to a key that cannot be one.</returns>
    public static (CommandEnvelope Envelope, IResult? Problem) WithKeyOf(
        this CommandEnvelope envelope,
        HttpContext context,
        ApiProblems problems,
        ReadOnlySpan<byte> body
    )
    {
        var header = context.Request.Headers[Header];
        if (header.Count == 0)
        {
            return (envelope, null);
        }

        var key = header.Count == 1 ? header[0] ?? "" : "";
        if (key.Length is 0 or > LongestKey || key.Any(character => character is < '!' or > '~'))
        {
            return (
                envelope,
                problems.OfParameter(StatusCodes.Status400BadRequest, Header, "api.key-wrong", $"{LongestKey}")
            );
        }

        var request = Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}\n");
        return (
            envelope with
            {
                IdempotencyKey = RepeatableKeys.OfApi(
                    context.RequireViewer().Person.Id,
                    Hash(Encoding.UTF8.GetBytes(key))
                ),
                Fingerprint = Hash([.. request, .. body]),
            },
            null
        );
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
