using System.Globalization;
using System.Text;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Intake.Files;

/// <summary>Takes uploaded files in, with the rules on name, type and size, and gives them out again to whom uploaded them for attaching.</summary>
public sealed class FileIntake(IFileStore store)
{
    /// <summary>The most bytes of a file.</summary>
    public const long Limit = 25 * 1024 * 1024;

    private const int NameLimit = 255;

    /// <summary>The stored file, or why not.</summary>
    public async Task<(StoredFile? File, Refusal? Refusal)> TakeAsync(
        Stream content,
        string name,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var shown = ShownName(name);
        var header = new byte[MediaTypes.HeaderLength];
        var read = await content.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        if (read == 0)
        {
            return (null, Refusal.Invalid("files.empty", "files", shown));
        }

        var type = MediaTypes.Decide(shown, header.AsSpan(0, read));
        await using var whole = new HeadedStream(header.AsMemory(0, read), content);
        try
        {
            return (await store.SaveAsync(whole, shown, type, Limit, by, cancellation), null);
        }
        catch (FileTooLargeException)
        {
            return (null, Refusal.Invalid("files.too-large", "files", shown, LimitInMegabytes));
        }
    }

    /// <summary>The limit for people to read.</summary>
    public static string LimitInMegabytes { get; } = (Limit / 1024 / 1024).ToString(CultureInfo.InvariantCulture);

    /// <summary>Files by the tokens that uploads were answered with. Others' files and unknown tokens are left out.</summary>
    public async Task<ValueList<AttachedFile>> FindAsync(
        IEnumerable<string?> tokens,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var found = ValueList<AttachedFile>.Empty;
        foreach (var token in tokens.Distinct(StringComparer.Ordinal).Take(100))
        {
            if (
                long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && await store.FindAsync(id, cancellation) is { } file
                && file.UploadedBy == by
            )
            {
                found = found.Add(file.ToAttached());
            }
        }

        return found;
    }

    /// <summary>The token by which the uploader attaches a file.</summary>
    public static string TokenOf(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>A name to show: the last part of a path, without signs that steer how text is drawn, never empty.</summary>
    public static string ShownName(string name)
    {
        var last = name.Split('/', '\\')[^1].Normalize(NormalizationForm.FormC);
        var plain = string.Concat(last.EnumerateRunes().Where(IsShown).Select(rune => rune.ToString())).Trim();
        var cut = plain.Length > NameLimit ? Shortened(plain) : plain;
        return cut.Length == 0 ? "file" : cut;
    }

    private static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.Surrogate
            );

    private static string Shortened(string name)
    {
        var ending = Path.GetExtension(name);
        var kept = ending.Length > 20 ? "" : ending;
        var stem = name[..(NameLimit - kept.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + kept;
    }
}
