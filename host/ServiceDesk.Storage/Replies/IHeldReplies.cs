using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Replies;

/// <summary>
/// Replies that were sent and are held back for a moment, so that their writers can take them back. Each is either taken back
/// or sent, never both: who comes first decides it, in the database.
/// </summary>
public interface IHeldReplies
{
    /// <summary>Holds a reply.</summary>
    Task AddAsync(HeldReply reply, CancellationToken cancellation = default);

    /// <summary>The person's that wait, on whichever tickets; the earliest due first.</summary>
    Task<IReadOnlyList<HeldReply>> OfAsync(PersonId person, CancellationToken cancellation = default);

    /// <summary>Takes one of the person's back: in the same commit its text becomes the draft, in front of what was begun since.</summary>
    /// <returns>It as it was, and the draft's text; null when it is being sent or was sent, was taken back before, or is somebody else's.</returns>
    Task<(HeldReply Reply, string Text)?> TakeBackAsync(
        PersonId person,
        string token,
        Instant now,
        CancellationToken cancellation = default
    );

    /// <summary>Gives one back that cannot be sent, as if its writer had taken it back; one that is not there any more is no mistake.</summary>
    Task GiveBackAsync(string token, Instant now, CancellationToken cancellation = default);

    /// <summary>Those that are due, and those that somebody began to send and did not end; the earliest due first.</summary>
    Task<IReadOnlyList<HeldReply>> DueAsync(Instant now, int limit, CancellationToken cancellation = default);

    /// <summary>From now on it is sent and cannot be taken back any more.</summary>
    /// <returns>Whether it is still there.</returns>
    Task<bool> BeginAsync(string token, CancellationToken cancellation = default);

    /// <summary>It was sent: it is held no longer.</summary>
    Task EndAsync(string token, CancellationToken cancellation = default);

    /// <summary>When the next is due; null when none is held.</summary>
    Task<Instant?> NextAsync(CancellationToken cancellation = default);
}

/// <summary>A public reply that is held back.</summary>
/// <param name="Token">Unique for ever.</param>
/// <param name="Text">Markdown; may be empty where there are files.</param>
/// <param name="DueAt">When it is sent.</param>
public sealed record HeldReply(
    string Token,
    PersonId Person,
    TicketId Ticket,
    string Text,
    ValueList<AttachedFile> Files,
    Instant DueAt
);
