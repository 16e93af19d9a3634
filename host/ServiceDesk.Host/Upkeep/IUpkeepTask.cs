namespace ServiceDesk.Host.Upkeep;

/// <summary>Something that is tidied once a day. May be stopped in the middle and repeated at any time, on several nodes at once.</summary>
public interface IUpkeepTask
{
    /// <summary>What it is, for the log.</summary>
    string Name { get; }

    /// <summary>Does what there is to do.</summary>
    /// <returns>How many things it did: took away, mended, told.</returns>
    Task<int> RunAsync(CancellationToken cancellation);
}
