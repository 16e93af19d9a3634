using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Versions;

/// <summary>
/// Brings new versions of policies and calendars to the clocks that run, a page of tickets after another. How far it is stands
/// in the database, so that another start goes on there; a ticket that has taken a version takes it no second time, so that
/// neither a repeated page nor a second server does anything twice.
/// </summary>
public sealed partial class ChangeoverJob(
    ISlaChangeovers changeovers,
    ITicketLives lives,
    SnapshotJson snapshots,
    ChangeoverOfTicket ofTicket,
    ICurrentConfiguration configuration,
    ChangeoverSignal signal,
    IClock clock,
    TimeProvider time,
    ILogger<ChangeoverJob> logger
) : BackgroundService
{
    private const int PageSize = 50;
    private const int AtOnce = 4;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    /// <summary>Works off what there is to do.</summary>
    public async Task RoundAsync(CancellationToken cancellation)
    {
        while (await changeovers.NextAsync(cancellation) is { } changeover && IsKnown(changeover))
        {
            await StepAsync(changeover, cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
                await signal.WaitAsync(Between, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                LogFailed(problem);
                await Pause.ForAsync(Between, time, stoppingToken);
            }
        }
    }

    // Another server may have published what this one has not read yet.
    private bool IsKnown(SlaChangeover changeover) =>
        SlaPreview.Knows(configuration.Snapshot, changeover.Kind, changeover.Document, changeover.Version);

    private async Task StepAsync(SlaChangeover changeover, CancellationToken cancellation)
    {
        var from = changeover.Position;
        var page = await lives.LiveAsync(from, PageSize, cancellation);
        if (page.Count == 0)
        {
            var end = changeover with { FinishedAt = clock.GetCurrentInstant() };
            await changeovers.ProgressAsync(end, from, cancellation);
            return;
        }

        var (changed, failed) = (0, 0);
        await Parallel.ForEachAsync(
            page.Where(ticket => IsTouched(ticket, changeover)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (ticket, token) =>
            {
                try
                {
                    if (await ofTicket.ApplyAsync(ticket.Ticket, changeover, token))
                    {
                        Interlocked.Increment(ref changed);
                    }
                }
                catch (Exception problem)
                    when (problem is not (OperationCanceledException or StorageUnavailableException))
                {
                    LogTicketFailed(problem, ticket.Ticket);
                    Interlocked.Increment(ref failed);
                }
            }
        );
        await changeovers.ProgressAsync(
            changeover with
            {
                Position = page[^1].Ticket,
                Seen = changeover.Seen + page.Count,
                Changed = changeover.Changed + changed,
                Failed = changeover.Failed + failed,
            },
            from,
            cancellation
        );
    }

    private bool IsTouched(StoredTicket ticket, SlaChangeover changeover) =>
        snapshots
            .ReadClocks(ticket.Snapshot)
            .Any(one => SlaFold.Takes(one, changeover.Kind, changeover.Document, changeover.Version));

    [LoggerMessage(LogLevel.Error, "New versions of SLA documents could not be brought to running clocks; tried again")]
    private partial void LogFailed(Exception problem);

    [LoggerMessage(LogLevel.Error, "Ticket {Ticket} did not take a new version of an SLA document")]
    private partial void LogTicketFailed(Exception problem, TicketId ticket);
}

/// <summary>Brings a new version to the clocks of one ticket.</summary>
public sealed class ChangeoverOfTicket(
    ITicketGrains grains,
    IEventLog log,
    SlaFold fold,
    TicketExtensions extensions,
    ICurrentConfiguration configuration
)
{
    private const int Tries = 5;

    /// <summary>Sends what makes the clocks take it.</summary>
    /// <returns>Whether they did now.</returns>
    /// <exception cref="InvalidOperationException">The ticket said no.</exception>
    public async Task<bool> ApplyAsync(TicketId ticket, SlaChangeover changeover, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var command = new ApplySlaVersion(
                changeover.Kind,
                changeover.Document,
                changeover.Version,
                changeover.Mode,
                [],
                Chooser(changeover)
            );
            var envelope = new CommandEnvelope(command, Actor.System);
            if (changeover.Mode == ChangeoverMode.Recompute)
            {
                var (recomputed, version) = await RecomputeAsync(ticket, changeover, cancellation);
                envelope = envelope with
                {
                    Command = command with { Recomputed = recomputed },
                    ExpectedVersion = version,
                };
            }

            var answer = await grains.SendAsync(ticket, envelope, cancellation);
            if (answer.Refusals.Count == 0)
            {
                return answer.Events.Any(one => one.Event is SlaVersionApplied);
            }

            // Somebody worked on the ticket meanwhile: computed again from what it is now.
            if (attempt == Tries || answer.Refusals[0].Kind != RefusalKind.Stale)
            {
                throw new InvalidOperationException($"It said {answer.Refusals[0].Code}.");
            }
        }
    }

    // What nobody chose is for new tickets only: there is nothing to bring over.
    private static PersonId Chooser(SlaChangeover changeover) =>
        changeover.By ?? throw new InvalidOperationException("Nobody chose it.");

    private async Task<(ValueList<SlaClock> Clocks, long Version)> RecomputeAsync(
        TicketId ticket,
        SlaChangeover changeover,
        CancellationToken cancellation
    )
    {
        var snapshot = await grains.GetAsync(ticket, cancellation);
        if (snapshot is null)
        {
            return ([], 0);
        }

        var events = await log.ReadTicketAsync(ticket, cancellation);
        var recompute = new SlaRecompute(fold, (state, recorded) => Ticket.Evolve(state, recorded, extensions));
        var applied = new SlaVersionApplied(
            changeover.Kind,
            changeover.Document,
            changeover.Version,
            changeover.Mode,
            [],
            Chooser(changeover)
        );
        var until = events.Where(one => one.Version <= snapshot.State.Version).ToList();
        return (recompute.Of(until, snapshot.Clocks, applied, configuration.Snapshot), snapshot.State.Version);
    }
}
