using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// Runs rules by the clock over the tickets that match their query, page by page, each schedule on one node at a time. Its
/// cursor remembers the last time that was worked off; one that was cut off is done anew, without a second effect.
/// </summary>
public sealed partial class RuleSchedules(
    ICurrentConfiguration configuration,
    RuleRunner runner,
    IRuleRuns runs,
    ITicketQueries tickets,
    IPeopleStore people,
    IViewers viewers,
    ICursorStore cursors,
    HostOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<RuleSchedules> logger
) : BackgroundService
{
    /// <summary>How often is looked whether a time has come.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private const int PageSize = 100;
    private static readonly Duration Lease = Duration.FromMinutes(5);

    /// <summary>Works off every schedule whose time has come, where no other node does.</summary>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        var now = configuration.Snapshot;
        foreach (var rule in RuleTriggers.InOrder(now).Where(rule => rule.Enabled).ToList())
        {
            foreach (var (place, trigger) in rule.When.Index().Where(t => t.Item.On == TriggerWords.Schedule))
            {
                await RunIfDueAsync(rule, place, trigger, now, cancellation);
            }
        }
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

    private async Task RunIfDueAsync(
        RuleDocument rule,
        int place,
        RuleTrigger trigger,
        IConfiguration snapshot,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        // Named by what it says, so that another time is a schedule of its own, which begins when it was written.
        var cursor = $"host.rule.{rule.Id}.{trigger.Cron}.{trigger.Zone}";
        var start = now.ToUnixTimeTicks();
        if (await cursors.AcquireAsync(cursor, options.Node, Lease, start, cancellation) is not { } lease)
        {
            return;
        }

        var since = Instant.FromUnixTimeTicks(lease.Position);
        if (Schedules.Last(trigger.Cron!, trigger.Zone, since, now) is { } at)
        {
            await RunAsync(rule, place, trigger, at, snapshot, cursor, cancellation);
            await cursors.AdvanceAsync(lease, at.ToUnixTimeTicks(), [], cancellation);
        }

        await cursors.ReleaseAsync(lease, cancellation);
    }

    private async Task RunAsync(
        RuleDocument rule,
        int place,
        RuleTrigger trigger,
        Instant at,
        IConfiguration snapshot,
        string cursor,
        CancellationToken cancellation
    )
    {
        if (await ViewerAsync(rule, snapshot, cancellation) is not { } viewer || QueryOf(rule) is not { } query)
        {
            LogNotRun(rule.Id);
            return;
        }

        string? next = null;
        do
        {
            var page = await tickets.FindAsync(viewer, query, PageSize, next, cancellation);
            var made = new List<RuleRun>();
            foreach (var ticket in page.Items)
            {
                var key = $"schedule:{at.ToUnixTimeTicks()}:{place}";
                var occasion = new RuleOccasion(rule, trigger, key, null, ticket, at, snapshot);
                made.Add(await runner.RunAsync(occasion, cancellation));
            }

            await runs.SaveAsync(made, [], [], cancellation);
            await cursors.AcquireAsync(cursor, options.Node, Lease, startAt: 0, cancellation);
            next = page.Next;
        } while (next is not null);
    }

    private async Task<Viewer?> ViewerAsync(RuleDocument rule, IConfiguration snapshot, CancellationToken cancellation)
    {
        if (rule.Actor is { } email)
        {
            return await people.FindByEmailAsync(email, cancellation) is { } person
                ? await viewers.OfAsync(person.Id, cancellation)
                : null;
        }

        var desks = snapshot.All<DeskDocument>().Select(desk => desk.Id).ToValueList();
        var nobody = new Person(default, rule.Id, "", "", "en", "UTC", [], [], IsActive: true);
        return new Viewer(nobody, Permissions.All, desks, desks, [], []);
    }

    // The rule's own condition, on its desks, oldest ticket first: what it does moves no ticket to another page.
    private static string? QueryOf(RuleDocument rule)
    {
        if (!QueryParser.TryParse(rule.Condition, out var syntax, out _) || syntax.Filter is not { } filter)
        {
            return null;
        }

        var condition = rule.Condition.Substring(filter.Span.Start, filter.Span.Length);
        var desks = rule.Desks.Count == 0 ? "" : $"desk IN ({string.Join(", ", rule.Desks)}) AND ";
        return $"{desks}({condition}) ORDER BY created ASC";
    }

    [LoggerMessage(LogLevel.Error, "Rules could not be run by the clock; tried again soon")]
    private partial void LogFailed(Exception problem);

    [LoggerMessage(
        LogLevel.Warning,
        "The rule {Rule} was not run by the clock: its actor is not there, or it has no query"
    )]
    private partial void LogNotRun(string rule);
}
