using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>Something of a plugin that sets rules off: events of tickets, picked by parameters of the rule.</summary>
/// <param name="Id">Prefixed by the plugin's id: <c>links.linked-changed</c>; a rule names it in <see cref="RuleTrigger.On"/>.</param>
/// <param name="NameKey">The text key of its name, which begins a sentence: "a linked ticket changed".</param>
/// <param name="Parameters">What the rule may or must say besides.</param>
/// <param name="Matches">Whether an event sets the rule off, given the rule's parameters. Pure; asked for every event of every ticket.</param>
public sealed record RuleTriggerDefinition(
    string Id,
    string NameKey,
    ValueList<RuleParameter> Parameters,
    Func<RecordedEvent, ValueMap<string>, bool> Matches
);

/// <summary>Something that a plugin lets rules do: commands to the ticket that set the rule off.</summary>
/// <param name="Id">Prefixed by the plugin's id: <c>incidents.declare-major</c>; a rule names it in <see cref="RuleAction.Do"/>.</param>
/// <param name="NameKey">The text key of its name: "declare it a major incident".</param>
/// <param name="Parameters">What the rule may or must say besides. Places in double braces are filled before the plugin sees them.</param>
/// <param name="Commands">The commands, given the ticket as it is and the rule's parameters; they are decided with the rights of the rule's actor, all or none of them. None when there is nothing to do. An <see cref="OpenTicket"/> stands alone and opens another ticket. Pure.</param>
public sealed record RuleActionDefinition(
    string Id,
    string NameKey,
    ValueList<RuleParameter> Parameters,
    Func<TicketSnapshot, ValueMap<string>, ValueList<TicketCommand>> Commands
)
{
    /// <summary>How a ticket that it opens is related to the one of the rule, as the new one reads it: a way of a relation that joins, such as <c>causes:out</c>. Where no loaded plugin knows the way, the ticket is opened all the same. Null for not at all.</summary>
    public string? Join { get; init; }
}

/// <summary>A parameter of a plugin's trigger or action.</summary>
/// <param name="Name">Its name in the document: lower-case words with dashes.</param>
/// <param name="LabelKey">The text key of its label in the editor.</param>
/// <param name="IsRequired">Whether a rule without it is refused.</param>
public sealed record RuleParameter(string Name, string LabelKey, bool IsRequired = false)
{
    /// <summary>What may be given; null for any text. Pure; asked when a rule is checked and edited.</summary>
    public Func<IConfiguration, ValueList<RuleChoice>>? Choices { get; init; }
}

/// <summary>One of the values that a parameter or a relation takes.</summary>
/// <param name="Value">As it stands in the document.</param>
/// <param name="Name">What people read; null for <paramref name="NameKey"/>.</param>
/// <param name="NameKey">The text key of what people read.</param>
public sealed record RuleChoice(string Value, LocalizedText? Name = null, string? NameKey = null);

/// <summary>People whom rules and escalation levels mean by a word instead of an address, such as the legal contact of a ticket's contract.</summary>
/// <param name="Id">Prefixed by the plugin's id: <c>crm.legal</c>; stands in <see cref="RuleAction.People"/> of the action that tells or adds them.</param>
/// <param name="NameKey">The text key of what people read, which follows "tell": "whom the contract names for legal matters".</param>
public sealed record RecipientDefinition(string Id, string NameKey);

/// <summary>Looks up the people behind a <see cref="RecipientDefinition"/>. Made anew for each question, from a scope of its own.</summary>
public interface IRecipientSource
{
    /// <summary>The people on this ticket; none where nobody was named. Asked each time when somebody is to be told, so it answers what holds then. It has 5 seconds; what throws or takes longer means nobody and is counted.</summary>
    /// <exception cref="StorageUnavailableException">The database is out of reach: the rule is tried again later.</exception>
    ValueTask<IReadOnlyCollection<PersonId>> FindAsync(TicketState ticket, CancellationToken cancellation);
}

/// <summary>A kind of relation between tickets that a plugin keeps: rules act on the related tickets, and open new ones that are related at once.</summary>
/// <param name="Id">Prefixed by the plugin's id: <c>links.children</c>; a rule names it in <see cref="RuleTarget.Relation"/>.</param>
/// <param name="NameKey">The text key of its name, which reads "for …": "its children".</param>
/// <param name="Related">The related tickets, given the ticket and the way, null for any. Pure. Whether the rule's actor may act on them is decided by each ticket.</param>
public sealed record RelationDefinition(
    string Id,
    string NameKey,
    Func<TicketState, string?, ValueList<TicketId>> Related
)
{
    /// <summary>The ways that it knows; none where there is only one. Pure.</summary>
    public Func<IConfiguration, ValueList<RuleChoice>> Ways { get; init; } = _ => [];

    /// <summary>The command that relates a new ticket to one that is there, read from the new one's end; null when new tickets cannot be related so. Pure.</summary>
    public Func<TicketKey, string, TicketCommand>? Join { get; init; }
}
