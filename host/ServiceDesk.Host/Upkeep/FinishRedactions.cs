using ServiceDesk.Storage.Redactions;

namespace ServiceDesk.Host.Upkeep;

/// <summary>Finishes redactions that a crash cut off behind their commit.</summary>
public sealed class FinishRedactions(IRedactionRest rest) : IUpkeepTask
{
    public string Name => "redactions";

    public Task<int> RunAsync(CancellationToken cancellation) => rest.FinishAsync(cancellation);
}
