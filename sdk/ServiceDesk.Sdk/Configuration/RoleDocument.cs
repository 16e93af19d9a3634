using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>A set of permissions.</summary>
public sealed record RoleDocument : ConfigurationDocument
{
    /// <summary>Whom it is for, for who gives it to people.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>Ids of permissions, such as <c>ticket.edit</c>.</summary>
    public ValueList<string> Permissions { get; init; } = [];
}
