using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>What a customer picks in the portal.</summary>
public sealed record RequestTypeDocument : ConfigurationDocument
{
    /// <summary>The desk's key.</summary>
    public required string Desk { get; init; }

    /// <summary>The ticket type of the tickets it makes.</summary>
    public required string Type { get; init; }

    /// <summary>One sentence under the name.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>Help above the form.</summary>
    public LocalizedText? Help { get; init; }

    /// <summary>A Tabler icon's name.</summary>
    public string Icon { get; init; } = "message-circle";

    /// <summary>The form: <c>summary</c>, <c>description</c>, <c>attachments</c> or the id of a field, in order. Summary is always asked.</summary>
    public ValueList<FormField> Form { get; init; } = [];

    /// <summary>Headings of the form, in order. Places outside of them come first.</summary>
    public ValueList<FormSection> Sections { get; init; } = [];

    /// <summary>The fields that agents see on the ticket, in order; empty shows those of the ticket type.</summary>
    public ValueList<string> AgentFields { get; init; } = [];

    /// <summary>
    /// Whether people who are not signed in may send it, naming themselves by an address that nobody checks. Only of a desk that serves every
    /// customer; files, people, organizations and teams are then not asked for.
    /// </summary>
    public bool Anonymous { get; init; }

    /// <summary>Whether the requester may ask colleagues of the ticket's organization for approval.</summary>
    public bool CustomersAskApproval { get; init; }

    /// <summary>The priority of a new ticket; null takes the type's.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Preset values of fields that the customer does not see.</summary>
    public ValueMap<string> Presets { get; init; } = ValueMap<string>.Empty;

    /// <summary>The checklist that each of its tickets begins with, in order; customers do not see it. At most 50 steps.</summary>
    public ValueList<RequestTask> Tasks { get; init; } = [];
}

/// <summary>A step of the checklist that a request type puts onto its tickets.</summary>
/// <param name="Text">What is to be done, one line.</param>
/// <param name="Blocking">Whether the ticket cannot be done while this is open.</param>
public sealed record RequestTask(LocalizedText Text, bool Blocking = false);

/// <summary>A place in a form.</summary>
/// <param name="Field">The field's id.</param>
/// <param name="Required">Whether it must be filled.</param>
/// <param name="Label">A label other than the field's name.</param>
/// <param name="Help">A sentence under the input.</param>
public sealed record FormField(
    string Field,
    bool Required = false,
    LocalizedText? Label = null,
    LocalizedText? Help = null
)
{
    /// <summary>The id of the section that it stands in; null for none.</summary>
    public string? Section { get; init; }

    /// <summary>It is asked for when each of these holds. What is not asked for is not taken.</summary>
    public ValueList<FormCondition> When { get; init; } = [];

    /// <summary>What the input is filled with before; null takes the field's default.</summary>
    public string? Default { get; init; }
}

/// <summary>A heading of a form with the places under it.</summary>
/// <param name="Id">Unique in the form.</param>
/// <param name="Name">The heading.</param>
/// <param name="Help">A sentence under it.</param>
public sealed record FormSection(string Id, LocalizedText Name, LocalizedText? Help = null)
{
    /// <summary>Its places are asked for when each of these holds.</summary>
    public ValueList<FormCondition> When { get; init; } = [];
}

/// <summary>A condition on the answer to a question that the form asks before. About a question that is not asked it never holds.</summary>
public sealed record FormCondition
{
    /// <summary>The field whose answer it is about.</summary>
    public required string Field { get; init; }

    /// <summary>The answers with which it holds: ids of choices, or <c>true</c> for a ticked box. Empty: any answer.</summary>
    public ValueList<string> Is { get; init; } = [];

    /// <summary>Whether it holds with all other answers instead, and without one.</summary>
    public bool Not { get; init; }
}
