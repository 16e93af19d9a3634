using NodaTime;

namespace ServiceDesk.Storage.Tests.Fixtures;

/// <summary>Time that stands still until it is moved.</summary>
public sealed class HandClock : TimeProvider, IClock
{
    private Instant now = Instant.FromUtc(2026, 3, 2, 9, 0);

    public Instant GetCurrentInstant() => now;

    public override DateTimeOffset GetUtcNow() => now.ToDateTimeOffset();

    public override long TimestampFrequency => NodaConstants.TicksPerSecond;

    public override long GetTimestamp() => now.ToUnixTimeTicks();

    /// <summary>Moves on.</summary>
    public void Move(Duration by) => now += by;
}
