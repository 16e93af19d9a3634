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

    /// <summary>The priority of a new ticket; null takes the type's.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Preset values of fields that the customer does not see.</summary>
    public ValueMap<string> Presets { get; init; } = ValueMap<string>.Empty;
}

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
);
