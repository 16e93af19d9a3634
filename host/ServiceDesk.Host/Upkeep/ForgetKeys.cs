using NodaTime;
using ServiceDesk.Host.Intake;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Upkeep;

/// <summary>Forgets which requests were answered, once nobody repeats them any more.</summary>
public sealed class ForgetKeys(ITicketStore tickets, IClock clock) : IUpkeepTask
{
    /// <summary>How long a client may repeat a request under its Idempotency-Key.</summary>
    public static readonly Duration Kept = Duration.FromDays(7);

    public string Name => "idempotency keys";

    public Task<int> RunAsync(CancellationToken cancellation) =>
        tickets.ForgetAnswersAsync(RepeatableKeys.Prefixes, clock.GetCurrentInstant() - Kept, cancellation);
}
