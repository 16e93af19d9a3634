using System.Data.Common;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Dialects;

namespace ServiceDesk.Storage.Log;

/// <summary>
/// Several commits in one transaction. The single row of the log's head is locked first, so all that follows sees what
/// every earlier transaction committed: what stands in the way of a commit is read, not tried, and leaves the others alone.
/// </summary>
internal sealed class CommitBatch(Dialect dialect, IReadOnlyList<PreparedCommit> members)
{
    private readonly CommitOutcome[] outcomes = new CommitOutcome[members.Count];

    /// <exception cref="CommitUnknownException">The database failed while it committed: nobody knows whether it did.</exception>
    public async Task<CommitOutcome[]> RunAsync(WriteTurn turn)
    {
        // Once begun it is carried through: the members' own cancellation ended before.
        var cancellation = CancellationToken.None;
        await using var transaction = await turn.Connection.BeginTransactionAsync(cancellation);
        var found = await FindAsync(turn, transaction, cancellation);
        var going = Judge(found);
        if (going.Count == 0)
        {
            return outcomes;
        }

        var written = Write(going, found);
        var statements = dialect.Together(written).ToList();
        var ofCommits = statements.Count;
        foreach (var member in going.Select(index => members[index]))
        {
            if (member.Commit.Redaction is { } redaction)
            {
                statements.AddRange(
                    await RedactionStatements.OfAsync(member, redaction, turn, transaction, dialect, cancellation)
                );
            }
        }

        var counts = await turn.ExecuteAsync(transaction, statements, cancellation);
        var updates = Enumerable
            .Range(0, ofCommits)
            .Where(index => statements[index].Sql.StartsWith(TicketTables.Updates, StringComparison.Ordinal))
            .Sum(index => counts[index]);
        if (updates != written.Count(statement => statement.Sql == TicketTables.UpdateTicket))
        {
            throw new InvalidOperationException("A ticket changed although the log was locked.");
        }

        try
        {
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception error) when (error is DbException or IOException or InvalidOperationException)
        {
            throw new CommitUnknownException(error);
        }

        return outcomes;
    }

    private async Task<Found> FindAsync(WriteTurn turn, DbTransaction transaction, CancellationToken cancellation)
    {
        var tickets = Padded([.. members.Select(member => member.Ticket).Distinct()]);
        var changed = Padded([.. members.Where(m => !m.IsNew).Select(m => m.Ticket).Distinct()]);
        var keys = Padded([.. members.Select(m => m.IdempotencyKey).OfType<string>().Distinct(StringComparer.Ordinal)]);
        var ids = Padded([
            .. members.Select(m => m.TakesExternalId?.Id).OfType<string>().Distinct(StringComparer.Ordinal),
        ]);
        var statements = new List<Statement> { new(dialect.LockLogHead), TicketTables.ReadVersions(dialect, tickets) };
        Add(keys.Length > 0, () => TicketTables.ReadIdempotency(dialect, keys));
        Add(ids.Length > 0, () => TicketTables.ReadExternalIds(dialect, ids));
        Add(changed.Length > 0, () => TicketTables.ReadTimers(dialect, changed));
        if (changed.Length > 0)
        {
            statements.AddRange(TicketTables.Children.Select(table => table.Read(dialect, changed)));
        }

        var results = new Queue<List<object?[]>>(await turn.QueryAsync(transaction, statements, cancellation));
        return new Found(
            RowValues.Whole(results.Dequeue().Single()[0]),
            results.Dequeue().ToDictionary(row => RowValues.Whole(row[0]), row => RowValues.Whole(row[1])),
            keys.Length > 0 ? [.. results.Dequeue().Select(row => (string)row[0]!)] : [],
            ids.Length > 0
                ? results
                    .Dequeue()
                    .ToDictionary(row => ((string)row[0]!, (string)row[1]!), row => RowValues.Whole(row[2]))
                : [],
            changed.Length > 0 ? results.Dequeue().ToLookup(row => RowValues.Whole(row[0])) : Found.Nothing,
            [
                .. TicketTables.Children.Select(_ =>
                    changed.Length > 0 ? results.Dequeue().ToLookup(row => RowValues.Whole(row[0])) : Found.Nothing
                ),
            ]
        );

        void Add(bool needed, Func<Statement> statement)
        {
            if (needed)
            {
                statements.Add(statement());
            }
        }
    }

    private List<int> Judge(Found found)
    {
        var going = new List<int>();
        for (var index = 0; index < members.Count; index++)
        {
            var member = members[index];
            var status =
                member.IdempotencyKey is { } key && found.Keys.Contains(key) ? CommitStatus.Repeated
                : found.Versions.GetValueOrDefault(member.Ticket) != member.ExpectedVersion ? CommitStatus.Conflict
                : member.TakesExternalId is { } id
                && found.ExternalIds.TryGetValue(id, out var holder)
                && holder != member.Ticket
                    ? CommitStatus.Taken
                : CommitStatus.Committed;
            if (status != CommitStatus.Committed || going.Exists(other => members[other].Ticket == member.Ticket))
            {
                // Of two commits to one ticket in a batch the second decided on what the first now changes.
                outcomes[index] = new CommitOutcome(
                    status == CommitStatus.Committed ? CommitStatus.Conflict : status,
                    0
                );
                continue;
            }

            going.Add(index);
            if (member.IdempotencyKey is { } taken)
            {
                found.Keys.Add(taken);
            }

            if (member.TakesExternalId is { } externalId)
            {
                found.ExternalIds[externalId] = member.Ticket;
            }
        }

        return going;
    }

    private List<Statement> Write(List<int> going, Found found)
    {
        // What refers to a ticket comes after it, also where the statements of several commits are put together.
        var opened = new List<Statement>();
        var others = new List<Statement>();
        var head = found.Head;
        foreach (var index in going)
        {
            var member = members[index];
            outcomes[index] = new CommitOutcome(CommitStatus.Committed, head + 1);
            (member.IsNew ? opened : others).AddRange(CommitStatements.Of(member, head, dialect, found));
            head += member.EventCount;
        }

        return [.. opened, .. others, new Statement(TicketTables.MoveHead, head)];
    }

    // Few lengths of lists make few different statements, so that prepared ones are found again.
    private static T[] Padded<T>(T[] items)
    {
        if (items.Length == 0)
        {
            return items;
        }

        var length = 1;
        while (length < items.Length)
        {
            length *= 4;
        }

        return [.. items, .. Enumerable.Repeat(items[^1], length - items.Length)];
    }
}

/// <summary>What the database held when the log was locked.</summary>
internal sealed record Found(
    long Head,
    Dictionary<long, long> Versions,
    HashSet<string> Keys,
    Dictionary<(string Desk, string Id), long> ExternalIds,
    ILookup<long, object?[]> Timers,
    ILookup<long, object?[]>[] Children
)
{
    public static readonly ILookup<long, object?[]> Nothing = Array.Empty<object?[]>().ToLookup(_ => 0L);
}

/// <summary>The database failed while it committed.</summary>
internal sealed class CommitUnknownException(Exception inner)
    : Exception("The outcome of a commit is unknown: " + inner.Message, inner);
