using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>A host that scripts may ask over HTTP, where they name it themselves too. Without any, no script asks anywhere.</summary>
public sealed record AllowedHostDocument : ConfigurationDocument
{
    /// <summary>The host: <c>api.example.com</c> for the ports 80 and 443, or with another port <c>api.example.com:8443</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Private networks in which it may lie, such as <c>10.20.0.0/16</c>: scripts that name it, and webhooks of rules, reach it there too. Empty for a host of the public net.</summary>
    public ValueList<string> Networks { get; init; } = [];
}
