using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// Runs the rules whose time after an event has come, on the ticket as it is then, on one node at a time. A wait goes in the
/// transaction that records what became of it; one that was cut off is run again, without a second effect.
/// </summary>
public sealed partial class RuleWaits(
    IRuleRuns runs,
    RuleRunner runner,
    ICurrentConfiguration configuration,
    ITicketGrains grains,
    IEventLog log,
    ICursorStore cursors,
    HostOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<RuleWaits> logger
) : BackgroundService
{
    /// <summary>How often is looked whether there is something due.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private const string Cursor = "host.rule-waits";
    private const int AtOnce = 100;
    private static readonly Duration Lease = Duration.FromMinutes(2);

    /// <summary>The occasion of a wait's beginning.</summary>
    public static string KeyOfBeginning(RuleWait wait) => $"wait:{wait.Position}:{wait.Place}";

    /// <summary>Runs everything that is due, where no other node does.</summary>
    /// <returns>How many waits ended.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var ended = 0;
        while (await runs.DueAsync(clock.GetCurrentInstant(), AtOnce, cancellation) is { Count: > 0 } due)
        {
            if (await cursors.AcquireAsync(Cursor, options.Node, Lease, startAt: 0, cancellation) is not { } lease)
            {
                return ended;
            }

            foreach (var wait in due)
            {
                await EndAsync(wait, cancellation);
                ended++;
            }

            await cursors.ReleaseAsync(lease, cancellation);
        }

        return ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(problem);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Pause.ForAsync(Between, time, stoppingToken);
        }
    }

    private async Task EndAsync(RuleWait wait, CancellationToken cancellation)
    {
        var run = await RunAsync(wait, cancellation);
        await runs.SaveAsync(run is null ? [] : [run], [], [wait], cancellation);
    }

    // Null when rule, trigger or ticket are not there any more, or a newer word begins the wait: then nothing is to be done.
    private async Task<RuleRun?> RunAsync(RuleWait wait, CancellationToken cancellation)
    {
        var now = configuration.Snapshot;
        if (
            !now.TryGet<RuleDocument>(wait.Rule, out var rule)
            || !rule.Enabled
            || wait.Place >= rule.When.Count
            || rule.When[wait.Place].After is null
            || await grains.GetAsync(wait.Ticket, cancellation) is not { } ticket
            || !rule.IsFor(ticket.State.Desk)
            || await log.ReadAsync(wait.Position - 1, 1, cancellation) is not [var began]
        )
        {
            return null;
        }

        var occasion = new RuleOccasion(
            rule,
            rule.When[wait.Place],
            $"after:{wait.Position}:{wait.Place}",
            began,
            ticket,
            clock.GetCurrentInstant(),
            now
        );
        return await SilenceAsync(occasion.Trigger, began, ticket.State, cancellation) switch
        {
            RuleSilence.Answered => runner.Answered(occasion),
            // The newer word has a wait of its own, or gets it as soon as the log is read that far.
            RuleSilence.BegunAnew => null,
            _ => await runner.RunAsync(occasion, cancellation),
        };
    }

    private async Task<RuleSilence> SilenceAsync(
        RuleTrigger trigger,
        RecordedEvent began,
        TicketState ticket,
        CancellationToken cancellation
    ) =>
        trigger.Unanswered
            ? trigger.SilenceSince(began, await log.ReadTicketAsync(ticket.Id, cancellation), ticket)
            : RuleSilence.Holds;

    [LoggerMessage(LogLevel.Error, "Rules that wait could not be worked off; tried again soon")]
    private partial void LogFailed(Exception problem);
}
