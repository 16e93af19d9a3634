using NodaTime;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Integrity;

/// <summary>What looks wrong with a clock.</summary>
public enum FindingKind
{
    /// <summary>It waited for the customer although the customer had answered last.</summary>
    CustomerAnswered = 1,

    /// <summary>A lower priority gave it more time when little was left.</summary>
    PriorityLowered = 2,

    /// <summary>It was paused again and again within a short time.</summary>
    Flapping = 3,
}

/// <summary>From when on something looks wrong.</summary>
public sealed record IntegrityLimits
{
    /// <summary>How long a clock may stay paused after the customer's answer.</summary>
    public Duration Grace { get; init; } = Duration.FromMinutes(15);

    /// <summary>Which share of the target may be left, in percent, for a lower priority to look wrong.</summary>
    public int LittleLeft { get; init; } = 25;

    /// <summary>How many pauses within <see cref="FlappingWithin"/> are too many.</summary>
    public int Pauses { get; init; } = 3;

    /// <summary>Within what time pauses are counted.</summary>
    public Duration FlappingWithin { get; init; } = Duration.FromHours(1);
}

/// <summary>Something that looks wrong with a clock, and how it would be counted without it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Clock">The clock as it is.</param>
/// <param name="At">When it began.</param>
/// <param name="EventVersion">The version of the event that shows it.</param>
/// <param name="Spans">What would count after all.</param>
/// <param name="KeptGoals">Which changes of the goal would be left out.</param>
public sealed record SlaFinding(
    FindingKind Kind,
    SlaClock Clock,
    Instant At,
    long EventVersion,
    ValueList<CorrectedSpan> Spans,
    ValueList<long> KeptGoals
)
{
    /// <summary>Whether it can be proposed to count it so: only a clock that has stopped can do without a change of its goal, a running one follows the priority.</summary>
    public bool IsCorrectable => KeptGoals.Count == 0 || Clock.Status == ClockStatus.Stopped;
}

/// <summary>Finds clocks whose pauses and goals do not tell what happened.</summary>
public static class SlaIntegrity
{
    /// <summary>What looks wrong with the clocks of a ticket; those that were corrected are passed over.</summary>
    /// <param name="events">All events of the ticket, in order.</param>
    /// <param name="ticket">The ticket behind them, with its clocks.</param>
    /// <param name="now">Up to when; not before the last event.</param>
    public static IEnumerable<SlaFinding> Of(
        IReadOnlyList<RecordedEvent> events,
        TicketSnapshot ticket,
        Instant now,
        IConfiguration configuration,
        IntegrityLimits limits
    ) =>
        ticket
            .Clocks.Where(clock => clock.Correction is null)
            .SelectMany(clock =>
            {
                var pauses = PausesOf(clock, now).ToList();
                return Answered(events, ticket.State, clock, pauses, configuration, limits)
                    .Concat(Lowered(events, clock, configuration, limits))
                    .Concat(Flapping(clock, pauses, limits));
            });

    private static IEnumerable<(ClockMark Mark, Instant To)> PausesOf(SlaClock clock, Instant now)
    {
        ClockMark? begun = null;
        foreach (var mark in clock.Marks)
        {
            switch (mark.Kind)
            {
                case ClockMarkKind.Paused when begun is null:
                    begun = mark;
                    break;
                case ClockMarkKind.Resumed when begun is not null:
                    yield return (begun, mark.At);
                    begun = null;
                    break;
            }
        }

        if (begun is not null)
        {
            yield return (begun, clock.StoppedAt ?? now);
        }
    }

    private static IEnumerable<SlaFinding> Answered(
        IReadOnlyList<RecordedEvent> events,
        TicketState ticket,
        SlaClock clock,
        IEnumerable<(ClockMark Mark, Instant To)> pauses,
        IConfiguration configuration,
        IntegrityLimits limits
    )
    {
        foreach (var (mark, to) in pauses.Where(pause => WaitsForCustomer(events, pause.Mark, configuration)))
        {
            // The first answer that nobody answered: what an agent writes afterwards makes the waiting right again.
            RecordedEvent? answer = null;
            foreach (var recorded in events.TakeWhile(one => one.At < to).Where(one => !IsOfOpening(one, ticket)))
            {
                answer = SlaHappenings.IsSaidByCustomer(recorded, ticket) switch
                {
                    true => answer ?? recorded,
                    false => null,
                    null => answer,
                };
            }

            var from = answer is null ? to : Instant.Max(answer.At, mark.At);
            if (answer is not null && to - from > limits.Grace)
            {
                yield return new SlaFinding(
                    FindingKind.CustomerAnswered,
                    clock,
                    from,
                    Math.Max(answer.Version, mark.EventVersion),
                    [new CorrectedSpan(from, to, Counts: true)],
                    []
                );
            }
        }
    }

    // Files that came with the request answer nothing.
    private static bool IsOfOpening(RecordedEvent recorded, TicketState ticket) =>
        recorded.Event is FilesAttached && recorded.At == ticket.CreatedAt;

    private static bool WaitsForCustomer(
        IEnumerable<RecordedEvent> events,
        ClockMark mark,
        IConfiguration configuration
    )
    {
        var (type, status) = (string.Empty, string.Empty);
        foreach (var one in events.TakeWhile(one => one.Version <= mark.EventVersion))
        {
            (type, status) = one.Event switch
            {
                TicketOpened opened => (opened.Type, opened.Status),
                StatusChanged changed => (type, changed.To),
                TicketMoved moved => (moved.Type, moved.Status),
                _ => (type, status),
            };
        }

        return configuration.WaitsIn(type, status) == WaitsFor.Customer;
    }

    private static IEnumerable<SlaFinding> Lowered(
        IReadOnlyList<RecordedEvent> events,
        SlaClock clock,
        IConfiguration configuration,
        IntegrityLimits limits
    )
    {
        var versions = events
            .Where(one => one.Event is PriorityChanged change && change.To < change.From)
            .Select(one => one.Version)
            .ToHashSet();
        for (var i = 1; i < clock.Marks.Count; i++)
        {
            var (mark, before) = (clock.Marks[i], clock.Marks[i - 1]);
            if (mark.Kind != ClockMarkKind.GoalChanged || !versions.Contains(mark.EventVersion))
            {
                continue;
            }

            var until = ClockCorrections.Preview(
                clock with
                {
                    Marks = clock.Marks.Take(i).ToValueList(),
                    StoppedAt = mark.At,
                },
                [],
                [],
                mark.At,
                configuration
            );
            if (
                before.Target - until.Elapsed <= before.Target * limits.LittleLeft / 100
                && DueBy(mark, mark.At, until.Elapsed, configuration)
                    > DueBy(before, mark.At, until.Elapsed, configuration)
            )
            {
                yield return new SlaFinding(
                    FindingKind.PriorityLowered,
                    clock,
                    mark.At,
                    mark.EventVersion,
                    [],
                    [mark.EventVersion]
                );
            }
        }
    }

    // When the target of a mark would be reached from an instant on: a looser calendar gives more time as a greater target does.
    private static Instant DueBy(ClockMark mark, Instant now, Duration elapsed, IConfiguration configuration) =>
        PinnedCalendar
            .At(configuration, mark.Calendar)
            .Calendar.Add(now, Duration.Max(mark.Target - elapsed, Duration.Zero))
        ?? Instant.MaxValue;

    private static IEnumerable<SlaFinding> Flapping(
        SlaClock clock,
        List<(ClockMark Mark, Instant To)> pauses,
        IntegrityLimits limits
    )
    {
        for (var first = 0; first < pauses.Count; first++)
        {
            var end = pauses[first].Mark.At + limits.FlappingWithin;
            var count = pauses.Skip(first).TakeWhile(pause => pause.Mark.At < end).Count();
            if (count <= limits.Pauses)
            {
                continue;
            }

            yield return new SlaFinding(
                FindingKind.Flapping,
                clock,
                pauses[first].Mark.At,
                pauses[first].Mark.EventVersion,
                pauses
                    .GetRange(first, count)
                    .Select(pause => new CorrectedSpan(pause.Mark.At, pause.To, Counts: true))
                    .ToValueList(),
                []
            );
            first += count - 1;
        }
    }
}
