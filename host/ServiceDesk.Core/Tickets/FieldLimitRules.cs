using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDesk.Core.Files;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What values of a field must keep to besides being of its kind.</summary>
internal static class FieldLimitRules
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Null when the value is within the limits of the field.</summary>
    public static Refusal? Within(FieldDocument field, FieldValue value, string name) =>
        (field.Limits, value) switch
        {
            (_, FilesValue files) => Files(field, files.Files, name),
            (null, _) => null,
            ({ } limits, NumberValue number) => Number(limits, number.Number, name),
            ({ } limits, TextValue text) => Text(limits, field, text.Text, name),
            _ => null,
        };

    /// <summary>Whether a pattern is one that is read in linear time, however hostile the text.</summary>
    public static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(Whole(pattern), RegexOptions.NonBacktracking, Patience);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static Refusal? Number(FieldLimits limits, decimal number, string name) =>
        number switch
        {
            _ when number < limits.Min => Refusal.Invalid(RefusalCodes.FieldTooSmall, name, Shown(limits.Min.Value)),
            _ when number > limits.Max => Refusal.Invalid(RefusalCodes.FieldTooGreat, name, Shown(limits.Max.Value)),
            _ => null,
        };

    private static Refusal? Files(FieldDocument field, ValueList<AttachedFile> files, string name)
    {
        var types = field.Limits?.FileTypes ?? [];
        return files.Count > field.MostFiles
                ? Refusal.Invalid(RefusalCodes.FieldFilesTooMany, name, Shown(field.MostFiles))
            : types.Count > 0
            && files.FirstOrDefault(file => !types.Contains(FileRuling.EndingOf(file.Name))) is { } other
                ? Refusal.Invalid(
                    RefusalCodes.FileTypeNotAllowed,
                    name,
                    TextRules.Shown(other.Name),
                    string.Join(", ", types)
                )
            : null;
    }

    private static Refusal? Text(FieldLimits limits, FieldDocument field, string text, string name)
    {
        var length = text.Trim().Length;
        return length switch
        {
            _ when length < limits.MinLength => Refusal.Invalid(
                RefusalCodes.TextTooShort,
                name,
                Shown(limits.MinLength.Value)
            ),
            _ when length > limits.MaxLength => Refusal.Invalid(
                RefusalCodes.TextTooLong,
                name,
                Shown(limits.MaxLength.Value)
            ),
            _ when limits.Pattern is { } pattern && !Matches(pattern, text.Trim()) => Mismatch(limits, field, name),
            _ => null,
        };
    }

    // The administrator's own sentence goes along in both languages; the sentence of the code takes the one of its own.
    private static Refusal Mismatch(FieldLimits limits, FieldDocument field, string name) =>
        limits.Sentence is { } sentence
            ? Refusal.Invalid(RefusalCodes.FieldSays, name, sentence.In("en"), sentence.In("ko"))
            : Refusal.Invalid(RefusalCodes.FieldPattern, name, field.Id);

    // A text that takes too long is as good as one that does not match; without backtracking only one beyond measure does.
    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, Whole(pattern), RegexOptions.NonBacktracking, Patience);
        }
        catch (Exception exception)
            when (exception is RegexMatchTimeoutException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Whole(string pattern) => $@"\A(?:{pattern})\z";

    private static string Shown(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
