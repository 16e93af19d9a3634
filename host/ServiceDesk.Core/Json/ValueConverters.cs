using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Json;

/// <summary>Lists are arrays.</summary>
internal sealed class ValueListConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)
            Activator.CreateInstance(
                typeof(ValueListConverter<>).MakeGenericType(typeToConvert.GetGenericArguments())
            )!;

    private sealed class ValueListConverter<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            List<T> items;
            try
            {
                items = JsonSerializer.Deserialize<List<T>>(ref reader, options) ?? [];
            }
            catch (JsonException error)
            {
                throw JsonPlaces.Within(error);
            }

            return default(T) is null && typeof(T) != typeof(object) && items.Exists(item => item is null)
                ? throw new JsonException("A list must not hold null.")
                : items.ToValueList();
        }

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value)
            {
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndArray();
        }
    }
}

/// <summary>Maps are objects. Their values may be null only where an event says that a field was emptied.</summary>
internal sealed class ValueMapConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueMap<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)
            Activator.CreateInstance(typeof(ValueMapConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class ValueMapConverter<T> : JsonConverter<ValueMap<T>>
    {
        public override ValueMap<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            try
            {
                return ValueMap<T>.From(JsonSerializer.Deserialize<Dictionary<string, T>>(ref reader, options) ?? []);
            }
            catch (JsonException error)
            {
                throw JsonPlaces.Within(error);
            }
        }

        public override void Write(Utf8JsonWriter writer, ValueMap<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, item) in value)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndObject();
        }
    }
}

/// <summary>Texts are objects by language; a plain string is English.</summary>
internal sealed class LocalizedTextConverter : JsonConverter<LocalizedText>
{
    public override LocalizedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return LocalizedText.Of(reader.GetString()!);
        }

        var texts = JsonSerializer.Deserialize<ValueMap<string>>(ref reader, options);
        return texts is { Count: > 0 } && texts.Values.All(text => text is not null)
            ? new LocalizedText(texts)
            : throw new JsonException("Expected a text, or an object with a text for each language.");
    }

    public override void Write(Utf8JsonWriter writer, LocalizedText value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Texts, options);
}
