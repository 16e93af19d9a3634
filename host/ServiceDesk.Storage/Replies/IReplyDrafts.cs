using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Replies;

/// <summary>What people have begun to write on tickets: one reply and one note per person and ticket, each person's own.</summary>
public interface IReplyDrafts
{
    /// <summary>The person's drafts on a ticket, the reply first; also those that ended lately, so that other windows learn of it.</summary>
    Task<IReadOnlyList<ReplyDraft>> ReadAsync(PersonId person, TicketId ticket, CancellationToken cancellation);

    /// <summary>Keeps a text in place of what there was; an empty one throws the draft away.</summary>
    /// <param name="since">The revision that the writer knows, 0 for none; null writes over whatever there is.</param>
    /// <returns>Whether it was kept, and the draft as it then stands; null when there is none. It is not kept when the draft was changed since.</returns>
    Task<(bool IsKept, ReplyDraft? Draft)> SaveAsync(
        PersonId person,
        TicketId ticket,
        Visibility visibility,
        string text,
        int? since,
        Instant now,
        CancellationToken cancellation
    );

    /// <summary>Empties a draft that was sent or thrown away; one that is not there is no mistake. After one was sent, what was written before it and comes late is refused.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> EndAsync(
        PersonId person,
        TicketId ticket,
        Visibility visibility,
        DraftState state,
        Instant now,
        CancellationToken cancellation
    );

    /// <summary>Forgets what was last written, and what ended, before an instant.</summary>
    Task<int> ForgetAsync(Instant keptBefore, Instant endedBefore, CancellationToken cancellation);
}

/// <summary>What became of a draft.</summary>
public enum DraftState
{
    /// <summary>It is being written.</summary>
    Kept = 0,

    /// <summary>It was sent.</summary>
    Sent = 1,

    /// <summary>It was thrown away.</summary>
    Discarded = 2,
}

/// <summary>What a person has begun to write.</summary>
/// <param name="Visibility">For whom.</param>
/// <param name="Text">Markdown; empty when it ended.</param>
/// <param name="State">Whether it is still written.</param>
/// <param name="Revision">Counts every change, from 1.</param>
/// <param name="At">When it was changed last.</param>
public sealed record ReplyDraft(Visibility Visibility, string Text, DraftState State, int Revision, Instant At);
