using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Json;

namespace ServiceDesk.Core.Sla;

/// <summary>Whether a duration is written with days.</summary>
public enum DurationDays
{
    /// <summary>A day is 24 hours: calendar time, and working time on a calendar that counts all time.</summary>
    Of24Hours = 1,

    /// <summary>Hours are the largest unit: working time, where nobody can tell whether a day means 8, 9 or 24 hours.</summary>
    None = 2,
}

/// <summary>Durations as people write them: <c>1d 4h</c>, <c>1일 4시간</c>, <c>-12m</c>, <c>40h 30m</c>.</summary>
public static class DurationText
{
    private static readonly (string Sign, long Nanoseconds)[] English =
    [
        ("d", NodaConstants.NanosecondsPerDay),
        ("h", NodaConstants.NanosecondsPerHour),
        ("m", NodaConstants.NanosecondsPerMinute),
        ("s", NodaConstants.NanosecondsPerSecond),
    ];

    private static readonly Duration Longest = Duration.FromDays(36_525);
    private static readonly string[] Korean = ["일", "시간", "분", "초"];

    private static readonly Dictionary<string, long> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["w"] = NodaConstants.NanosecondsPerWeek,
        ["week"] = NodaConstants.NanosecondsPerWeek,
        ["weeks"] = NodaConstants.NanosecondsPerWeek,
        ["주"] = NodaConstants.NanosecondsPerWeek,
        ["d"] = NodaConstants.NanosecondsPerDay,
        ["day"] = NodaConstants.NanosecondsPerDay,
        ["days"] = NodaConstants.NanosecondsPerDay,
        ["일"] = NodaConstants.NanosecondsPerDay,
        ["h"] = NodaConstants.NanosecondsPerHour,
        ["hour"] = NodaConstants.NanosecondsPerHour,
        ["hours"] = NodaConstants.NanosecondsPerHour,
        ["시간"] = NodaConstants.NanosecondsPerHour,
        ["m"] = NodaConstants.NanosecondsPerMinute,
        ["min"] = NodaConstants.NanosecondsPerMinute,
        ["minute"] = NodaConstants.NanosecondsPerMinute,
        ["minutes"] = NodaConstants.NanosecondsPerMinute,
        ["분"] = NodaConstants.NanosecondsPerMinute,
        ["s"] = NodaConstants.NanosecondsPerSecond,
        ["second"] = NodaConstants.NanosecondsPerSecond,
        ["seconds"] = NodaConstants.NanosecondsPerSecond,
        ["초"] = NodaConstants.NanosecondsPerSecond,
    };

    /// <summary>
    /// Writes a duration with its largest unit and those after it, <paramref name="units"/> in all, cut off towards zero;
    /// units of which there are none are left out. Negative with a hyphen-minus before it. Below a second it is <c>0m</c>.
    /// </summary>
    /// <param name="language"><c>ko</c>, else English.</param>
    public static string Format(Duration duration, string language, DurationDays days, int units = 2)
    {
        var isKorean = language == "ko";
        var left = duration < Duration.Zero ? -duration : duration;
        var parts = new List<string>(units);
        var end = English.Length;
        for (var i = days == DurationDays.Of24Hours ? 0 : 1; i < end; i++)
        {
            var unit = Duration.FromNanoseconds(English[i].Nanoseconds);
            var amount = (long)Math.Floor(left / unit);
            left -= unit * amount;
            if (amount > 0)
            {
                end = parts.Count == 0 ? Math.Min(end, i + units) : end;
                parts.Add(
                    string.Create(CultureInfo.InvariantCulture, $"{amount}{(isKorean ? Korean[i] : English[i].Sign)}")
                );
            }
        }

        if (parts.Count == 0)
        {
            return isKorean ? "0분" : "0m";
        }

        return (duration < Duration.Zero ? "-" : string.Empty) + string.Join(' ', parts);
    }

    /// <summary>
    /// Reads <c>1d 4h</c>, <c>90m</c>, <c>-2h</c>, <c>1일 4시간</c>, whole numbers with units in any order, each once, or ISO 8601
    /// (<c>PT4H</c>). A day is 24 hours, a week 7 days; at most 36,525 days.
    /// </summary>
    /// <returns>False for any other text; never throws.</returns>
    public static bool TryParse(string? text, out Duration duration)
    {
        if (IsoDuration.TryParse(text, out duration))
        {
            return true;
        }

        var rest = (text ?? string.Empty).Trim();
        var isNegative = rest.StartsWith('-') || rest.StartsWith('\u2212');
        if (rest.Length > 60 || !TrySum(isNegative ? rest[1..] : rest, out var sum) || sum > Longest)
        {
            return false;
        }

        duration = isNegative ? -sum : sum;
        return true;
    }

    private static bool TrySum(string text, out Duration sum)
    {
        sum = Duration.Zero;
        var seen = new HashSet<long>();
        var here = 0;
        while (here < text.Length)
        {
            here = Skip(text, here, char.IsWhiteSpace);
            var number = here;
            here = Skip(text, here, char.IsAsciiDigit);
            var digits = text[number..here];
            here = Skip(text, here, char.IsWhiteSpace);
            var word = here;
            here = Skip(text, here, char.IsLetter);
            if (digits.Length is 0 or > 9 || !Units.TryGetValue(text[word..here], out var unit) || !seen.Add(unit))
            {
                return false;
            }

            var amount = long.Parse(digits, CultureInfo.InvariantCulture);
            if (amount > Longest / Duration.FromNanoseconds(unit))
            {
                return false;
            }

            sum += Duration.FromNanoseconds(unit) * amount;
            here = Skip(text, here, char.IsWhiteSpace);
        }

        return seen.Count > 0;
    }

    private static int Skip(string text, int from, Func<char, bool> isPart)
    {
        while (from < text.Length && isPart(text[from]))
        {
            from++;
        }

        return from;
    }
}
