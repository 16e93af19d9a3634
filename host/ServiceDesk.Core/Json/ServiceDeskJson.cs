using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Json;

/// <summary>
/// How the product writes its values as JSON: camelCase, enums as ids with dashes, instants in ISO 8601 UTC, durations in
/// ISO 8601, identities as numbers, keys as <c>ITSD-95</c>, texts by language, lists as arrays, maps as objects.
/// </summary>
public static class ServiceDeskJson
{
    /// <summary>For events, snapshots and documents: field values carry their kind, what is missing or null where it must not be is refused.</summary>
    public static JsonSerializerOptions Stored { get; } = MakeStored();

    /// <summary>For the API: field values are plain; other values as in <see cref="Stored"/>.</summary>
    public static JsonSerializerOptions Api { get; } = MakeApi();

    /// <summary>Adds the product's converters and naming to options of another owner, such as the web framework's.</summary>
    /// <param name="plainFields">Whether field values are written plain, as the API shows them.</param>
    public static void Apply(JsonSerializerOptions options, bool plainFields)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        // Korean, Chinese and Japanese stay readable in the database; what matters in HTML is still escaped.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.IgnoreReadOnlyProperties = true;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new LocalDateConverter());
        options.Converters.Add(new LocalTimeConverter());
        options.Converters.Add(new IdConverter<TicketId>(n => new TicketId(n), id => id.Value));
        options.Converters.Add(new IdConverter<PersonId>(n => new PersonId(n), id => id.Value));
        options.Converters.Add(new IdConverter<OrganizationId>(n => new OrganizationId(n), id => id.Value));
        options.Converters.Add(new IdConverter<TeamId>(n => new TeamId(n), id => id.Value));
        options.Converters.Add(new TicketKeyConverter());
        options.Converters.Add(new LocalizedTextConverter());
        options.Converters.Add(plainFields ? new PlainFieldValueConverter() : new TaggedFieldValueConverter());
        options.Converters.Add(new ValueListConverterFactory());
        options.Converters.Add(new ValueMapConverterFactory());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    internal static JsonSerializerOptions MakeStored()
    {
        var options = new JsonSerializerOptions
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        Apply(options, plainFields: false);
        return options;
    }

    private static JsonSerializerOptions MakeApi()
    {
        var options = new JsonSerializerOptions { PropertyNameCaseInsensitive = false };
        Apply(options, plainFields: true);
        options.IgnoreReadOnlyProperties = false;
        return options;
    }
}
