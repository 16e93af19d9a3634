using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Host.Sla;

/// <inheritdoc cref="IWorkingTime"/>
internal sealed class WorkingTime(ICurrentConfiguration current) : IWorkingTime
{
    public Duration Between(string? calendar, Instant from, Instant to) => Find(calendar).Between(from, to);

    public string Write(Duration duration, string? calendar) =>
        DurationText.Format(
            duration,
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            Find(calendar).IsRoundTheClock ? DurationDays.Of24Hours : DurationDays.None
        );

    private WorkingCalendar Find(string? calendar) =>
        calendar is not null && current.Snapshot.TryGet<CalendarDocument>(calendar, out var document)
            ? WorkingCalendar.Of(document)
            : WorkingCalendar.RoundTheClock;
}
