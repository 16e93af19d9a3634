using System.Globalization;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Times;

/// <summary>Writes moments and dates for the reader of this request: in the reader's zone and language.</summary>
public sealed class ReaderTimes(IHttpContextAccessor request, IClock clock, IDateTimeZoneProvider zones, ITexts texts)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Korean = CultureInfo.GetCultureInfo("ko");
    private static readonly Duration Week = Duration.FromDays(7);

    /// <summary>Now, so that a page tells one time throughout.</summary>
    public Instant Now { get; } = clock.GetCurrentInstant();

    /// <summary>The reader's zone; UTC for strangers and for a zone that this machine does not know.</summary>
    public DateTimeZone Zone =>
        zones.GetZoneOrNull(request.HttpContext?.FindViewer()?.Person.Zone ?? "UTC") ?? DateTimeZone.Utc;

    private static bool IsKorean => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ko";

    /// <summary>Day and minute; without the year in the current year when <paramref name="isShort"/>.</summary>
    public string Moment(Instant instant, bool isShort = false)
    {
        var local = TypedMoment.Within(instant).InZone(Zone);
        var hasYear = !isShort || local.Year != Now.InZone(Zone).Year;
        return IsKorean
            ? Write(local.LocalDateTime, hasYear ? "uuuu'년' M'월' d'일' HH':'mm" : "M'월' d'일' HH':'mm", Korean)
            : Write(local.LocalDateTime, hasYear ? "d MMM uuuu, HH':'mm" : "d MMM, HH':'mm", English);
    }

    /// <summary>The moment in full, with weekday and zone, for tooltips and print.</summary>
    public string Full(Instant instant)
    {
        var local = TypedMoment.Within(instant).InZone(Zone);
        var text = IsKorean
            ? Write(local.LocalDateTime, "uuuu'년' M'월' d'일' (ddd) HH':'mm", Korean)
            : Write(local.LocalDateTime, "ddd, d MMM uuuu, HH':'mm", English);
        return $"{text} ({Zone.Id})";
    }

    /// <summary>A date.</summary>
    public static string Date(LocalDate date) =>
        IsKorean
            ? LocalDatePattern.Create("uuuu'년' M'월' d'일'", Korean).Format(date)
            : LocalDatePattern.Create("d MMM uuuu", English).Format(date);

    /// <summary>How long ago or until; from a week on the moment itself.</summary>
    public string Relative(Instant instant)
    {
        var difference = instant - Now;
        var size = difference < Duration.Zero ? -difference : difference;
        if (size < Duration.FromMinutes(1))
        {
            return texts["common.now"];
        }

        if (size >= Week)
        {
            return Moment(instant, isShort: true);
        }

        var (unit, count) =
            size < Duration.FromHours(1) ? ("minute", (int)size.TotalMinutes)
            : size < Duration.FromDays(1) ? ("hour", (int)size.TotalHours)
            : ("day", (int)size.TotalDays);
        var tense = difference < Duration.Zero ? "ago" : "in";
        var number = count == 1 ? "one" : "many";
        return texts.Format($"common.{tense}-{unit}-{number}", count.ToString(CultureInfo.CurrentCulture));
    }

    private static string Write(LocalDateTime time, string pattern, CultureInfo culture) =>
        LocalDateTimePattern.Create(pattern, culture).Format(time);
}
