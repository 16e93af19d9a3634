using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Replies;

/// <inheritdoc cref="IHeldReplies"/>
public sealed class HeldReplies(IDatabase database) : IHeldReplies
{
    private const int Waits = 0;
    private const int Sends = 1;

    /// <inheritdoc/>
    public Task AddAsync(HeldReply reply, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, token) =>
            {
                db.HeldReplies.Add(
                    new HeldReplyRow
                    {
                        Token = reply.Token,
                        PersonId = reply.Person.Value,
                        TicketId = reply.Ticket.Value,
                        Text = reply.Text,
                        Files = JsonSerializer.Serialize(reply.Files, ServiceDeskJson.Stored),
                        DueAt = reply.DueAt.ToUnixTimeTicks(),
                    }
                );
                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeldReply>> OfAsync(PersonId person, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var who = person.Value;
        var rows = await Reading.AvailableAsync(() =>
            db
                .HeldReplies.AsNoTracking()
                .Where(row => row.PersonId == who && row.State == Waits)
                .OrderBy(row => row.DueAt)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToReply)];
    }

    /// <inheritdoc/>
    public Task<(HeldReply Reply, string Text)?> TakeBackAsync(
        PersonId person,
        string token,
        Instant now,
        CancellationToken cancellation = default
    )
    {
        var who = person.Value;
        return database.EnsureAsync(
            (db, stop) =>
                ToDraftAsync(
                    db,
                    db.HeldReplies.Where(row => row.Token == token && row.PersonId == who && row.State == Waits),
                    now,
                    stop
                ),
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task GiveBackAsync(string token, Instant now, CancellationToken cancellation = default) =>
        database.EnsureAsync(
            (db, stop) => ToDraftAsync(db, db.HeldReplies.Where(row => row.Token == token), now, stop),
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeldReply>> DueAsync(
        Instant now,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var ticks = now.ToUnixTimeTicks();
        var rows = await Reading.AvailableAsync(() =>
            db
                .HeldReplies.AsNoTracking()
                .Where(row => row.DueAt <= ticks)
                .OrderBy(row => row.DueAt)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToReply)];
    }

    /// <inheritdoc/>
    public Task<bool> BeginAsync(string token, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, stop) =>
                await db
                    .HeldReplies.Where(row => row.Token == token)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, Sends), stop) > 0,
            cancellation
        );

    /// <inheritdoc/>
    public Task EndAsync(string token, CancellationToken cancellation = default) =>
        database.WriteAsync(
            (db, stop) => db.HeldReplies.Where(row => row.Token == token).ExecuteDeleteAsync(stop),
            cancellation
        );

    /// <inheritdoc/>
    public async Task<Instant?> NextAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var next = await Reading.AvailableAsync(() =>
            db.HeldReplies.AsNoTracking().MinAsync(row => (long?)row.DueAt, cancellation)
        );
        return next is { } ticks ? Instant.FromUnixTimeTicks(ticks) : null;
    }

    // Whoever deletes the row has the reply: the sender asks the same one.
    private static async Task<(HeldReply Reply, string Text)?> ToDraftAsync(
        ServiceDeskDb db,
        IQueryable<HeldReplyRow> rows,
        Instant now,
        CancellationToken cancellation
    )
    {
        var row = await rows.AsNoTracking().FirstOrDefaultAsync(cancellation);
        if (row is null || await rows.ExecuteDeleteAsync(cancellation) == 0)
        {
            return null;
        }

        var draft = await db.ReplyDrafts.FirstOrDefaultAsync(
            one =>
                one.PersonId == row.PersonId
                && one.TicketId == row.TicketId
                && one.Visibility == (int)Visibility.Public,
            cancellation
        );
        if (draft is null)
        {
            draft = new ReplyDraftRow
            {
                PersonId = row.PersonId,
                TicketId = row.TicketId,
                Visibility = (int)Visibility.Public,
            };
            db.ReplyDrafts.Add(draft);
        }

        draft.Text = draft.Text.Length == 0 || draft.Text == row.Text ? row.Text : $"{row.Text}\n\n{draft.Text}";
        draft.State = (int)DraftState.Kept;
        draft.Revision++;
        draft.At = now.ToUnixTimeTicks();
        await db.SaveChangesAsync(cancellation);
        return (ToReply(row), draft.Text);
    }

    private static HeldReply ToReply(HeldReplyRow row) =>
        new(
            row.Token,
            new PersonId(row.PersonId),
            new TicketId(row.TicketId),
            row.Text,
            JsonSerializer.Deserialize<ValueList<AttachedFile>>(row.Files, ServiceDeskJson.Stored)!,
            Instant.FromUnixTimeTicks(row.DueAt)
        );
}
