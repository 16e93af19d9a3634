using NodaTime;

namespace ServiceDesk.Host.Tests.Serving;

/// <summary>Time that stands still until it is moved. Waiting is real, deadlines are by hand.</summary>
public sealed class HandTime : TimeProvider
{
    private long ticks = Instant.FromUtc(2026, 3, 2, 1, 0).ToUnixTimeTicks();

    public Instant Now => Instant.FromUnixTimeTicks(Interlocked.Read(ref ticks));

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public void Move(Duration by) => Interlocked.Add(ref ticks, by.BclCompatibleTicks);
}
