using System.Globalization;
using System.Text.Json;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Notifications;

/// <summary>Of what a person is told only as long as the person likes it.</summary>
public enum NoticeKind
{
    /// <summary>A ticket was given to the person.</summary>
    Assigned = 1,

    /// <summary>A ticket that nobody has came to a team of the person.</summary>
    Team = 2,

    /// <summary>A customer wrote on a ticket that the person has.</summary>
    Answered = 3,

    /// <summary>Something happened on a ticket that the person watches.</summary>
    Watched = 4,

    /// <summary>The desk wrote on a request of the person.</summary>
    Desk = 5,
}

/// <summary>Which kinds of notices each person likes. Who never chose has the usual ones: all but those of the team, which are many.</summary>
public sealed class NoticeChoices(ISettingStore settings)
{
    private const string Owner = "notices";

    /// <summary>The kinds that somebody can choose among: those of work for who works on tickets, that of the own requests for everybody.</summary>
    public static IReadOnlyList<NoticeKind> For(Viewer viewer) =>
        viewer.May(Permissions.WorkTickets) ? Enum.GetValues<NoticeKind>() : [NoticeKind.Watched, NoticeKind.Desk];

    /// <summary>The word of a kind, as REST and pages write it.</summary>
    public static string WordOf(NoticeKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kinds that the person likes. A kind that is new since the person chose is as usual.</summary>
    public async Task<IReadOnlySet<NoticeKind>> OfAsync(PersonId person, CancellationToken cancellation) =>
        Liked(await settings.FindAsync(Owner, NameOf(person), cancellation));

    /// <summary>The same of several people, asked at once: a team may have hundreds of them.</summary>
    public async Task<IReadOnlyDictionary<PersonId, IReadOnlySet<NoticeKind>>> OfAsync(
        IReadOnlyCollection<PersonId> people,
        CancellationToken cancellation
    )
    {
        var stored = await settings.FindAsync(Owner, [.. people.Select(NameOf)], cancellation);
        return people.ToDictionary(person => person, person => Liked(stored.GetValueOrDefault(NameOf(person))));
    }

    /// <summary>Keeps what the person chose of some kinds; the others stay as they are.</summary>
    public async Task SaveAsync(
        PersonId person,
        IReadOnlyDictionary<NoticeKind, bool> chosen,
        CancellationToken cancellation
    )
    {
        var now = await OfAsync(person, cancellation);
        var all = Enum.GetValues<NoticeKind>()
            .ToDictionary(WordOf, kind => chosen.TryGetValue(kind, out var likes) ? likes : now.Contains(kind));
        await settings.SaveAsync(Owner, NameOf(person), JsonSerializer.Serialize(all), person, cancellation);
    }

    private static IReadOnlySet<NoticeKind> Liked(StoredSetting? stored)
    {
        var chosen = stored is null ? [] : JsonSerializer.Deserialize<Dictionary<string, bool>>(stored.Json)!;
        return Enum.GetValues<NoticeKind>()
            .Where(kind => chosen.TryGetValue(WordOf(kind), out var likes) ? likes : kind != NoticeKind.Team)
            .ToHashSet();
    }

    private static string NameOf(PersonId person) => person.Value.ToString(CultureInfo.InvariantCulture);
}
