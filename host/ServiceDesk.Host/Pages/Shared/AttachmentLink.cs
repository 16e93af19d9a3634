using System.Globalization;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;

namespace ServiceDesk.Host.Pages.Shared;

/// <summary>A file to look at and to download, drawn by <c>_Attachment</c>.</summary>
/// <param name="Address">Where it is served.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its size in words.</param>
/// <param name="Preview">How it can be looked at.</param>
/// <param name="IsInternal">Whether only agents see it.</param>
public sealed record AttachmentLink(string Address, string Name, string Size, PreviewKind Preview, bool IsInternal)
{
    /// <summary>Who took its content away; null while it is there.</summary>
    public RedactionLine? Removed { get; init; }

    /// <summary>Where it is looked at; null when it is only downloaded.</summary>
    public string? LookAddress =>
        Preview switch
        {
            PreviewKind.Image or PreviewKind.Pdf => $"{Address}?inline",
            PreviewKind.Text => $"{Address}/text",
            _ => null,
        };

    /// <summary>The icon of its kind.</summary>
    public string Icon =>
        IsInternal ? "lock"
        : Preview == PreviewKind.Pdf ? "file-type-pdf"
        : Preview == PreviewKind.Text ? "file-text"
        : "file";

    /// <summary>A link to a file under the prefix of its ticket.</summary>
    public static AttachmentLink Of(string prefix, AttachedFile file, bool isInternal = false) =>
        new(
            prefix + file.Id.ToString(CultureInfo.InvariantCulture),
            file.Name,
            FileSizes.Write(file.Size),
            FilePreviews.Of(file),
            isInternal
        );

    /// <summary>A link to a file as agents see it.</summary>
    public static AttachmentLink Of(string prefix, Attachment attachment, Func<PersonId?, string> nameOf) =>
        Of(prefix, attachment.File, attachment.Visibility == Visibility.Internal) with
        {
            Removed = attachment.Removed is { } mark ? RedactionLine.Of(mark, nameOf) : null,
        };

    /// <summary>A link to a file as customers see it.</summary>
    public static AttachmentLink Of(string prefix, PublicAttachment attachment, Func<PersonId?, string> nameOf) =>
        Of(prefix, attachment.File) with
        {
            Removed = attachment.Removed is { } mark ? RedactionLine.Of(mark, nameOf) : null,
        };
}
