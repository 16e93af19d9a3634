using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Files;

/// <summary>What a content is good for: a name of one family with a content of another is a disguise.</summary>
public enum FileFamily
{
    /// <summary>Pictures, sound and video.</summary>
    Media,

    /// <summary>Documents and archives, which share their formats.</summary>
    Document,

    /// <summary>What a computer runs.</summary>
    Program,
}

/// <summary>A type of content that its first bytes tell.</summary>
/// <param name="Type">The ending that stands for it in rules.</param>
/// <param name="Endings">The endings of names that it may have; an empty one is a name without.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Family">What it is good for.</param>
public sealed record FileKind(string Type, ValueList<string> Endings, string MediaType, FileFamily Family);

/// <summary>
/// Types of contents by their first bytes. Sources: PNG (ISO/IEC 15948, 5.2), JPEG (ITU T.81, B.1), GIF89a, TIFF 6.0, RIFF and
/// WebP (RFC 9649), ISO/IEC 14496-12 (ftyp), PDF (ISO 32000-2, 7.5.2), ZIP (APPNOTE 4.3.7), [MS-CFB] 2.2, RAR 5.0 technical note,
/// 7zFormat.txt, gzip (RFC 1952, 2.3), PE format (Microsoft), ELF (gABI 4.1), Mach-O (loader.h), Java class files (JVMS 4.1),
/// [MS-SHLLINK] 2.1.
/// </summary>
public static class FileSignatures
{
    /// <summary>How many of the first bytes are enough.</summary>
    public const int HeaderLength = 64;

    private static readonly FileKind Mp4 = Media(
        "mp4",
        "video/mp4",
        "m4a",
        "m4v",
        "mov",
        "3gp",
        "heic",
        "heif",
        "avif"
    );
    private static readonly FileKind WebP = Media("webp", "image/webp");
    private static readonly FileKind Riff = Media("wav", "audio/wav", "avi");
    private static readonly FileKind Program = Run("exe", "dll", "com", "scr", "cpl", "sys", "ocx");

    private static readonly (byte[] Start, FileKind Kind)[] Starts =
    [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Media("png", "image/png")),
        ([0xFF, 0xD8, 0xFF], Media("jpg", "image/jpeg", "jpeg", "jpe", "jfif")),
        ([.. "GIF87a"u8], Media("gif", "image/gif")),
        ([.. "GIF89a"u8], Media("gif", "image/gif")),
        ([0x49, 0x49, 0x2A, 0x00], Media("tif", "image/tiff", "tiff")),
        ([0x4D, 0x4D, 0x00, 0x2A], Media("tif", "image/tiff", "tiff")),
        ([.. "%PDF-"u8], Document("pdf", "application/pdf")),
        (
            [0x50, 0x4B, 0x03, 0x04],
            Document(
                "zip",
                "application/zip",
                "docx",
                "docm",
                "dotx",
                "xlsx",
                "xlsm",
                "xltx",
                "pptx",
                "pptm",
                "potx",
                "vsdx",
                "hwpx",
                "odt",
                "ods",
                "odp",
                "odg",
                "epub",
                "kmz",
                "xps",
                "jar",
                "apk",
                "msix",
                "vsix",
                "nupkg"
            )
        ),
        // Also what Office encrypts with a password.
        (
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            Document(
                "doc",
                "application/x-ole-storage",
                "dot",
                "xls",
                "xlt",
                "ppt",
                "pps",
                "vsd",
                "hwp",
                "msg",
                "msi",
                "docx",
                "xlsx",
                "pptx"
            )
        ),
        ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], Document("rar", "application/vnd.rar")),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], Document("7z", "application/x-7z-compressed")),
        ([0x1F, 0x8B, 0x08], Document("gz", "application/gzip", "tgz", "svgz")),
        ([0x7F, 0x45, 0x4C, 0x46], Run("elf", "", "so", "o", "bin", "run", "axf")),
        ([0xFE, 0xED, 0xFA, 0xCE], Run("macho", "", "dylib", "bundle", "o")),
        ([0xFE, 0xED, 0xFA, 0xCF], Run("macho", "", "dylib", "bundle", "o")),
        ([0xCE, 0xFA, 0xED, 0xFE], Run("macho", "", "dylib", "bundle", "o")),
        ([0xCF, 0xFA, 0xED, 0xFE], Run("macho", "", "dylib", "bundle", "o")),
        ([0xCA, 0xFE, 0xBA, 0xBE], Run("class", "", "dylib")),
        ([0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], Run("lnk")),
    ];

    private static readonly FileKind[] All =
    [
        .. Starts.Select(one => one.Kind).Concat([Mp4, WebP, Riff, Program]).DistinctBy(kind => kind.Type),
    ];

    /// <summary>The type of a content; null where its first bytes do not tell.</summary>
    public static FileKind? Of(ReadOnlySpan<byte> head)
    {
        foreach (var (start, kind) in Starts)
        {
            if (head.StartsWith(start))
            {
                return kind;
            }
        }

        return head switch
        {
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => Mp4,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, .. var rest] => rest.StartsWith("WEBP"u8)
                ? WebP
                : Riff,
            // A text may begin with MZ; a program has a zero soon after.
            [(byte)'M', (byte)'Z', ..] when head.Contains((byte)0) => Program,
            _ => null,
        };
    }

    /// <summary>The type that a media type names; null for none of these.</summary>
    public static FileKind? OfMediaType(string mediaType) => Array.Find(All, kind => kind.MediaType == mediaType);

    /// <summary>The families of contents that an ending promises; none for an ending that may hold anything.</summary>
    public static IEnumerable<FileFamily> Promised(string ending) =>
        All.Where(kind => ending.Length > 0 && kind.Endings.Contains(ending)).Select(kind => kind.Family);

    private static FileKind Media(string type, string mediaType, params ReadOnlySpan<string> more) =>
        new(type, [type, .. more], mediaType, FileFamily.Media);

    private static FileKind Document(string type, string mediaType, params ReadOnlySpan<string> more) =>
        new(type, [type, .. more], mediaType, FileFamily.Document);

    private static FileKind Run(string type, params ReadOnlySpan<string> more) =>
        new(type, [type, .. more], $"application/x-program-{type}", FileFamily.Program);
}
