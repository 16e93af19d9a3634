using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Replies;

/// <inheritdoc cref="IReplyDrafts"/>
public sealed class ReplyDrafts(IDatabase database) : IReplyDrafts
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReplyDraft>> ReadAsync(
        PersonId person,
        TicketId ticket,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var (who, what) = (person.Value, ticket.Value);
        var rows = await Reading.AvailableAsync(() =>
            db
                .ReplyDrafts.AsNoTracking()
                .Where(row => row.PersonId == who && row.TicketId == what)
                .OrderBy(row => row.Visibility)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToDraft)];
    }

    /// <inheritdoc/>
    public Task<(bool IsKept, ReplyDraft? Draft)> SaveAsync(
        PersonId person,
        TicketId ticket,
        Visibility visibility,
        string text,
        int? since,
        Instant now,
        CancellationToken cancellation
    ) =>
        database.EnsureAsync<(bool, ReplyDraft?)>(
            async (db, token) =>
            {
                var own = Of(db, person, ticket, visibility);
                var state = text.Length == 0 ? DraftState.Discarded : DraftState.Kept;
                // The revision is compared where it is written, so that of two windows at once one is told.
                var met = since is { } known ? own.Where(row => row.Revision == known) : own;
                var isKept = await SetAsync(met, text, state, now, token) > 0;
                var row = await own.AsNoTracking().FirstOrDefaultAsync(token);
                if (row is null && text.Length > 0)
                {
                    row = RowOf(person, ticket, visibility, text, DraftState.Kept, (since ?? 0) + 1, now);
                    db.ReplyDrafts.Add(row);
                    await db.SaveChangesAsync(token);
                    isKept = true;
                }

                return (isKept || row is null, row is null ? null : ToDraft(row));
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> EndAsync(
        PersonId person,
        TicketId ticket,
        Visibility visibility,
        DraftState state,
        Instant now,
        CancellationToken cancellation
    ) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                var wasThere = await SetAsync(Of(db, person, ticket, visibility), "", state, now, token) > 0;
                if (!wasThere && state == DraftState.Sent)
                {
                    // What a window kept while it sent, and what arrives only now, must not come back as a draft.
                    db.ReplyDrafts.Add(RowOf(person, ticket, visibility, "", state, 1, now));
                    await db.SaveChangesAsync(token);
                }

                return wasThere;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<int> ForgetAsync(Instant keptBefore, Instant endedBefore, CancellationToken cancellation)
    {
        var (kept, ended) = (keptBefore.ToUnixTimeTicks(), endedBefore.ToUnixTimeTicks());
        return database.WriteAsync(
            (db, token) =>
                db
                    .ReplyDrafts.Where(row => row.At < kept || (row.State != (int)DraftState.Kept && row.At < ended))
                    .ExecuteDeleteAsync(token),
            cancellation
        );
    }

    private static ReplyDraftRow RowOf(
        PersonId person,
        TicketId ticket,
        Visibility visibility,
        string text,
        DraftState state,
        int revision,
        Instant now
    ) =>
        new()
        {
            PersonId = person.Value,
            TicketId = ticket.Value,
            Visibility = (int)visibility,
            Text = text,
            State = (int)state,
            Revision = revision,
            At = now.ToUnixTimeTicks(),
        };

    private static IQueryable<ReplyDraftRow> Of(
        ServiceDeskDb db,
        PersonId person,
        TicketId ticket,
        Visibility visibility
    )
    {
        var (who, what, whom) = (person.Value, ticket.Value, (int)visibility);
        return db.ReplyDrafts.Where(row => row.PersonId == who && row.TicketId == what && row.Visibility == whom);
    }

    private static Task<int> SetAsync(
        IQueryable<ReplyDraftRow> rows,
        string text,
        DraftState state,
        Instant now,
        CancellationToken cancellation
    )
    {
        var (word, at) = ((int)state, now.ToUnixTimeTicks());
        return rows.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.Text, text)
                    .SetProperty(row => row.State, word)
                    .SetProperty(row => row.Revision, row => row.Revision + 1)
                    .SetProperty(row => row.At, at),
            cancellation
        );
    }

    private static ReplyDraft ToDraft(ReplyDraftRow row) =>
        new(
            (Visibility)row.Visibility,
            row.Text,
            (DraftState)row.State,
            row.Revision,
            Instant.FromUnixTimeTicks(row.At)
        );
}
