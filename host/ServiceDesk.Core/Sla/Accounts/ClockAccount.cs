using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Accounts;

/// <summary>Time of a clock that its ticket spent in one way.</summary>
/// <param name="Kind">Whether the clock counted.</param>
/// <param name="Type">The ticket's type then.</param>
/// <param name="Status">Its status then.</param>
/// <param name="Team">Its team then; null for none.</param>
/// <param name="IsAssigned">Whether an agent had it.</param>
/// <param name="Time">How long, as a wall clock counts.</param>
public sealed record ClockStay(
    LedgerSegmentKind Kind,
    string Type,
    string Status,
    TeamId? Team,
    bool IsAssigned,
    Duration Time
);

/// <summary>A promise as reports count it.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Agreement">Whether it was promised to customers or between teams.</param>
/// <param name="DecidedAt">When it was kept or broken; null while that is open, and for one that ended without a verdict.</param>
/// <param name="NearAt">From when on a quarter of its target or less is left, if it goes on running; null when it does not run, or is broken.</param>
/// <param name="Team">The team that had the ticket last while it ran; null for none.</param>
/// <param name="PausedFor">How long it was paused. Of a clock that is not stopped: zero.</param>
/// <param name="OutsideHoursFor">How long it stood outside its hours. Of a clock that is not stopped: zero.</param>
/// <param name="Stays">How its ticket spent its time, from start to stop; together they are that time. Of a clock that is not stopped: none.</param>
public sealed record ClockAccount(
    SlaClock Clock,
    AgreementType Agreement,
    Instant? DecidedAt,
    Instant? NearAt,
    TeamId? Team,
    Duration PausedFor,
    Duration OutsideHoursFor,
    ValueList<ClockStay> Stays
)
{
    // Of the target, so much is gone when a promise is near its breach.
    private const double NearShare = 0.75;

    /// <summary>The account of a clock that goes on.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="team">The team that has the ticket.</param>
    public static ClockAccount OfLive(SlaClock clock, TeamId? team, IConfiguration configuration) =>
        new(
            clock,
            AgreementOf(clock, configuration),
            DecidedOf(clock),
            NearOf(clock, configuration),
            team,
            Duration.Zero,
            Duration.Zero,
            []
        );

    /// <summary>The account of a clock that is stopped.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="stays">Where its ticket was when, oldest first.</param>
    public static ClockAccount OfStopped(SlaClock clock, IReadOnlyList<TicketStay> stays, IConfiguration configuration)
    {
        var end = clock.StoppedAt ?? clock.Since;
        var ledger = SlaLedger.Of(clock, end, configuration);
        var pieces = ledger.Segments.SelectMany(segment => Pieces(segment, stays)).ToList();
        return new ClockAccount(
            clock,
            AgreementOf(clock, configuration),
            DecidedOf(clock),
            null,
            TeamOf(clock, stays, end),
            ledger.PausedFor,
            ledger.OutsideHoursFor,
            pieces
                .GroupBy(piece => piece with { Time = Duration.Zero })
                .Select(group => group.Key with { Time = group.Aggregate(Duration.Zero, (sum, one) => sum + one.Time) })
                .ToValueList()
        );
    }

    /// <summary>Whether a clock was promised to customers or between teams, in the version of its policy that it pinned.</summary>
    internal static AgreementType AgreementOf(SlaClock clock, IConfiguration configuration) =>
        configuration.AtVersion<SlaPolicyDocument>(clock.Policy.Id, clock.Policy.Version)?.Type ?? AgreementType.Sla;

    private static Instant? DecidedOf(SlaClock clock) =>
        clock.Verdict switch
        {
            ClockVerdict.Met => clock.StoppedAt ?? clock.Since,
            ClockVerdict.Breached => clock.DueAt ?? clock.StoppedAt ?? clock.Since,
            _ => null,
        };

    private static Instant? NearOf(SlaClock clock, IConfiguration configuration)
    {
        if (clock is not { Status: ClockStatus.Running, Verdict: ClockVerdict.Open })
        {
            return null;
        }

        var left = (clock.Target * NearShare) - clock.Elapsed;
        return left <= Duration.Zero
            ? clock.Since
            : PinnedCalendar.At(configuration, clock.Calendar).Calendar.Add(clock.Since, left);
    }

    // What comes in the instant of the stop is not where the clock ran: a team that takes over ends the clock of the one before.
    private static TeamId? TeamOf(SlaClock clock, IReadOnlyList<TicketStay> stays, Instant end)
    {
        var last = stays
            .Index()
            .Where(stay => stay.Item.From < end && EndOf(stays, stay.Index) > clock.StartedAt)
            .Select(stay => stay.Item)
            .LastOrDefault();
        var begun = clock.Marks[0].EventVersion;
        return (last ?? stays.LastOrDefault(stay => stay.Version <= begun) ?? stays.FirstOrDefault())?.Team;
    }

    private static IEnumerable<ClockStay> Pieces(LedgerSegment segment, IReadOnlyList<TicketStay> stays)
    {
        for (var i = 0; i < stays.Count; i++)
        {
            var stay = stays[i];
            // What was before the ticket's first event, dates that another system says, belongs to its first stay.
            var from = i == 0 ? segment.From : Instant.Max(segment.From, stay.From);
            var to = Instant.Min(segment.To, EndOf(stays, i));
            if (from < to)
            {
                yield return new ClockStay(segment.Kind, stay.Type, stay.Status, stay.Team, stay.IsAssigned, to - from);
            }
        }
    }

    private static Instant EndOf(IReadOnlyList<TicketStay> stays, int index) =>
        index + 1 < stays.Count ? stays[index + 1].From : Instant.MaxValue;
}
