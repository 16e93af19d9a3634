using System.Text;
using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Holidays;

/// <summary>Reads holidays from a file: iCalendar (ICS) or a table of comma-separated values, UTF-8 or Korean CP949. Never throws on what is in the bytes.</summary>
public static class HolidayFile
{
    /// <summary>The most bytes of a file.</summary>
    public const int Largest = 1024 * 1024;

    /// <summary>The most days or events of a file.</summary>
    public const int Most = 5000;

    private const int LongestName = 200;
    private const int Shown = 80;

    /// <summary>What the bytes hold.</summary>
    public static HolidayReading Read(byte[] bytes)
    {
        if (bytes.Length > Largest)
        {
            return HolidayReading.Refused("calendar.import-large");
        }

        if (Decode(bytes) is not { } text || text.Contains('\0', StringComparison.Ordinal))
        {
            return HolidayReading.Refused("calendar.import-no-text");
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return HolidayReading.Refused("calendar.import-empty");
        }

        return text.TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)
            ? IcsHolidays.Read(text)
            : CsvHolidays.Read(text);
    }

    /// <summary>Whether a day is one that calendars are made for.</summary>
    internal static bool IsNear(LocalDate date) => date.Year is >= 1900 and <= 2200;

    /// <summary>A name as it is kept: one line, not too long; null when nothing is left.</summary>
    internal static string? Name(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var plain = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return plain.Length switch
        {
            0 => null,
            > LongestName => plain[..LongestName],
            _ => plain,
        };
    }

    /// <summary>The name in the languages in which it is given; one alone is taken for Korean when it has a Korean letter.</summary>
    internal static LocalizedText? Names(string? name, string? korean)
    {
        var texts = ValueMap<string>.Empty;
        var isKorean = korean is null && name is not null && name.Any(letter => letter is >= '가' and <= '힣');
        if (name is not null)
        {
            texts = texts.SetItem(isKorean ? "ko" : "en", name);
        }

        if (korean is not null)
        {
            texts = texts.SetItem("ko", korean);
        }

        return texts.Count == 0 ? null : new LocalizedText(texts);
    }

    /// <summary>A line that is refused.</summary>
    internal static BadLine Bad(int line, string text, string code, params ReadOnlySpan<string> arguments) =>
        new(line, text.Length <= Shown ? text : text[..Shown] + "…", code, ValueList.Create(arguments));

    /// <summary>The text of bytes; null when they are none.</summary>
    public static string? Decode(byte[] bytes)
    {
        try
        {
            var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
            return bytes is [0xEF, 0xBB, 0xBF, ..]
                ? strict.GetString(bytes, 3, bytes.Length - 3)
                : strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // What is not UTF-8 is what Excel writes on a Korean Windows.
        }

        try
        {
            return CodePagesEncodingProvider
                .Instance.GetEncoding(949, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!
                .GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
