using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Json;

/// <summary>Stored values carry their kind, since the field's document may change later: <c>{"choice":"high"}</c>.</summary>
internal sealed class TaggedFieldValueConverter : JsonConverter<FieldValue>
{
    public override FieldValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (
            reader.TokenType != JsonTokenType.StartObject
            || !reader.Read()
            || reader.TokenType != JsonTokenType.PropertyName
        )
        {
            throw new JsonException("Expected a value with its kind.");
        }

        var kind = reader.GetString();
        reader.Read();
        var value = ReadValue(ref reader, kind, options);
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? value
            : throw new JsonException("Expected one value.");
    }

    public override void Write(Utf8JsonWriter writer, FieldValue value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(KindOf(value));
        if (value is FilesValue files)
        {
            JsonSerializer.Serialize(writer, files.Files, options);
        }
        else
        {
            PlainFieldValueConverter.WritePlain(writer, value, options);
        }

        writer.WriteEndObject();
    }

    private static FieldValue ReadValue(ref Utf8JsonReader reader, string? kind, JsonSerializerOptions options) =>
        kind switch
        {
            "text" => new TextValue(JsonSerializer.Deserialize<string>(ref reader, options) ?? string.Empty),
            "number" => new NumberValue(JsonSerializer.Deserialize<decimal>(ref reader, options)),
            "flag" => new FlagValue(JsonSerializer.Deserialize<bool>(ref reader, options)),
            "date" => new DateValue(JsonSerializer.Deserialize<LocalDate>(ref reader, options)),
            "moment" => new MomentValue(JsonSerializer.Deserialize<Instant>(ref reader, options)),
            "duration" => new DurationValue(JsonSerializer.Deserialize<Duration>(ref reader, options)),
            "choice" => new ChoiceValue(JsonSerializer.Deserialize<string>(ref reader, options) ?? string.Empty),
            "choices" => new ChoicesValue(JsonSerializer.Deserialize<ValueList<string>>(ref reader, options) ?? []),
            "person" => new PersonValue(JsonSerializer.Deserialize<PersonId>(ref reader, options)),
            "organization" => new OrganizationValue(JsonSerializer.Deserialize<OrganizationId>(ref reader, options)),
            "team" => new TeamValue(JsonSerializer.Deserialize<TeamId>(ref reader, options)),
            "files" => new FilesValue(JsonSerializer.Deserialize<ValueList<AttachedFile>>(ref reader, options) ?? []),
            _ => throw new JsonException("Unknown kind of value."),
        };

    private static string KindOf(FieldValue value) =>
        value switch
        {
            TextValue => "text",
            NumberValue => "number",
            FlagValue => "flag",
            DateValue => "date",
            MomentValue => "moment",
            DurationValue => "duration",
            ChoiceValue => "choice",
            ChoicesValue => "choices",
            PersonValue => "person",
            OrganizationValue => "organization",
            TeamValue => "team",
            FilesValue => "files",
            _ => throw new JsonException("Unknown kind of value."),
        };
}

/// <summary>Values as the API shows them: plain. Read back by the field's kind with <see cref="PlainFields"/>, never by this.</summary>
internal sealed class PlainFieldValueConverter : JsonConverter<FieldValue>
{
    public override FieldValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("A plain value is read by its field's kind.");

    public override void Write(Utf8JsonWriter writer, FieldValue value, JsonSerializerOptions options) =>
        WritePlain(writer, value, options);

    internal static void WritePlain(Utf8JsonWriter writer, FieldValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case TextValue text:
                writer.WriteStringValue(text.Text);
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Number);
                break;
            case FlagValue flag:
                writer.WriteBooleanValue(flag.IsSet);
                break;
            case DateValue date:
                JsonSerializer.Serialize(writer, date.Date, options);
                break;
            case MomentValue moment:
                JsonSerializer.Serialize(writer, moment.Moment, options);
                break;
            case DurationValue duration:
                JsonSerializer.Serialize(writer, duration.Length, options);
                break;
            case ChoiceValue choice:
                writer.WriteStringValue(choice.Choice);
                break;
            case ChoicesValue choices:
                JsonSerializer.Serialize(writer, choices.Choices, options);
                break;
            case PersonValue person:
                writer.WriteNumberValue(person.Person.Value);
                break;
            case OrganizationValue organization:
                writer.WriteNumberValue(organization.Organization.Value);
                break;
            case TeamValue team:
                writer.WriteNumberValue(team.Team.Value);
                break;
            case FilesValue files:
                WriteFiles(writer, files.Files);
                break;
        }
    }

    // Where the content lies is nobody's business outside.
    private static void WriteFiles(Utf8JsonWriter writer, ValueList<AttachedFile> files)
    {
        writer.WriteStartArray();
        foreach (var file in files)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", file.Id);
            writer.WriteString("name", file.Name);
            writer.WriteString("contentType", file.ContentType);
            writer.WriteNumber("size", file.Size);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
