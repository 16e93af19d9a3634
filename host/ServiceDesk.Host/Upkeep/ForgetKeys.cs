using NodaTime;
using ServiceDesk.Host.Intake;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Repeats;

namespace ServiceDesk.Host.Upkeep;

/// <summary>Forgets which requests were answered, once nobody repeats them any more.</summary>
public sealed class ForgetKeys(ITicketStore tickets, IRepeatedRequests requests, IClock clock) : IUpkeepTask
{
    /// <summary>How long a client may repeat a request under its Idempotency-Key.</summary>
    public static readonly Duration Kept = Duration.FromDays(7);

    public string Name => "idempotency keys";

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var before = clock.GetCurrentInstant() - Kept;
        return await tickets.ForgetAnswersAsync(RepeatableKeys.Prefixes, before, cancellation)
            + await requests.ForgetAsync(before, cancellation);
    }
}
