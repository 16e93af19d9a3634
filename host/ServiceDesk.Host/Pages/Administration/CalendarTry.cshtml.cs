using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Calendars;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Tries a calendar out: when is it due, how much lies between, and why, segment by segment. Times are those of the calendar's zone.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class CalendarTryModel(
    ICurrentConfiguration configuration,
    IClock clock,
    ITexts texts,
    CalendarWords words
) : PageModel
{
    /// <summary>The most segments that are shown.</summary>
    public const int Most = 500;

    private static readonly LocalDateTimePattern Typed = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu'-'MM'-'dd'T'HH':'mm"
    );

    private static readonly ZoneLocalMappingResolver Lenient = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier,
        Resolvers.ReturnForwardShifted
    );

    private readonly Dictionary<string, string> wrong = new(StringComparer.Ordinal);

    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "duration")]
    public string? Span { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    /// <summary><c>due</c> or <c>elapsed</c>; null when nothing was asked.</summary>
    [BindProperty(SupportsGet = true, Name = "ask")]
    public string? Ask { get; set; }

    public CalendarDocument Calendar { get; private set; } = null!;

    /// <summary>The end of what is told; null when nothing is.</summary>
    public Instant? End { get; private set; }

    /// <summary>Working time until then.</summary>
    public Duration Working { get; private set; }

    public IReadOnlyList<CalendarSegment> Segments { get; private set; } = [];

    /// <summary>Whether there are more segments than are shown.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether a time was typed that the clock on the wall skips or shows twice.</summary>
    public bool IsMoved { get; private set; }

    /// <summary>Whether the answer lies in years of which not all days are known.</summary>
    public bool IsUnknown { get; private set; }

    public CalendarWords Words => words;

    private WorkingCalendar Counting => WorkingCalendar.Of(Calendar);

    /// <summary>What is wrong with an input.</summary>
    public string? Wrong(string input) => wrong.GetValueOrDefault(input);

    /// <summary>A moment on the wall clock of the calendar.</summary>
    public string Moment(Instant instant)
    {
        var local = instant.InZone(Counting.Zone);
        return $"{words.Date(local.Date)} {local.TimeOfDay.ToString("HH:mm", null)} ({local.Offset})";
    }

    public IActionResult OnGet()
    {
        if (!configuration.Snapshot.TryGet<CalendarDocument>(Id, out var found))
        {
            return NotFound();
        }

        Calendar = found;
        From ??= Typed.Format(clock.GetCurrentInstant().InZone(Counting.Zone).LocalDateTime);
        switch (Ask)
        {
            case "due":
                TellDue();
                break;
            case "elapsed":
                TellElapsed();
                break;
        }

        if (wrong.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }

    private void TellDue()
    {
        var from = Read("from", From);
        if (!DurationText.TryParse(Span, out var duration) || duration < Duration.Zero)
        {
            wrong["duration"] = texts["calendar.duration-wrong"];
        }

        if (from is { } begin && wrong.Count == 0)
        {
            if (Counting.Add(begin, duration) is { } due)
            {
                Tell(begin, due);
            }
            else
            {
                wrong["duration"] = texts.Format("sla.due-unreachable", Calendar.Name.ToString());
            }
        }
    }

    private void TellElapsed()
    {
        var (from, to) = (Read("from", From), Read("to", To));
        if (from > to)
        {
            wrong["to"] = texts["sla.span-backwards"];
        }
        else if (from is { } begin && to is { } end)
        {
            Tell(begin, end);
        }
    }

    private void Tell(Instant from, Instant to)
    {
        var segments = Counting.Segments(from, to).Take(Most + 1).ToList();
        IsCut = segments.Count > Most;
        Segments = IsCut ? segments[..Most] : segments;
        Working = Counting.Between(from, to);
        End = to;
        IsUnknown = Counting.KnownUntil is { } last && to.InZone(Counting.Zone).Year > last;
    }

    private Instant? Read(string input, string? text)
    {
        if (
            !Typed.Parse(text ?? "").TryGetValue(default, out var local)
            || local.Year is < CalendarYearModel.First or > CalendarYearModel.Last
        )
        {
            wrong[input] = texts["calendar.moment-wrong"];
            return null;
        }

        IsMoved |= Counting.Zone.MapLocal(local).Count != 1;
        return local.InZone(Counting.Zone, Lenient).ToInstant();
    }
}
