using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>
/// Which product a ticket is about. It stands in a field of the configuration, so that forms, edits, the API, history and queries
/// (<c>product = helpdesk</c>) know it as they know every field.
/// </summary>
public static class TicketProduct
{
    /// <summary>The id of the field; empty when the settings name none.</summary>
    public static string ProductField(this IConfiguration configuration) =>
        configuration.Settings<CrmSettings>(CrmPlugin.Id).ProductField.Trim();

    /// <summary>The key of a ticket's product; empty for none.</summary>
    public static string Product(this TicketState ticket, IConfiguration configuration) =>
        Of(ticket.Fields, configuration);

    /// <summary>The key of the product that fields name; empty for none.</summary>
    public static string Of(ValueMap<FieldValue> fields, IConfiguration configuration) =>
        KeyOf(fields.Find(configuration.ProductField()));

    /// <summary>Whether a command says something about the product.</summary>
    public static bool IsNamed(ValueMap<FieldValue?>? fields, IConfiguration configuration) =>
        fields?.ContainsKey(configuration.ProductField()) == true;

    /// <summary>The choices that the field offers, by key; none when the field does not exist.</summary>
    public static ValueList<FieldChoice> Offered(IConfiguration configuration) =>
        configuration.TryGet<FieldDocument>(configuration.ProductField(), out var field) ? field.Choices : [];

    /// <summary>The choices that tickets of a type have; none when the type has no such field.</summary>
    public static ValueList<FieldChoice> OfferedOn(string type, IConfiguration configuration) =>
        configuration.TryGet<TicketTypeDocument>(type, out var known)
        && known.Fields.Contains(configuration.ProductField(), StringComparer.Ordinal)
            ? Offered(configuration)
            : [];

    private static string KeyOf(FieldValue? value) =>
        value switch
        {
            ChoiceValue choice => choice.Choice,
            TextValue text => text.Text.Trim().ToLowerInvariant(),
            _ => "",
        };
}
