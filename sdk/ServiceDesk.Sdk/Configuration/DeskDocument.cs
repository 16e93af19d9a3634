using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>A service project.</summary>
public sealed record DeskDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>Place among the desks, in the portal, the workspace and every list.</summary>
    public int Order { get; init; } = 100;

    /// <summary>What it is for, in the portal.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>A Tabler icon's name.</summary>
    public string Icon { get; init; } = "headset";

    /// <summary>An accent colour, <c>#rrggbb</c>; null keeps the product's.</summary>
    public string? Accent { get; init; }

    /// <summary>Ids of the ticket types it works.</summary>
    public ValueList<string> Types { get; init; } = [];

    /// <summary>Groups of request types in the portal, in order.</summary>
    public ValueList<PortalGroup> Groups { get; init; } = [];

    /// <summary>Which agents may work here.</summary>
    public DeskAgents Agents { get; init; } = new();

    /// <summary>Which customers may ask here and what they see of each other.</summary>
    public DeskCustomers Customers { get; init; } = new();
}

/// <summary>A named group of request types in the portal.</summary>
/// <param name="Id">Unique in the desk.</param>
/// <param name="Name">The heading.</param>
/// <param name="RequestTypes">Ids of request types, in order.</param>
public sealed record PortalGroup(string Id, LocalizedText Name, ValueList<string> RequestTypes);

/// <summary>Which agents work on a desk.</summary>
public sealed record DeskAgents
{
    /// <summary>Whether every agent does.</summary>
    public bool Everyone { get; init; } = true;

    /// <summary>Names of the teams whose members do, when not everyone does.</summary>
    public ValueList<string> Teams { get; init; } = [];
}

/// <summary>Which customers a desk serves.</summary>
public sealed record DeskCustomers
{
    /// <summary>Whether every customer may ask; otherwise only those of the organizations.</summary>
    public bool Everyone { get; init; } = true;

    /// <summary>Short names of organizations that may ask here.</summary>
    public ValueList<string> Organizations { get; init; } = [];

    /// <summary>Whether a customer sees the requests of the own organization where the organization allows it too.</summary>
    public bool ShareWithinOrganization { get; init; } = true;
}
