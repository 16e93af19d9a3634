using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceDesk.Host.Api.Bodies;

/// <summary>A person as a client names one: by id, by address, or by a name that only one person has.</summary>
public sealed record PersonReference(long? Id, string? Text);

/// <summary>A team as a client names one: by id or by name.</summary>
public sealed record TeamReference(long? Id, string? Text);

/// <summary>An organization as a client names one: by id or by key.</summary>
public sealed record OrganizationReference(long? Id, string? Text);

internal sealed class OrganizationReferenceConverter : JsonConverter<OrganizationReference>
{
    public override OrganizationReference Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        var (id, text) = Reference.Read(ref reader);
        return new OrganizationReference(id, text);
    }

    public override void Write(Utf8JsonWriter writer, OrganizationReference value, JsonSerializerOptions options) =>
        Reference.Write(writer, value.Id, value.Text);
}

internal sealed class PersonReferenceConverter : JsonConverter<PersonReference>
{
    public override PersonReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (id, text) = Reference.Read(ref reader);
        return new PersonReference(id, text);
    }

    public override void Write(Utf8JsonWriter writer, PersonReference value, JsonSerializerOptions options) =>
        Reference.Write(writer, value.Id, value.Text);
}

internal sealed class TeamReferenceConverter : JsonConverter<TeamReference>
{
    public override TeamReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (id, text) = Reference.Read(ref reader);
        return new TeamReference(id, text);
    }

    public override void Write(Utf8JsonWriter writer, TeamReference value, JsonSerializerOptions options) =>
        Reference.Write(writer, value.Id, value.Text);
}

file static class Reference
{
    public static (long? Id, string? Text) Read(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out var id) => (id, null),
            JsonTokenType.String => (null, reader.GetString()),
            _ => throw new JsonException("Expected an id or a name."),
        };

    public static void Write(Utf8JsonWriter writer, long? id, string? text)
    {
        if (id is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }
}
