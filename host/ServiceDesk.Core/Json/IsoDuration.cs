using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;

namespace ServiceDesk.Core.Json;

/// <summary>Durations as ISO 8601 writes them (<c>PT8H</c>, <c>PT1H30M</c>). Written with hours as the largest unit, since a working day is no fixed time; read with weeks and days of 24 hours too.</summary>
public static partial class IsoDuration
{
    private const int MaximumLength = 64;
    private static readonly Duration Longest = Duration.FromDays(36_525);

    /// <summary>Reads a duration of at most a hundred years.</summary>
    /// <returns>False when <paramref name="text"/> is none; never throws.</returns>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = Duration.Zero;
        if (text is null || text.Length > MaximumLength || Notation().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var parts = match.Groups.Values.Skip(2).Where(group => group.Success && group.Name != "T").ToList();
        if (parts.Count == 0 || text.EndsWith('T'))
        {
            return false;
        }

        var seconds = 0m;
        foreach (var part in parts)
        {
            if (
                !decimal.TryParse(
                    part.ValueSpan,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var n
                )
            )
            {
                return false;
            }

            seconds += Math.Min(n, 10_000_000_000m) * SecondsIn(part.Name);
        }

        if (seconds > (decimal)Longest.TotalSeconds)
        {
            return false;
        }

        var length = Duration.FromTicks((long)(seconds * NodaConstants.TicksPerSecond));
        duration = text[0] == '-' ? -length : length;
        return true;
    }

    /// <summary>Writes a duration, exact to 100 ns.</summary>
    public static string Format(Duration duration)
    {
        var ticks = duration.BclCompatibleTicks;
        var text = new StringBuilder(ticks < 0 ? "-PT" : "PT");
        var rest = ticks < 0 ? -(decimal)ticks : ticks;
        var hours = decimal.Floor(rest / NodaConstants.TicksPerHour);
        rest -= hours * NodaConstants.TicksPerHour;
        var minutes = decimal.Floor(rest / NodaConstants.TicksPerMinute);
        rest -= minutes * NodaConstants.TicksPerMinute;
        Append(text, hours, 'H');
        Append(text, minutes, 'M');
        Append(text, rest / NodaConstants.TicksPerSecond, 'S');
        return ticks == 0 ? "PT0S" : text.ToString();
    }

    private static void Append(StringBuilder text, decimal amount, char unit)
    {
        if (amount != 0)
        {
            text.Append(amount.ToString("0.#######", CultureInfo.InvariantCulture)).Append(unit);
        }
    }

    private static decimal SecondsIn(string unit) =>
        unit switch
        {
            "W" => 7 * NodaConstants.SecondsPerDay,
            "D" => NodaConstants.SecondsPerDay,
            "H" => NodaConstants.SecondsPerHour,
            "M" => NodaConstants.SecondsPerMinute,
            _ => 1,
        };

    [GeneratedRegex(
        @"^(?<sign>-)?P(?:(?<W>\d+(?:\.\d+)?)W)?(?:(?<D>\d+(?:\.\d+)?)D)?(?<T>T(?:(?<H>\d+(?:\.\d+)?)H)?(?:(?<M>\d+(?:\.\d+)?)M)?(?:(?<S>\d+(?:\.\d+)?)S)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Notation();
}
