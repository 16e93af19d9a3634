namespace ServiceDesk.Sdk.Configuration;

/// <summary>The configuration for pages, routes, reactions and sources of facts. Decisions have the one they are decided under.</summary>
public interface IConfigurationReader
{
    /// <summary>The newest snapshot that this node has; keep the reference for the length of one answer.</summary>
    IConfiguration Current { get; }
}
