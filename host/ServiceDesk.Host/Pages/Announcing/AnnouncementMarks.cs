using ServiceDesk.Storage.Portal;

namespace ServiceDesk.Host.Pages.Announcing;

/// <summary>How grave an announcement looks.</summary>
public static class AnnouncementMarks
{
    /// <summary>Its tone and its icon.</summary>
    public static (string Tone, string Icon) Of(AnnouncementLevel level) =>
        level switch
        {
            AnnouncementLevel.Outage => ("tone-red", "alert-octagon"),
            AnnouncementLevel.Warning => ("tone-amber", "alert-triangle"),
            _ => ("tone-blue", "info-circle"),
        };
}
