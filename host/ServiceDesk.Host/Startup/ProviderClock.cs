using NodaTime;

namespace ServiceDesk.Host.Startup;

/// <summary>The product's clock: NodaTime's view of the <see cref="TimeProvider"/> that also measures waits, so that a test moves both by one hand.</summary>
public sealed class ProviderClock(TimeProvider time) : IClock
{
    public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
