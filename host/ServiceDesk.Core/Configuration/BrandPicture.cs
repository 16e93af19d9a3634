namespace ServiceDesk.Core.Configuration;

/// <summary>A picture of the help centre: what its text says and its bytes are.</summary>
/// <param name="Type">The media type, by its bytes.</param>
/// <param name="Bytes">The picture.</param>
public sealed record BrandPicture(string Type, byte[] Bytes)
{
    /// <summary>The most bytes of a logo.</summary>
    public const int LargestLogo = 50 * 1024;

    /// <summary>The most bytes of a banner.</summary>
    public const int LargestBanner = 200 * 1024;

    private const string Base64 = ";base64,";

    /// <summary>The text that a document holds for it.</summary>
    public string Text => $"data:{Type}{Base64}{Convert.ToBase64String(Bytes)}";

    /// <summary>Reads the text of a document; null when it is no picture, or another than it says.</summary>
    public static BrandPicture? Parse(string? text)
    {
        if (text?.IndexOf(Base64, StringComparison.Ordinal) is not (> 0 and var at))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return
            Convert.TryFromBase64String(text[(at + Base64.Length)..], bytes, out var length)
            && Of(bytes[..length]) is { } picture
            && text.StartsWith($"data:{picture.Type};", StringComparison.Ordinal)
            ? picture
            : null;
    }

    /// <summary>A picture of these bytes; null when they are none that every browser shows and none that could hold a script.</summary>
    public static BrandPicture? Of(byte[] bytes)
    {
        var span = bytes.AsSpan();
        var type =
            span is [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] ? "image/png"
            : span is [0xFF, 0xD8, 0xFF, ..] ? "image/jpeg"
            : span.Length > 12 && span.StartsWith("RIFF"u8) && span[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
            : null;
        return type is null ? null : new BrandPicture(type, bytes);
    }
}
