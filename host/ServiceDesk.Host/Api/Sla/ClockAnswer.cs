using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>The clocks of a ticket.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="At">The moment at which they were read.</param>
/// <param name="Clocks">Every cycle of every metric, oldest first.</param>
public sealed record SlaAnswer(string Key, Instant At, IReadOnlyList<ClockAnswer> Clocks);

/// <summary>A clock with the account of every minute.</summary>
public sealed record ClockAnswer
{
    /// <summary>The metric's id.</summary>
    public required string Metric { get; init; }

    /// <summary>The metric's name, by language.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>1 for the metric's first run on the ticket.</summary>
    public required int Cycle { get; init; }

    /// <summary>The policy in the version that counts.</summary>
    public required DocumentVersion Policy { get; init; }

    /// <summary>The calendar in the version that counts.</summary>
    public required DocumentVersion Calendar { get; init; }

    /// <summary><c>running</c>, <c>paused</c> or <c>stopped</c>.</summary>
    public required ClockStatus Status { get; init; }

    /// <summary><c>open</c>, <c>met</c>, <c>breached</c>, or <c>cancelled</c> for a cycle that ended without a verdict.</summary>
    public required ClockVerdict Verdict { get; init; }

    /// <summary>Working time that the goal allows.</summary>
    public required Duration Target { get; init; }

    /// <summary>The stricter target of our own; null for none.</summary>
    public Duration? InternalTarget { get; init; }

    /// <summary>Working time counted.</summary>
    public required Duration Elapsed { get; init; }

    /// <summary>Working time left; negative once the target was passed.</summary>
    public required Duration Remaining { get; init; }

    /// <summary>When it started.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>When the target is or was reached; null while paused before it and after a stop within it.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>When it stopped.</summary>
    public Instant? StoppedAt { get; init; }

    /// <summary>When a running clock that stands outside its hours counts again.</summary>
    public Instant? CountsFrom { get; init; }

    /// <summary>Calendar time that was paused.</summary>
    public required Duration PausedFor { get; init; }

    /// <summary>Calendar time outside hours while it ran.</summary>
    public required Duration OutsideHoursFor { get; init; }

    /// <summary>The reminder that comes next.</summary>
    public ClockThreshold? NextReminder { get; init; }

    /// <summary>The escalation level that comes next.</summary>
    public ClockThreshold? NextLevel { get; init; }

    /// <summary>Any of these would stop it.</summary>
    public required ValueList<SlaCondition> Stops { get; init; }

    /// <summary>Any of these pauses it.</summary>
    public required ValueList<SlaCondition> Pauses { get; init; }

    /// <summary>Any of these would begin it anew from zero.</summary>
    public required ValueList<SlaCondition> Resets { get; init; }

    /// <summary>Any of these would end it without a verdict.</summary>
    public required ValueList<SlaCondition> Cancels { get; init; }

    /// <summary>What it was before two people corrected it; null when nobody did.</summary>
    public ClockCorrectionAnswer? Correction { get; init; }

    /// <summary>Its life without gaps: what counted, what did not, which event caused it, and who.</summary>
    public required IReadOnlyList<ClockSegmentAnswer> Segments { get; init; }

    /// <summary>A clock with its ledger.</summary>
    internal static ClockAnswer Of(
        SlaClock clock,
        ClockLedger ledger,
        IConfiguration configuration,
        ClockWitnesses witnesses
    ) =>
        new()
        {
            Metric = clock.Metric,
            Name = NameOf(clock, configuration),
            Cycle = clock.Cycle,
            Policy = clock.Policy,
            Calendar = clock.Calendar,
            Status = ledger.Reading.Status,
            Verdict = ledger.Reading.Verdict,
            Target = ledger.Reading.Target,
            InternalTarget = ledger.InternalTarget,
            Elapsed = ledger.Reading.Elapsed,
            Remaining = ledger.Reading.Remaining,
            StartedAt = clock.StartedAt,
            DueAt = ledger.Reading.DueAt,
            StoppedAt = clock.StoppedAt,
            CountsFrom = ledger.Reading.CountsFrom,
            PausedFor = ledger.PausedFor,
            OutsideHoursFor = ledger.OutsideHoursFor,
            NextReminder = ledger.NextThreshold,
            NextLevel = clock.Levels.FirstOrDefault(),
            Stops = ledger.Stops,
            Pauses = ledger.Pauses,
            Resets = ledger.Resets,
            Cancels = ledger.Cancels,
            Correction = clock.Correction is { } correction ? ClockCorrectionAnswer.Of(correction, witnesses) : null,
            Segments = [.. ledger.Segments.Select(segment => ClockSegmentAnswer.Of(segment, witnesses))],
        };

    private static LocalizedText NameOf(SlaClock clock, IConfiguration configuration) =>
        configuration
            .AtVersion<SlaPolicyDocument>(clock.Policy.Id, clock.Policy.Version)
            ?.Metrics.FirstOrDefault(metric => metric.Id == clock.Metric)
            ?.Name
        ?? LocalizedText.Of(clock.Metric);
}
