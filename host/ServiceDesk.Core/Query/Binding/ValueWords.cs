using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Reads durations, dates, moments, numbers and flags as people write them.</summary>
internal static class ValueWords
{
    private static readonly Duration Longest = Duration.FromDays(36_525);

    private static readonly LocalDatePattern[] Dates =
    [
        LocalDatePattern.CreateWithInvariantCulture("uuuu-M-d"),
        LocalDatePattern.CreateWithInvariantCulture("uuuu/M/d"),
        LocalDatePattern.CreateWithInvariantCulture("uuuu.M.d"),
    ];

    private static readonly LocalDateTimePattern[] Times =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-M-d H:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-M-d H:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu/M/d H:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-M-d'T'H:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-M-d'T'H:mm:ss"),
    ];

    private static readonly (string Word, int Seconds)[] Units =
    [
        ("시간", 3_600),
        ("주", 604_800),
        ("일", 86_400),
        ("분", 60),
        ("초", 1),
        ("w", 604_800),
        ("d", 86_400),
        ("h", 3_600),
        ("m", 60),
        ("s", 1),
    ];

    /// <summary><c>1d4h</c>, <c>-30m</c>, <c>1일 4시간</c> or ISO 8601 <c>PT8H</c>; a day is 24 hours. At most a hundred years.</summary>
    public static bool TryDuration(string text, out Duration duration)
    {
        var word = Folding.Fold(text.Trim());
        var negative = word.StartsWith('-');
        word = negative || word.StartsWith('+') ? word[1..] : word;
        duration = Duration.Zero;
        if (!(word.StartsWith('p') ? TryIso(word, out duration) : TryUnits(word, out duration)) || duration > Longest)
        {
            return false;
        }

        duration = negative ? -duration : duration;
        return true;
    }

    private static bool TryIso(string word, out Duration duration)
    {
        var parsed = PeriodPattern.NormalizingIso.Parse(word.ToUpperInvariant());
        duration = Duration.Zero;
        if (!parsed.TryGetValue(new PeriodBuilder().Build(), out var period) || period.Years != 0 || period.Months != 0)
        {
            return false;
        }

        if (Math.Abs((long)period.Days) > Longest.Days || Math.Abs(period.Hours) > Longest.Days * 24L)
        {
            return false;
        }

        duration = period.ToDuration();
        return duration >= Duration.Zero;
    }

    private static bool TryUnits(string word, out Duration duration)
    {
        duration = Duration.Zero;
        var seconds = 0L;
        var at = 0;
        while (at < word.Length)
        {
            var digits = at;
            while (digits < word.Length && char.IsAsciiDigit(word[digits]))
            {
                digits++;
            }

            var unit = Units.FirstOrDefault(one => word.AsSpan(digits).StartsWith(one.Word, StringComparison.Ordinal));
            if (digits == at || digits - at > 7 || unit.Word is null)
            {
                return false;
            }

            seconds += unit.Seconds * long.Parse(word.AsSpan(at, digits - at), CultureInfo.InvariantCulture);
            at = digits + unit.Word.Length;
            while (at < word.Length && word[at] == ' ')
            {
                at++;
            }
        }

        if (word.Length == 0 || seconds > Longest.TotalSeconds)
        {
            return false;
        }

        duration = Duration.FromSeconds(seconds);
        return true;
    }

    /// <summary>A date, a date with a time of day, an ISO instant, or a duration from now.</summary>
    public static bool TryMoment(string text, [NotNullWhen(true)] out MomentOperand? moment)
    {
        var word = text.Trim();
        moment =
            TryDate(word, out var date) ? new WholeDay(date)
            : TryLocal(word, out var local) ? new LocalMoment(local)
            : TryInstant(word, out var instant) ? new FixedMoment(instant)
            : TryDuration(word, out var offset) ? new FromNow(offset)
            : null;
        return moment is not null;
    }

    private static bool TryDate(string word, out LocalDate date)
    {
        foreach (var pattern in Dates)
        {
            if (pattern.Parse(word).TryGetValue(default, out date) && IsOrdinary(date))
            {
                return true;
            }
        }

        date = default;
        return false;
    }

    private static bool TryLocal(string word, out LocalDateTime local)
    {
        foreach (var pattern in Times)
        {
            if (pattern.Parse(word).TryGetValue(default, out local) && IsOrdinary(local.Date))
            {
                return true;
            }
        }

        local = default;
        return false;
    }

    private static bool TryInstant(string word, out Instant instant)
    {
        instant = default;
        if (!OffsetDateTimePattern.ExtendedIso.Parse(word.ToUpperInvariant()).TryGetValue(default, out var parsed))
        {
            return false;
        }

        instant = parsed.ToInstant();
        return IsOrdinary(parsed.Date);
    }

    private static bool IsOrdinary(LocalDate date) => date.Year is >= 1 and <= 9998;

    /// <summary>A decimal number with a point, such as <c>-3.5</c>.</summary>
    public static bool TryNumber(string text, out double number) =>
        double.TryParse(
            text.Trim(),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out number
        ) && double.IsFinite(number);

    /// <summary><c>true</c>, <c>yes</c>, <c>1</c> and their opposites, also in Korean.</summary>
    public static bool TryFlag(string text, out bool flag)
    {
        var word = Folding.Fold(text.Trim());
        flag = word is "true" or "yes" or "1" or "예" or "참";
        return flag || word is "false" or "no" or "0" or "아니오" or "거짓";
    }
}
