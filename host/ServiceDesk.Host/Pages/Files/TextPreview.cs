using System.Text;

namespace ServiceDesk.Host.Pages.Files;

/// <summary>The beginning of a file as text.</summary>
/// <param name="Text">At most the first <see cref="Limit"/> bytes, decoded.</param>
/// <param name="IsCut">Whether the file goes on.</param>
public sealed record TextPreview(string Text, bool IsCut)
{
    /// <summary>How many bytes are shown.</summary>
    public const int Limit = 200 * 1024;

    private const int Cp949 = 949;

    /// <summary>
    /// Reads it: by its byte order mark, else as UTF-8, else as CP949 (EUC-KR), which Korean programs still write; signs that are
    /// neither are shown as such. Null when it is no text.
    /// </summary>
    public static async Task<TextPreview?> ReadAsync(Stream content, CancellationToken cancellation)
    {
        var bytes = new byte[Limit + 1];
        var count = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        var text = Decode(bytes.AsSpan(0, Math.Min(count, Limit)), isWhole: count <= Limit);
        return text.Contains('\0', StringComparison.Ordinal) ? null : new TextPreview(text, count > Limit);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, bool isWhole) =>
        bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => Decode(Encoding.UTF8, rest, isWhole),
            [0xFF, 0xFE, .. var rest] => Decode(Encoding.Unicode, rest, isWhole),
            [0xFE, 0xFF, .. var rest] => Decode(Encoding.BigEndianUnicode, rest, isWhole),
            _ => Guessed(bytes, isWhole),
        };

    private static string Guessed(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        try
        {
            return Decode(new UTF8Encoding(false, throwOnInvalidBytes: true), bytes, isWhole);
        }
        catch (DecoderFallbackException)
        {
            var korean = CodePagesEncodingProvider.Instance.GetEncoding(
                Cp949,
                EncoderFallback.ReplacementFallback,
                new DecoderReplacementFallback("\uFFFD")
            )!;
            return Decode(korean, bytes, isWhole);
        }
    }

    // A sign that the cut goes through is left out.
    private static string Decode(Encoding encoding, ReadOnlySpan<byte> bytes, bool isWhole)
    {
        var characters = new char[encoding.GetMaxCharCount(bytes.Length)];
        var count = encoding.GetDecoder().GetChars(bytes, characters, flush: isWhole);
        return new string(characters, 0, count);
    }
}
