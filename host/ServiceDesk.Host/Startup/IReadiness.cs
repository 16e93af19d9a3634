namespace ServiceDesk.Host.Startup;

/// <summary>Something without which requests cannot be answered.</summary>
public interface IReadiness
{
    /// <summary>Whether it works now. What it throws means no.</summary>
    ValueTask<bool> IsReadyAsync(CancellationToken cancellation);
}
