using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Json;

/// <summary>A ticket with its clocks as JSON and back, without loss. Facets are typed by their plugin; those of an absent plugin stay as they were stored.</summary>
public sealed class SnapshotJson
{
    private readonly JsonSerializerOptions options = ServiceDeskJson.MakeStored();

    public SnapshotJson(TicketExtensions extensions) =>
        options.Converters.Insert(0, new FacetsConverter(extensions.Facets));

    /// <summary>The snapshot as JSON.</summary>
    public string Write(TicketSnapshot snapshot) => JsonSerializer.Serialize(snapshot, options);

    /// <summary>The snapshot that was written.</summary>
    /// <exception cref="JsonException">The text is no snapshot.</exception>
    public TicketSnapshot Read(string json) =>
        JsonSerializer.Deserialize<TicketSnapshot>(json, options) ?? throw new JsonException("Expected a ticket.");

    /// <summary>Only the clocks of a snapshot that was written.</summary>
    /// <exception cref="JsonException">The text is no snapshot.</exception>
    public ValueList<SlaClock> ReadClocks(string json) =>
        JsonSerializer.Deserialize<ClocksOfSnapshot>(json, options)?.Clocks
        ?? throw new JsonException("Expected a ticket.");

    private sealed record ClocksOfSnapshot(ValueList<SlaClock> Clocks);

    private sealed class FacetsConverter(IReadOnlyDictionary<string, FacetModel> models)
        : JsonConverter<ValueMap<object>>
    {
        public override ValueMap<object> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? ValueMap<object>.From(
                    document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Facet(p)))
                )
                : throw new JsonException("Expected facets by id.");
        }

        public override void Write(Utf8JsonWriter writer, ValueMap<object> facets, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (id, facet) in facets)
            {
                writer.WritePropertyName(id);
                if (facet is RawFacet raw)
                {
                    writer.WriteRawValue(raw.Json);
                }
                else
                {
                    JsonSerializer.Serialize(writer, facet, facet.GetType(), ServiceDeskJson.Stored);
                }
            }

            writer.WriteEndObject();
        }

        // A facet that its plugin can no longer read stays raw as well: the ticket must load.
        private object Facet(JsonProperty property)
        {
            try
            {
                return
                    models.TryGetValue(property.Name, out var model)
                    && property.Value.Deserialize(model.StateType, ServiceDeskJson.Stored) is { } facet
                    ? facet
                    : new RawFacet(property.Value.GetRawText());
            }
            catch (JsonException)
            {
                return new RawFacet(property.Value.GetRawText());
            }
        }
    }
}
