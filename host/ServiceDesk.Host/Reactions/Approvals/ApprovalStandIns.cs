using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Duty;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Approvals;

/// <summary>
/// Lets substitutes answer what waits for people whose absence has begun, on one node at a time. Each approval goes over once an
/// absence, so that one which the substitute gives back stays where it was given.
/// </summary>
public sealed partial class ApprovalStandIns(
    ITicketGrains grains,
    IPeopleStore people,
    IViewers viewers,
    Rosters rosters,
    ApprovalInbox inbox,
    ICursorStore cursors,
    HostOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<ApprovalStandIns> logger
) : BackgroundService
{
    /// <summary>How often is looked whether somebody is absent.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    private const string Name = "host.approval-stand-ins";
    private const int AtOnce = 100;
    private static readonly Duration Lease = Duration.FromMinutes(10);

    /// <summary>Hands over everything that waits for somebody who is absent now, where no other node does.</summary>
    /// <returns>How many approvals went to a substitute.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var today = now.InUtc().Date;
        var absences = await people.AbsencesAsync(today.PlusDays(-1), today.PlusDays(1), cancellation);
        var away = absences
            .Where(absence => absence.Substitute is not null)
            .Select(absence => absence.Person)
            .Distinct()
            .ToList();
        if (
            away.Count == 0
            || await cursors.AcquireAsync(Name, options.Node, Lease, startAt: 0, cancellation) is not { } lease
        )
        {
            return 0;
        }

        var roster = await rosters.OfAsync(away, now, cancellation);
        var count = 0;
        foreach (var person in away)
        {
            if (
                roster.At(person, now) is { State: DutyState.Absent, Absence: { } absence }
                && roster.StandIn(person, now) is { } standIn
            )
            {
                count += await HandOverAsync(person, standIn, absence, cancellation);
            }
        }

        await cursors.ReleaseAsync(lease, cancellation);
        return count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
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

    private async Task<int> HandOverAsync(PersonId absent, PersonId to, Absence absence, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var line in await WaitingAsync(absent, cancellation))
        {
            // The number of an approval is its ticket's, and a later step may name the same person once more.
            var steps = string.Join('.', line.Approval.StepsFor(absent));
            var key = $"{Name}:{absence.Id}:{absent}:{line.Ticket.Id}:{line.Approval.Id}:{steps}";
            var command = new HandApprovalOver(line.Approval.Id, absent, to);
            try
            {
                var envelope = new CommandEnvelope(command, Actor.System) { IdempotencyKey = key };
                var answer = await grains.SendAsync(line.Ticket.Id, envelope, cancellation);
                count += answer.IsAccepted ? 1 : 0;
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested)
            {
                // The others are not held up by one.
                LogNotHandedOver(problem, line.Ticket.Key);
            }
        }

        return count;
    }

    // Those that nobody may stand in for stay; what came back from the substitute was given back with a purpose.
    private async Task<IReadOnlyList<ApprovalLine>> WaitingAsync(PersonId absent, CancellationToken cancellation)
    {
        var found = new List<ApprovalLine>();
        if (await viewers.OfAsync(absent, cancellation) is not { } viewer)
        {
            return found;
        }

        string? cursor = null;
        do
        {
            var page = await inbox.WaitingAsync(viewer, AtOnce, cursor, cancellation);
            found.AddRange(
                page.Items.Where(line =>
                    !line.Approval.ByCustomer
                    && line.Approval.StepsFor(absent).All(step => line.Approval.Steps[step].For(absent) != absent)
                )
            );
            cursor = page.Next;
        } while (cursor is not null);

        return found;
    }

    [LoggerMessage(LogLevel.Error, "An approval of {Ticket} could not be handed over; tried again soon")]
    private partial void LogNotHandedOver(Exception problem, TicketKey ticket);

    [LoggerMessage(LogLevel.Error, "Approvals of people who are absent could not be handed over; tried again soon")]
    private partial void LogFailed(Exception problem);
}
