using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Names;

/// <summary>What documents name by something that people may change.</summary>
public enum NamedThing
{
    /// <summary>A team, by its name.</summary>
    Team = 1,

    /// <summary>A person, by the e-mail address.</summary>
    Person = 2,
}

/// <summary>A team gets another name, or a person another address.</summary>
/// <param name="Thing">Which of them.</param>
/// <param name="From">What documents name it by.</param>
/// <param name="To">What they will; empty where a person has no address any more.</param>
public sealed record NameChange(NamedThing Thing, string From, string To);

/// <summary>A document that names what gets another name.</summary>
/// <param name="Before">As it is.</param>
/// <param name="After">As it would be; null when it cannot be, such as a query that would become too long.</param>
/// <param name="Places">Where, as JSON pointers.</param>
public sealed record RenamedDocument(
    ConfigurationDocument Before,
    ConfigurationDocument? After,
    IReadOnlyList<string> Places
);
