using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Automation;

/// <inheritdoc cref="IAssignmentStore"/>
public sealed class AssignmentStore(IDatabase database) : IAssignmentStore
{
    // Deciders of all policies wait for one another: a person may be in the teams of several.
    private const string Everybody = "";

    /// <inheritdoc/>
    public Task<AssignmentDecision> DecideAsync(
        AssignmentQuestion question,
        Func<WorkCounts, AssignmentDecided> decide,
        CancellationToken cancellation
    ) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                var turn = await TakeTurnAsync(db, question.Policy, token);
                var (ticket, position) = (question.Ticket.Value, question.Position);
                var row = await db.Assignments.FirstOrDefaultAsync(
                    r => r.TicketId == ticket && r.Position == position,
                    token
                );
                if (row is not null && !(row.RetryAt <= question.At.ToUnixTimeTicks()))
                {
                    return ToDecision(row);
                }

                var last = turn.PersonId is { } person ? new PersonId(person) : (PersonId?)null;
                var decided = decide(new WorkCounts(last, await CountAsync(db, question.People, token)));
                if (row is null)
                {
                    row = new AssignmentRow { TicketId = ticket, Position = position };
                    db.Assignments.Add(row);
                }

                row.Attempt++;
                row.PersonId = decided.Assignee?.Value;
                row.Decided = JsonSerializer.Serialize(decided, ServiceDeskJson.Stored);
                row.IsDone = false;
                row.RetryAt = null;
                row.At = question.At.ToUnixTimeTicks();
                turn.PersonId = decided.Assignee?.Value ?? turn.PersonId;
                await db.SaveChangesAsync(token);
                return ToDecision(row);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task DoneAsync(TicketId ticket, long position, Instant? retryAt, CancellationToken cancellation)
    {
        var retry = retryAt?.ToUnixTimeTicks();
        return database.WriteAsync(
            (db, token) =>
                db
                    .Assignments.Where(r => r.TicketId == ticket.Value && r.Position == position)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(r => r.IsDone, true).SetProperty(r => r.RetryAt, retry),
                        token
                    ),
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task WithdrawAsync(TicketId ticket, long position, CancellationToken cancellation) =>
        database.WriteAsync(
            (db, token) =>
                db
                    .Assignments.Where(r => r.TicketId == ticket.Value && r.Position == position && !r.IsDone)
                    .ExecuteDeleteAsync(token),
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(TicketId Ticket, long Position)>> DueAsync(
        Instant until,
        int limit,
        CancellationToken cancellation
    )
    {
        var ticks = until.ToUnixTimeTicks();
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .Assignments.AsNoTracking()
                .Where(r => r.RetryAt <= ticks)
                .OrderBy(r => r.RetryAt)
                .Take(limit)
                .Select(r => new { r.TicketId, r.Position })
                .ToListAsync(cancellation)
        );
        return rows.ConvertAll(row => (new TicketId(row.TicketId), row.Position));
    }

    /// <inheritdoc/>
    public Task<int> ForgetAsync(Instant before, CancellationToken cancellation)
    {
        var ticks = before.ToUnixTimeTicks();
        return database.WriteAsync(
            (db, token) =>
                db.Assignments.Where(r => r.At < ticks && r.IsDone && r.RetryAt == null).ExecuteDeleteAsync(token),
            cancellation
        );
    }

    // Writing the shared row first makes every other decider, on any node, wait until this one has committed.
    private static async Task<AssignmentTurnRow> TakeTurnAsync(
        ServiceDeskDb db,
        string policy,
        CancellationToken cancellation
    )
    {
        var written = await db
            .AssignmentTurns.Where(r => r.Policy == Everybody)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Turns, r => r.Turns + 1), cancellation);
        if (written == 0)
        {
            db.AssignmentTurns.Add(new AssignmentTurnRow { Policy = Everybody });
            await db.SaveChangesAsync(cancellation);
        }

        var turn = await db.AssignmentTurns.FirstOrDefaultAsync(r => r.Policy == policy, cancellation);
        if (turn is null)
        {
            turn = new AssignmentTurnRow { Policy = policy };
            db.AssignmentTurns.Add(turn);
        }

        turn.Turns++;
        return turn;
    }

    // What was decided and the ticket does not show yet counts as much as what it shows.
    private static async Task<IReadOnlyDictionary<PersonId, int>> CountAsync(
        ServiceDeskDb db,
        IReadOnlyCollection<PersonId> people,
        CancellationToken cancellation
    )
    {
        const int done = (int)StatusCategory.Done;
        var ids = people.Select(person => (long?)person.Value).ToArray();
        var open = await db
            .Tickets.Where(t => ids.Contains(t.AssigneeId) && t.Category < done)
            .GroupBy(t => t.AssigneeId)
            .Select(group => new { Person = group.Key, Count = group.Count() })
            .ToListAsync(cancellation);
        var coming = await db
            .Assignments.Where(a => !a.IsDone && ids.Contains(a.PersonId))
            .Where(a => !db.Tickets.Any(t => t.Id == a.TicketId && t.AssigneeId == a.PersonId))
            .GroupBy(a => a.PersonId)
            .Select(group => new { Person = group.Key, Count = group.Count() })
            .ToListAsync(cancellation);
        return open.Concat(coming)
            .GroupBy(one => new PersonId(one.Person!.Value))
            .ToDictionary(group => group.Key, group => group.Sum(one => one.Count));
    }

    private static AssignmentDecision ToDecision(AssignmentRow row) =>
        new(
            JsonSerializer.Deserialize<AssignmentDecided>(row.Decided, ServiceDeskJson.Stored)!,
            row.Attempt,
            row.IsDone
        );
}
