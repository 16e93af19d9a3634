using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Core.Sla;

/// <summary>A calendar in the version that a clock counts with.</summary>
public sealed record PinnedCalendar(DocumentVersion Version, WorkingCalendar Calendar)
{
    /// <summary>The calendar with an id in its newest version, to pin it.</summary>
    public static PinnedCalendar Newest(IConfiguration configuration, string id) =>
        At(configuration, new DocumentVersion(id, configuration.VersionOf<CalendarDocument>(id)));

    /// <summary>The calendar that a clock pinned. One that never existed counts all time, so that no promise stands still.</summary>
    public static PinnedCalendar At(IConfiguration configuration, DocumentVersion version) =>
        new(
            version,
            configuration.AtVersion<CalendarDocument>(version.Id, version.Version) is { } document
                ? WorkingCalendar.Of(document)
                : WorkingCalendar.RoundTheClock
        );
}
