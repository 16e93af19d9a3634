using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Portal;

namespace ServiceDesk.Host.Intake.Announcing;

/// <summary>
/// The one way to announcements, for pages and REST. Customers are told what stands for the desks that they may ask; who has
/// <see cref="Permissions.Announce"/> writes for the desks on which one works, and who may configure also for every desk.
/// </summary>
public sealed class AnnouncementDoor(IAnnouncements announcements, IClock clock)
{
    private const int LongestTitle = 200;
    private const int MostLanguages = 10;
    private static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);
    private const int LongestBody = 4000;

    /// <summary>What the viewer is told in the portal now: the gravest first.</summary>
    public Task<IReadOnlyList<Announcement>> StandingAsync(Viewer viewer, CancellationToken cancellation) =>
        announcements.StandingAsync([.. viewer.AskableDesks], clock.GetCurrentInstant(), cancellation);

    /// <summary>What the viewer sees of all times: the newest first. For who may not write announcements there are none.</summary>
    public async Task<IReadOnlyList<Announcement>> WrittenAsync(Viewer viewer, CancellationToken cancellation) =>
        viewer.May(Permissions.Announce) ? await announcements.OfAsync([.. viewer.Desks], cancellation) : [];

    /// <summary>One of those; null for none.</summary>
    public async Task<Announcement?> FindAsync(Viewer viewer, long id, CancellationToken cancellation) =>
        viewer.May(Permissions.Announce)
        && await announcements.FindAsync(id, cancellation) is { } found
        && (found.Text.Desk is not { } desk || viewer.WorksOn(desk))
            ? found
            : null;

    /// <summary>Whether the viewer may write for a desk.</summary>
    /// <param name="desk">Its key; null is every desk.</param>
    public static bool MayWrite(Viewer viewer, string? desk) =>
        viewer.May(Permissions.Announce) && (desk is null ? viewer.May(Permissions.Configure) : viewer.WorksOn(desk));

    /// <summary>Writes a new one, or changes one.</summary>
    /// <param name="id">The one to change; null writes a new one.</param>
    /// <param name="version">The version that the writer saw; null when it does not matter.</param>
    /// <returns>It as it is kept; else why not.</returns>
    public async Task<(Announcement? Saved, IReadOnlyList<Refusal> Refusals)> SaveAsync(
        Viewer viewer,
        long? id,
        int? version,
        AnnouncementText text,
        CancellationToken cancellation
    )
    {
        var current = id is { } known ? await FindAsync(viewer, known, cancellation) : null;
        if (id is not null && current is null)
        {
            return (null, [Unknown()]);
        }

        if (!viewer.May(Permissions.Announce) || (current is not null && !MayWrite(viewer, current.Text.Desk)))
        {
            return (null, [Refusal.Forbidden("announcements.not-yours")]);
        }

        var clean = Clean(text);
        if (Check(viewer, clean) is { Count: > 0 } refusals)
        {
            return (null, refusals);
        }

        var (me, now) = (viewer.Person.Id, clock.GetCurrentInstant());
        if (current is null)
        {
            return (await announcements.AddAsync(clean, me, now, cancellation), []);
        }

        return
            await announcements.ChangeAsync(current.Id, version ?? current.Version, clean, me, now, cancellation)
                is { } changed
            ? (changed, [])
            : (null, [Stale()]);
    }

    /// <summary>Takes one away; null when it is done, else why not.</summary>
    public async Task<Refusal?> RemoveAsync(Viewer viewer, long id, CancellationToken cancellation) =>
        await FindAsync(viewer, id, cancellation) is not { } found ? Unknown()
        : !MayWrite(viewer, found.Text.Desk) ? Refusal.Forbidden("announcements.not-yours")
        : await announcements.RemoveAsync(id, cancellation) ? null
        : Unknown();

    /// <summary>That there is none, for this viewer.</summary>
    public static Refusal Unknown() => Refusal.NotFound("announcements.unknown");

    private static Refusal Stale() => new(RefusalKind.Stale, "announcements.changed", []);

    // An empty text in one language is none.
    private static AnnouncementText Clean(AnnouncementText text) =>
        text with
        {
            Title = Clean(text.Title) ?? LocalizedText.Of(""),
            Body = Clean(text.Body),
        };

    private static LocalizedText? Clean(LocalizedText? text)
    {
        var texts = (text?.Texts ?? ValueMap<string>.Empty)
            .Where(entry => !string.IsNullOrWhiteSpace(entry.Value))
            .Aggregate(ValueMap<string>.Empty, (map, entry) => map.SetItem(entry.Key, entry.Value.Trim()));
        return texts.Count == 0 ? null : new LocalizedText(texts);
    }

    private static List<Refusal> Check(Viewer viewer, AnnouncementText text)
    {
        var refusals = new List<Refusal>();
        if (!MayWrite(viewer, text.Desk))
        {
            refusals.Add(Refusal.Invalid("announcements.desk-wrong", "desk"));
        }

        if (text.Title.Texts.Values.All(title => title.Length == 0) || IsTooLong(text.Title, LongestTitle))
        {
            refusals.Add(Refusal.Invalid("announcements.title-wrong", "title", $"{LongestTitle}"));
        }

        if (text.Body is { } body && IsTooLong(body, LongestBody))
        {
            refusals.Add(Refusal.Invalid("announcements.body-wrong", "body", $"{LongestBody}"));
        }

        if (!Enum.IsDefined(text.Level))
        {
            refusals.Add(Refusal.Invalid("announcements.level-wrong", "level"));
        }

        if (text.From < Earliest || text.From > Latest)
        {
            refusals.Add(Refusal.Invalid("announcements.moment-wrong", "from"));
        }

        if (text.Until > Latest)
        {
            refusals.Add(Refusal.Invalid("announcements.moment-wrong", "until"));
        }

        if (text.Until is { } until && until <= text.From)
        {
            refusals.Add(Refusal.Invalid("announcements.until-wrong", "until"));
        }

        return refusals;
    }

    private static bool IsTooLong(LocalizedText text, int most) =>
        text.Texts.Count > MostLanguages || text.Texts.Values.Any(one => one.Length > most);
}
