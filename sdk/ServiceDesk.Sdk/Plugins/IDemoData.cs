namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// What a plugin brings to the believable company of the demo. Called once, in an installation in which nobody was before: people
/// and organizations are there, tickets are not yet, so that what is written here counts for them.
/// </summary>
public interface IDemoData
{
    /// <summary>Writes it. What it throws is counted and leaves the demo without it. Limit a minute.</summary>
    Task WriteAsync(CancellationToken cancellation);
}
