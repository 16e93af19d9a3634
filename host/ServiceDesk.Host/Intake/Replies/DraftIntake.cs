using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Replies;

namespace ServiceDesk.Host.Intake.Replies;

/// <summary>
/// Keeps what agents are writing on tickets of their desks. A draft is its writer's alone: it is read and written under the own
/// name only, and stands in no log, search or history.
/// </summary>
public sealed class DraftIntake(IReplyDrafts drafts, IClock clock)
{
    /// <summary>The viewer's drafts on a ticket that the viewer works on.</summary>
    public Task<IReadOnlyList<ReplyDraft>> ReadAsync(
        Viewer viewer,
        TicketState ticket,
        CancellationToken cancellation
    ) => drafts.ReadAsync(viewer.Person.Id, ticket.Id, cancellation);

    /// <summary>Keeps a text, or says why not.</summary>
    /// <param name="since">The revision that the writer knows; null writes over whatever there is.</param>
    /// <returns>A refusal, or the draft as it stands, and whether the text was kept.</returns>
    public async Task<(Refusal? Refusal, bool IsKept, ReplyDraft? Draft)> SaveAsync(
        Viewer viewer,
        TicketState ticket,
        Visibility visibility,
        string text,
        int? since,
        CancellationToken cancellation
    )
    {
        if (DraftRules.Of(text) is { } refusal)
        {
            return (refusal, false, null);
        }

        var (isKept, draft) = await drafts.SaveAsync(
            viewer.Person.Id,
            ticket.Id,
            visibility,
            text,
            since,
            clock.GetCurrentInstant(),
            cancellation
        );
        return (null, isKept, draft);
    }

    /// <summary>The draft was sent, or thrown away.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> EndAsync(
        Viewer viewer,
        TicketState ticket,
        Visibility visibility,
        DraftState state,
        CancellationToken cancellation
    ) => drafts.EndAsync(viewer.Person.Id, ticket.Id, visibility, state, clock.GetCurrentInstant(), cancellation);
}
