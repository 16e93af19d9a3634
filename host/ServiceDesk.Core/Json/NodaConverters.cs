using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace ServiceDesk.Core.Json;

/// <summary>A converter for a value that JSON holds as one string.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
    where T : notnull
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"Expected {Expected}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Format(value));

    /// <summary>What a wrong value should have been, for the message.</summary>
    protected abstract string Expected { get; }

    protected abstract bool TryParse(string text, out T value);

    protected abstract string Format(T value);
}

/// <summary>ISO 8601 in UTC; an offset is understood when read.</summary>
internal sealed class InstantConverter : TextConverter<Instant>
{
    protected override string Expected => "an instant such as 2026-03-02T09:00:00Z";

    protected override bool TryParse(string text, out Instant value) => TryRead(text, out value);

    internal static bool TryRead(string text, out Instant value)
    {
        if (InstantPattern.ExtendedIso.Parse(text).TryGetValue(default, out value))
        {
            return true;
        }

        var hasOffset = OffsetDateTimePattern.ExtendedIso.Parse(text).TryGetValue(default, out var offset);
        value = hasOffset ? offset.ToInstant() : default;
        return hasOffset;
    }

    protected override string Format(Instant value) => InstantPattern.ExtendedIso.Format(value);
}

internal sealed class DurationConverter : TextConverter<Duration>
{
    protected override string Expected => "an ISO 8601 duration such as PT8H";

    protected override bool TryParse(string text, out Duration value) => IsoDuration.TryParse(text, out value);

    protected override string Format(Duration value) => IsoDuration.Format(value);
}

internal sealed class LocalDateConverter : TextConverter<LocalDate>
{
    protected override string Expected => "a date such as 2026-03-02";

    protected override bool TryParse(string text, out LocalDate value) =>
        LocalDatePattern.Iso.Parse(text).TryGetValue(default, out value);

    protected override string Format(LocalDate value) => LocalDatePattern.Iso.Format(value);
}

internal sealed class LocalTimeConverter : TextConverter<LocalTime>
{
    protected override string Expected => "a time of day such as 08:00";

    protected override bool TryParse(string text, out LocalTime value) =>
        LocalTimePattern.GeneralIso.Parse(text).TryGetValue(default, out value)
        || LocalTimePattern.CreateWithInvariantCulture("HH':'mm").Parse(text).TryGetValue(default, out value);

    protected override string Format(LocalTime value) => LocalTimePattern.ExtendedIso.Format(value);
}
