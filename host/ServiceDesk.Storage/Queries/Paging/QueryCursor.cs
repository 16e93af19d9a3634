using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ServiceDesk.Storage.Queries.Paging;

/// <summary>
/// Where a page ended: the values of the last row in the columns of the order. Opaque text that carries a checksum over
/// itself, the query and who asked, so that it fits no other list. It gives no right: the next page passes the access filter
/// like the first.
/// </summary>
/// <param name="IsInTail">Whether the page ended among the tickets without a value in the first column.</param>
/// <param name="Values">The values; null where the row has none.</param>
internal sealed record QueryCursor(bool IsInTail, IReadOnlyList<object?> Values)
{
    private const int ChecksumLength = 9;

    /// <summary>The cursor as text.</summary>
    /// <param name="list">What the cursor is bound to.</param>
    public string Write(string list)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Stored(IsInTail, [.. Values.Select(Text)]));
        return Base64Url.EncodeToString([.. Checksum(payload, list), .. payload]);
    }

    /// <summary>The cursor that was written; null when the text is none or belongs to another list.</summary>
    /// <param name="types">The types of the columns.</param>
    public static QueryCursor? Read(string text, string list, IReadOnlyList<Type> types)
    {
        if (text.Length > 8_000 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (
            bytes.Length <= ChecksumLength
            || !CryptographicOperations.FixedTimeEquals(
                bytes.AsSpan(0, ChecksumLength),
                Checksum(bytes.AsSpan(ChecksumLength), list)
            )
        )
        {
            return null;
        }

        var stored = JsonSerializer.Deserialize<Stored>(bytes.AsSpan(ChecksumLength));
        return stored is { Values: { } values } && values.Count == types.Count
            ? new QueryCursor(stored.Tail, [.. values.Zip(types, Value)])
            : null;
    }

    private static byte[] Checksum(ReadOnlySpan<byte> payload, string list) =>
        SHA256.HashData([.. payload, 0, .. Encoding.UTF8.GetBytes(list)])[..ChecksumLength];

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    private static object? Value(string? text, Type type) =>
        text is null ? null
        : type == typeof(string) ? text
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    private sealed record Stored(bool Tail, IReadOnlyList<string?> Values);
}
