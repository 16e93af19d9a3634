using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <inheritdoc cref="ISlaCorrectionStore"/>
public sealed class SlaCorrectionStore(IDatabase database) : ISlaCorrectionStore
{
    private const int Waiting = (int)ProposalState.Waiting;

    /// <inheritdoc/>
    public Task<SlaProposal> AddAsync(SlaProposal proposal, CancellationToken cancellation) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var row = new SlaCorrectionRow
                {
                    TicketId = proposal.Ticket.Value,
                    Metric = proposal.Metric,
                    Cycle = proposal.Cycle,
                    Proposal = JsonSerializer.Serialize(proposal.Counting, ServiceDeskJson.Stored),
                    Reason = proposal.Reason,
                    PersonId = proposal.By.Value,
                    At = proposal.At.ToUnixTimeTicks(),
                    State = Waiting,
                };
                db.SlaCorrections.Add(row);
                await db.SaveChangesAsync(token);
                return Read(row);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<SlaProposal?> FindAsync(long id, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.SlaCorrections.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellation)
        );
        return row is null ? null : Read(row);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SlaProposal>> ListAsync(int limit, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .SlaCorrections.AsNoTracking()
                .OrderBy(row => row.State)
                .ThenByDescending(row => row.Id)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Read)];
    }

    /// <inheritdoc/>
    public async Task<bool> DecideAsync(
        long id,
        ProposalState state,
        PersonId by,
        Instant at,
        CancellationToken cancellation
    ) =>
        await database.WriteAsync(
            (db, token) =>
                db
                    .SlaCorrections.Where(row => row.Id == id && row.State == Waiting)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.State, (int)state)
                                .SetProperty(row => row.DecidedBy, by.Value)
                                .SetProperty(row => row.DecidedAt, at.ToUnixTimeTicks()),
                        token
                    ),
            cancellation
        ) > 0;

    private static SlaProposal Read(SlaCorrectionRow row) =>
        new()
        {
            Id = row.Id,
            Ticket = new TicketId(row.TicketId),
            Metric = row.Metric,
            Cycle = row.Cycle,
            Counting = JsonSerializer.Deserialize<ProposedCounting>(row.Proposal, ServiceDeskJson.Stored)!,
            Reason = row.Reason,
            By = new PersonId(row.PersonId),
            At = Instant.FromUnixTimeTicks(row.At),
            State = (ProposalState)row.State,
            DecidedBy = row.DecidedBy is { } person ? new PersonId(person) : null,
            DecidedAt = row.DecidedAt is { } at ? Instant.FromUnixTimeTicks(at) : null,
        };
}
