using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Portal;

/// <summary>What desks tell their customers in the portal.</summary>
public interface IAnnouncements
{
    /// <summary>The most that are told at once, and that are listed.</summary>
    const int Most = 100;

    /// <summary>Those for every desk and for these desks that stand at an instant: the gravest first, then the newest.</summary>
    Task<IReadOnlyList<Announcement>> StandingAsync(
        IReadOnlyCollection<string> desks,
        Instant at,
        CancellationToken cancellation = default
    );

    /// <summary>The newest of those for every desk and for these desks, whether they stand or not.</summary>
    Task<IReadOnlyList<Announcement>> OfAsync(
        IReadOnlyCollection<string> desks,
        CancellationToken cancellation = default
    );

    /// <summary>One of them; null for none.</summary>
    Task<Announcement?> FindAsync(long id, CancellationToken cancellation = default);

    /// <summary>Adds one.</summary>
    /// <returns>As it is kept.</returns>
    Task<Announcement> AddAsync(
        AnnouncementText text,
        PersonId by,
        Instant at,
        CancellationToken cancellation = default
    );

    /// <summary>Changes one that is still of this version; null when somebody changed it or took it away meanwhile.</summary>
    Task<Announcement?> ChangeAsync(
        long id,
        int version,
        AnnouncementText text,
        PersonId by,
        Instant at,
        CancellationToken cancellation = default
    );

    /// <summary>Takes one away; whether it was there.</summary>
    Task<bool> RemoveAsync(long id, CancellationToken cancellation = default);
}

/// <summary>How grave an announcement is.</summary>
public enum AnnouncementLevel
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Something will not be as usual, as by planned work.</summary>
    Warning,

    /// <summary>Something does not work: told at the top of every page of the portal.</summary>
    Outage,
}

/// <summary>What is told, to whom and how long.</summary>
/// <param name="Desk">The key of the desk whose customers are told; null for those of every desk.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Title">By language.</param>
/// <param name="Body">By language, Markdown; null for a title alone.</param>
/// <param name="From">From when it stands.</param>
/// <param name="Until">Until when; null until it is ended.</param>
public sealed record AnnouncementText(
    string? Desk,
    AnnouncementLevel Level,
    LocalizedText Title,
    LocalizedText? Body,
    Instant From,
    Instant? Until
)
{
    /// <summary>Whether it stands at an instant.</summary>
    public bool StandsAt(Instant at) => From <= at && (Until is not { } until || at < until);
}

/// <summary>An announcement that is kept.</summary>
/// <param name="Version">How often it was written, from 1.</param>
/// <param name="By">Who wrote it last.</param>
/// <param name="At">When.</param>
public sealed record Announcement(long Id, int Version, AnnouncementText Text, PersonId By, Instant At);
