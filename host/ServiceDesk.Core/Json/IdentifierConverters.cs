using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Json;

/// <summary>Identities are numbers.</summary>
internal sealed class IdConverter<T>(Func<long, T> make, Func<T, long> number) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)
            ? make(value)
            : throw new JsonException("Expected a whole number.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(number(value));
}

/// <summary>Keys are written as people write them.</summary>
internal sealed class TicketKeyConverter : TextConverter<TicketKey>
{
    protected override string Expected => "a ticket key such as ITSD-95";

    protected override bool TryParse(string text, out TicketKey value) => TicketKey.TryParse(text, out value);

    protected override string Format(TicketKey value) => value.ToString();
}
