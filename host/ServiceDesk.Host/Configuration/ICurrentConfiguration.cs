using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Configuration;

/// <summary>The newest snapshot of the configuration that this node has. A change on another node shows within seconds.</summary>
public interface ICurrentConfiguration
{
    /// <summary>The snapshot; keep the reference for the length of one decision or page.</summary>
    IConfiguration Snapshot { get; }
}
