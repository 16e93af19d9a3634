using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Reports;

/// <summary>A promise in a list with its ticket.</summary>
/// <param name="Line">The promise.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="Longest">With whom most of its time passed, and how long; null while it goes on.</param>
public sealed record ListedPromise(PromiseLine Line, TicketSnapshot Ticket, CauseFigure? Longest);

/// <summary>How long tickets were with somebody.</summary>
/// <param name="Cause">With whom.</param>
/// <param name="Team">For the cause team: which, 0 for none.</param>
/// <param name="Time">How long together.</param>
/// <param name="Clocks">How many clocks at most: one that was there in two ways counts twice.</param>
public sealed record CauseFigure(WaitCause Cause, long? Team, Duration Time, int Clocks);

/// <summary>A status in which time passed.</summary>
public sealed record StatusFigure(string Type, string Status, Duration Time);

/// <summary>With whom the time of promises passed.</summary>
/// <param name="Causes">The longest first.</param>
/// <param name="Statuses">The longest first.</param>
/// <param name="StillRunning">How many of the promises are not stopped and not in here.</param>
public sealed record CauseReport(
    IReadOnlyList<CauseFigure> Causes,
    IReadOnlyList<StatusFigure> Statuses,
    int StillRunning
)
{
    /// <summary>All time.</summary>
    public Duration Total => Causes.Aggregate(Duration.Zero, (sum, one) => sum + one.Time);
}

/// <summary>Answers questions about promises for a viewer.</summary>
public sealed class PromiseReports(
    IPromiseFigures figures,
    ITicketQueries tickets,
    IPeople people,
    ICurrentConfiguration configuration,
    IClock clock
)
{
    // As many as tickets are looked up at once.
    private const int AtOnce = 500;

    /// <summary>How promises went, by goal.</summary>
    public Task<IReadOnlyList<GoalFigure>> GoalsAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    ) => figures.GoalsAsync(viewer, question, cancellation);

    /// <summary>When they came to their state.</summary>
    public Task<IReadOnlyList<QuarterFigure>> QuartersAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    ) => figures.QuartersAsync(viewer, question, cancellation);

    /// <summary>How many came to their state in each hour of the week, and how many of them are broken; 0 is Monday from midnight.</summary>
    public async Task<IReadOnlyDictionary<int, (int Count, int Breached)>> HoursAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    ) =>
        (await figures.QuartersAsync(viewer, question, cancellation))
            .GroupBy(quarter => HourOf(quarter.From.InZone(question.Zone).LocalDateTime))
            .ToDictionary(group => group.Key, group => (group.Sum(one => one.Count), group.Sum(one => one.Breached)));

    /// <summary>With whom their time passed.</summary>
    public async Task<CauseReport> CausesAsync(Viewer viewer, PromiseQuestion question, CancellationToken cancellation)
    {
        var stays = await figures.StaysAsync(viewer, question, cancellation);
        var running = await figures.CountUnstoppedAsync(viewer, question, cancellation);
        return new CauseReport(
            [
                .. stays
                    .GroupBy(stay => (Cause: CauseOf(stay.Key), Team: TeamOf(stay.Key)))
                    .Select(group => new CauseFigure(
                        group.Key.Cause,
                        group.Key.Team,
                        Sum(group),
                        group.Sum(one => one.Clocks)
                    ))
                    .OrderByDescending(one => one.Time),
            ],
            [
                .. stays
                    .Where(stay => CauseOf(stay.Key) != WaitCause.OffHours)
                    .GroupBy(stay => (stay.Key.Type, stay.Key.Status))
                    .Select(group => new StatusFigure(group.Key.Type, group.Key.Status, Sum(group)))
                    .OrderByDescending(one => one.Time),
            ],
            running
        );
    }

    /// <summary>Exactly what a figure counts, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<ListedPromise> Lines, int Count)> ListAsync(
        Viewer viewer,
        PromiseAsk ask,
        int skip,
        int limit,
        CancellationToken cancellation
    )
    {
        if (await NarrowedAsync(viewer, ask, cancellation) is not { } question)
        {
            return ([], 0);
        }

        var (lines, count) = await figures.ListAsync(viewer, question, skip, limit, cancellation);
        return (await ListedAsync(viewer, lines, cancellation), count);
    }

    /// <summary>The first of what a question asks, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<ListedPromise> Lines, int Count)> ListAsync(
        Viewer viewer,
        PromiseQuestion question,
        int limit,
        CancellationToken cancellation
    )
    {
        var (lines, count) = await figures.ListAsync(viewer, question, 0, limit, cancellation);
        return (await ListedAsync(viewer, lines, cancellation), count);
    }

    // Those of tickets that the viewer no longer sees are left out: one may have moved since.
    private async Task<IReadOnlyList<ListedPromise>> ListedAsync(
        Viewer viewer,
        IReadOnlyList<PromiseLine> lines,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<TicketId, TicketSnapshot>();
        foreach (var some in lines.Select(line => line.Ticket).Distinct().Chunk(AtOnce))
        {
            foreach (var (id, ticket) in await tickets.FindByIdAsync(viewer, some, cancellation))
            {
                found[id] = ticket;
            }
        }

        var stays = await figures.StaysAsync(lines, cancellation);
        return
        [
            .. lines
                .Where(line => found.ContainsKey(line.Ticket))
                .Select(line => new ListedPromise(
                    Now(line, found[line.Ticket]),
                    found[line.Ticket],
                    Longest(stays[(line.Ticket, line.Metric, line.Cycle)])
                )),
        ];
    }

    /// <summary>How many tickets were opened, and how many solved, within the span.</summary>
    public Task<(int Opened, int Solved)> TicketsAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    ) => figures.TicketsAsync(viewer, question, cancellation);

    /// <summary>The customers whom the desks of an agent serve, by name.</summary>
    public async Task<IReadOnlyList<Organization>> CustomersAsync(Viewer viewer, CancellationToken cancellation)
    {
        var known = Acquaintances.Of(viewer, configuration.Snapshot);
        return
        [
            .. (await people.OrganizationsAsync(cancellation))
                .Where(one =>
                    known.Everybody || known.Organizations.Contains(one.Id) || known.OrganizationKeys.Contains(one.Key)
                )
                .OrderBy(one => one.Name, StringComparer.CurrentCulture),
        ];
    }

    // A cause is a number of ways in which time passes, which the rows tell; null when none passed so.
    private async Task<PromiseQuestion?> NarrowedAsync(Viewer viewer, PromiseAsk ask, CancellationToken cancellation)
    {
        if (ask.Cause is not { } cause)
        {
            return ask.Question;
        }

        var keys = (await figures.StaysAsync(viewer, ask.Question, cancellation))
            .Select(stay => stay.Key)
            .Where(key => CauseOf(key) == cause && (ask.With is null || TeamOf(key) == ask.With))
            .ToList();
        return keys.Count == 0 ? null : ask.Question with { Stays = [.. keys] };
    }

    // The rows tell how far a clock was when it last changed.
    private PromiseLine Now(PromiseLine line, TicketSnapshot ticket) =>
        line.Status != ClockStatus.Stopped
        && ticket.Clocks.FirstOrDefault(one => one.Metric == line.Metric && one.Cycle == line.Cycle) is { } running
            ? line with
            {
                Elapsed = ClockReading
                    .Of(running, Instant.Max(clock.GetCurrentInstant(), running.Since), configuration.Snapshot)
                    .Elapsed,
            }
            : line;

    private CauseFigure? Longest(IEnumerable<StayFigure> stays) =>
        stays
            .GroupBy(stay => (Cause: CauseOf(stay.Key), Team: TeamOf(stay.Key)))
            .Where(group => group.Key.Cause != WaitCause.OffHours)
            .Select(group => new CauseFigure(group.Key.Cause, group.Key.Team, Sum(group), 1))
            .MaxBy(one => one.Time);

    private WaitCause CauseOf(StayKey key) =>
        WaitCauses.Of(key.Kind, key.Type, key.Status, key.IsAssigned, configuration.Snapshot);

    private long? TeamOf(StayKey key) => CauseOf(key) == WaitCause.Team ? key.Team : null;

    private static Duration Sum(IEnumerable<StayFigure> stays) =>
        stays.Aggregate(Duration.Zero, (sum, one) => sum + one.Time);

    private static int HourOf(LocalDateTime local) => (((int)local.DayOfWeek - 1) * 24) + local.Hour;
}
