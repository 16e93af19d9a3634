using System.Globalization;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What words, labels and files may look like.</summary>
internal static class TextRules
{
    public const int LineLimit = 255;
    public const int TextLimit = 100_000;
    private const int LabelLimit = 60;
    private const int LabelCount = 50;
    private const int FileCount = 50;

    /// <summary>A line has no break and at most 255 characters, and is not empty where it is needed.</summary>
    public static Refusal? Line(string text, string field, bool required, int limit = LineLimit) =>
        text.AsSpan().ContainsAny('\r', '\n')
            ? Refusal.Invalid(RefusalCodes.TextOneLine, field)
            : Text(text, field, required, limit);

    /// <summary>A text is within its limit after trimming, is not empty where it is needed, and can be stored everywhere.</summary>
    public static Refusal? Text(string text, string field, bool required, int limit = TextLimit)
    {
        var length = text.AsSpan().Trim().Length;
        return length switch
        {
            0 when required => Refusal.Invalid(RefusalCodes.TextRequired, field),
            _ when text.Length > limit => Refusal.Invalid(RefusalCodes.TextTooLong, field, Number(limit)),
            _ when !IsStorable(text) => Refusal.Invalid(RefusalCodes.TextCharacters, field),
            _ => null,
        };
    }

    /// <summary>Labels in lower case, trimmed, without doubles.</summary>
    public static ValueList<string> Normalized(ValueList<string> labels) =>
        labels.Select(label => label.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToValueList();

    /// <summary>There are at most 50 labels, each one word of at most 60 characters without commas.</summary>
    public static IEnumerable<Refusal?> Labels(ValueList<string> labels)
    {
        if (labels.Count > LabelCount)
        {
            yield return Refusal.Invalid(RefusalCodes.LabelsTooMany, "labels", Number(LabelCount));
        }

        if (labels.FirstOrDefault(label => !IsLabel(label)) is { } wrong)
        {
            yield return Refusal.Invalid(RefusalCodes.LabelInvalid, "labels", Shown(wrong), Number(LabelLimit));
        }
    }

    /// <summary>There are at most 50 files at once, each with a storable name of one line and a hash.</summary>
    public static IEnumerable<Refusal?> Files(ValueList<AttachedFile> files)
    {
        if (files.Count > FileCount)
        {
            yield return Refusal.Invalid(RefusalCodes.FilesTooMany, "files", Number(FileCount));
        }

        foreach (var file in files)
        {
            if (Line(file.Name, "files", required: true) is { } wrongName)
            {
                yield return wrongName;
            }

            if (file.Size < 0 || file.Id < 1 || file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower))
            {
                yield return Refusal.Invalid(RefusalCodes.FileInvalid, "files", Shown(file.Name));
            }
        }
    }

    /// <summary>At most 60 characters of something that was given, to be shown in a sentence.</summary>
    public static string Shown(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 59), "…");

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LabelLimit
        && !label.Any(character => char.IsWhiteSpace(character) || character == ',')
        && IsStorable(label);

    // PostgreSQL takes no NUL, and no database takes half a character.
    private static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
            {
                return false;
            }

            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
