using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>Actions that an agent applies to a ticket with one click: all of them as one change, or none.</summary>
public sealed record MacroDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>When to use it, for agents.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is offered.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Under which word it is offered; null for none.</summary>
    public LocalizedText? Group { get; init; }

    /// <summary>Place among the macros of its group.</summary>
    public int Order { get; init; } = 100;

    /// <summary>Keys of the desks on whose tickets it is offered; empty means every desk.</summary>
    public ValueList<string> Desks { get; init; } = [];

    /// <summary>
    /// What it does to the ticket, in order: <c>comment</c>, <c>edit</c>, <c>assign</c>, <c>priority</c>, <c>raise</c>,
    /// <c>transition</c>, <c>watch</c>, <c>rule</c>, or a plugin's action. One that only writes a text is a text to insert.
    /// Besides the places of rules, texts may have <c>{{agent.name}}</c>, and <c>assign</c> takes <c>me</c>, for the agent who applies it.
    /// </summary>
    public ValueList<RuleAction> Do { get; init; } = [];
}
