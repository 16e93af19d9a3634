using NodaTime;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Portal;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>What the demo's desks tell their customers: planned work of IT support.</summary>
internal sealed class DemoAnnouncements(IAnnouncements announcements, IPeopleStore people, Instant now)
{
    /// <summary>Enters it.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var author = await people.FindByEmailAsync(DemoAccounts.Email("minsu.kim"), cancellation);
        var text = new AnnouncementText(
            "ITSD",
            AnnouncementLevel.Warning,
            LocalizedText.Of("Mail pauses on Saturday, 22:00 to 24:00", "토요일 22~24시 메일 서버 점검"),
            LocalizedText.Of(
                "Mail that comes meanwhile is delivered afterwards. Nothing needs to be done.",
                "점검 중 온 메일은 점검이 끝나면 받을 수 있습니다. 따로 하실 일은 없습니다."
            ),
            now,
            now + Duration.FromDays(7)
        );
        await announcements.AddAsync(text, author!.Id, now, cancellation);
    }
}
