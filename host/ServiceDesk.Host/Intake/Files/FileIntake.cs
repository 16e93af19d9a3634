using System.Globalization;
using System.Text;
using ServiceDesk.Core.Files;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Intake.Files;

/// <summary>Takes uploaded files in, with the rules on name, type and size, and gives them out again to whom uploaded them for attaching.</summary>
public sealed class FileIntake(IFileStore store, ICurrentConfiguration configuration)
{
    /// <summary>The most bytes that a file may ever have; the rules say how many it may have now.</summary>
    public const long Limit = FileRulesDocument.LargestFile * FileRuling.Megabyte;

    private const int NameLimit = 255;

    /// <summary>The stored file, or why not.</summary>
    public async Task<(StoredFile? File, Refusal? Refusal)> TakeAsync(
        Stream content,
        string name,
        Viewer by,
        CancellationToken cancellation
    )
    {
        var shown = ShownName(name);
        var header = new byte[FileSignatures.HeaderLength];
        var read = await content.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        if (read == 0)
        {
            return (null, Refusal.Invalid("files.empty", "files", shown));
        }

        var rules = FileRuling.ForUpload(configuration.Snapshot, by);
        if (FileRuling.WhyNot(rules, shown, FileSignatures.Of(header.AsSpan(0, read))) is { } refusal)
        {
            return (null, refusal);
        }

        var type = MediaTypes.Decide(shown, header.AsSpan(0, read));
        var limit = rules.Megabytes * FileRuling.Megabyte;
        await using var whole = new HeadedStream(header.AsMemory(0, read), content);
        try
        {
            return (await store.SaveAsync(whole, shown, type, limit, by.Person.Id, cancellation), null);
        }
        catch (FileTooLargeException)
        {
            return (null, Refusal.Invalid("files.too-large", "files", shown, $"{rules.Megabytes}"));
        }
    }

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
