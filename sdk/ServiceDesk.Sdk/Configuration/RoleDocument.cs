using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>A set of permissions.</summary>
public sealed record RoleDocument : ConfigurationDocument
{
    /// <summary>Ids of permissions, such as <c>ticket.edit</c>.</summary>
    public ValueList<string> Permissions { get; init; } = [];
}
