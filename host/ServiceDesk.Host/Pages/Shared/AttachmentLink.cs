using System.Globalization;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Shared;

/// <summary>A file to download, drawn by <c>_Attachments</c>.</summary>
/// <param name="Address">Where it is served.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its size in words.</param>
/// <param name="IsImage">Whether a page may show it.</param>
public sealed record AttachmentLink(string Address, string Name, string Size, bool IsImage)
{
    private const double Kilo = 1024;

    /// <summary>A link to a file under the prefix of its ticket.</summary>
    public static AttachmentLink Of(string prefix, AttachedFile file) =>
        new(
            prefix + file.Id.ToString(CultureInfo.InvariantCulture),
            file.Name,
            SizeOf(file.Size),
            MediaTypes.IsImage(file.ContentType)
        );

    /// <summary>Bytes as people write them: <c>980 B</c>, <c>34 KB</c>, <c>1.2 MB</c>.</summary>
    public static string SizeOf(long bytes) =>
        bytes switch
        {
            < 1024 => string.Create(CultureInfo.CurrentCulture, $"{bytes} B"),
            < 1024 * 1024 => string.Create(CultureInfo.CurrentCulture, $"{bytes / Kilo:0} KB"),
            _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / Kilo / Kilo:0.#} MB"),
        };
}
