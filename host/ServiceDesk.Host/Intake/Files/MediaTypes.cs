using ServiceDesk.Core.Files;

namespace ServiceDesk.Host.Intake.Files;

/// <summary>
/// Decides the media type of an uploaded file: by its first bytes for what a page may show as an image and where the name says
/// something else, by the ending of its name for harmless documents, and <c>application/octet-stream</c> for all else. What the
/// sender claims counts nothing.
/// </summary>
public static class MediaTypes
{
    /// <summary>The type of PDF documents.</summary>
    public const string Pdf = "application/pdf";

    private const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv",
        [".doc"] = "application/msword",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".eml"] = "message/rfc822",
        [".gz"] = "application/gzip",
        [".hwp"] = "application/x-hwp",
        [".hwpx"] = "application/hwp+zip",
        [".json"] = "application/json",
        [".log"] = "text/plain",
        [".md"] = "text/plain",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".pdf"] = Pdf,
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".txt"] = "text/plain",
        [".xls"] = "application/vnd.ms-excel",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".zip"] = "application/zip",
    };

    /// <summary>The type of a file by name and first bytes.</summary>
    public static string Decide(string name, ReadOnlySpan<byte> header) =>
        FileSignatures.Of(header) is { } kind
        && (IsImage(kind.MediaType) || !kind.Endings.Contains(FileRuling.EndingOf(name)))
            ? kind.MediaType
            : ByEnding.GetValueOrDefault(Path.GetExtension(name), Unknown);

    /// <summary>Whether a page may show it: raster images only, whose bytes were looked at.</summary>
    public static bool IsImage(string contentType) =>
        contentType is "image/png" or "image/jpeg" or "image/gif" or "image/webp";
}
