using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Configuration.Templates;

/// <summary>Which desk somebody wants.</summary>
/// <param name="Template">The id of the template.</param>
/// <param name="Name">Its name; null takes the template's.</param>
/// <param name="Key">Its key; null makes one of the name.</param>
/// <param name="ShareWith">The key of a desk whose ticket types, with their workflows, fields and promises, and whose people it shares; null gives it its own.</param>
public sealed record DeskWish(string Template, LocalizedText? Name, string? Key, string? ShareWith)
{
    /// <summary>Who works there: every agent, these teams, or, of no team, one of its own. Null takes what the template says, else what the desk with which it shares does.</summary>
    public DeskAgents? Agents { get; init; }

    /// <summary>Who may ask; null takes what the desk with which it shares does, else what the template says.</summary>
    public DeskCustomers? Customers { get; init; }
}

/// <summary>What is written for a new desk.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Documents">All of its documents; empty when there is a problem.</param>
/// <param name="Problem">Why there is none.</param>
/// <param name="Team">The name of the team of its own that works there and is to be made; null for none.</param>
public sealed record DeskPlan(
    string Key,
    IReadOnlyList<ConfigurationDocument> Documents,
    DocumentProblem? Problem,
    string? Team = null
);
