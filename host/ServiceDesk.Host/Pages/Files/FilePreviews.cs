using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Files;

/// <summary>How a file can be looked at without being downloaded.</summary>
public enum PreviewKind
{
    /// <summary>Only downloaded.</summary>
    None,

    /// <summary>A picture, in a dialog.</summary>
    Image,

    /// <summary>Its beginning as plain text, in a dialog.</summary>
    Text,

    /// <summary>By the browser's own viewer, in a window of its own.</summary>
    Pdf,
}

/// <summary>
/// Which files can be looked at. What a browser would run or draw as a page (HTML, SVG) is never among the pictures; where it is
/// text, it is shown as text.
/// </summary>
public static class FilePreviews
{
    private static readonly HashSet<string> TextEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".cfg",
        ".conf",
        ".csv",
        ".ini",
        ".json",
        ".log",
        ".md",
        ".properties",
        ".sql",
        ".toml",
        ".tsv",
        ".txt",
        ".xml",
        ".yaml",
        ".yml",
    };

    /// <summary>How a file can be looked at.</summary>
    public static PreviewKind Of(AttachedFile file) =>
        MediaTypes.IsImage(file.ContentType) ? PreviewKind.Image
        : file.ContentType == MediaTypes.Pdf ? PreviewKind.Pdf
        : TextEndings.Contains(Path.GetExtension(file.Name)) ? PreviewKind.Text
        : PreviewKind.None;
}
