using System.Globalization;
using System.Text.Json;
using NodaTime.Text;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Json;

/// <summary>Reads plain values (of the API, of forms, of presets) by the kind of their field. Only the shape is checked here; whether the field takes the value is the ticket's decision.</summary>
public static class PlainFields
{
    // Days, hours, minutes and seconds, so that what is written is what is read.
    private const int AllUnits = 4;

    /// <summary>Reads a JSON value. Null, an empty string and an empty list mean an empty field.</summary>
    /// <returns>False when the value is not of the field's kind.</returns>
    public static bool TryRead(FieldKind kind, JsonElement json, out FieldValue? value)
    {
        value = null;
        return json.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => true,
            JsonValueKind.String => TryRead(kind, json.GetString()!, out value),
            JsonValueKind.Number => TryReadNumber(kind, json, out value),
            JsonValueKind.True or JsonValueKind.False when kind == FieldKind.Flag => Is(
                new FlagValue(json.GetBoolean()),
                out value
            ),
            JsonValueKind.Array when kind == FieldKind.Attachment => TryReadFiles(json, out value),
            JsonValueKind.Array when kind is FieldKind.Choices or FieldKind.Tags => TryReadChoices(json, out value),
            _ => false,
        };
    }

    /// <summary>Reads a value as people or forms write it; several choices are separated by commas. An empty text means an empty field.</summary>
    /// <returns>False when the text is not of the field's kind.</returns>
    public static bool TryRead(FieldKind kind, string text, out FieldValue? value)
    {
        value = null;
        if (text.Length == 0)
        {
            return true;
        }

        value = kind switch
        {
            FieldKind.Text or FieldKind.LongText or FieldKind.Url => new TextValue(text),
            FieldKind.Choice => new ChoiceValue(text),
            FieldKind.Choices or FieldKind.Tags => Choices(
                text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ),
            FieldKind.Number => decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? new NumberValue(number)
                : null,
            FieldKind.Flag => text switch
            {
                "true" or "on" => new FlagValue(true),
                "false" or "off" => new FlagValue(false),
                _ => null,
            },
            FieldKind.Date => LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date)
                ? new DateValue(date)
                : null,
            FieldKind.Moment => InstantConverter.TryRead(text, out var moment) ? new MomentValue(moment) : null,
            FieldKind.Duration => DurationText.TryParse(text, out var length) ? new DurationValue(length) : null,
            FieldKind.Person or FieldKind.Organization or FieldKind.Team => long.TryParse(
                text,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var id
            )
                ? Reference(kind, id)
                : null,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>A value as forms hold it; the inverse of <see cref="TryRead(FieldKind, string, out FieldValue?)"/>. Files, which no text holds, are written by their names.</summary>
    public static string Write(FieldValue? value) =>
        value switch
        {
            TextValue text => text.Text,
            NumberValue number => number.Number.ToString(CultureInfo.InvariantCulture),
            FlagValue flag => flag.IsSet ? "true" : "false",
            DateValue date => LocalDatePattern.Iso.Format(date.Date),
            MomentValue moment => InstantPattern.ExtendedIso.Format(moment.Moment),
            DurationValue duration => DurationText.Format(duration.Length, "en", DurationDays.Of24Hours, AllUnits),
            ChoiceValue choice => choice.Choice,
            ChoicesValue choices => string.Join(',', choices.Choices),
            PersonValue person => person.Person.ToString(),
            OrganizationValue organization => organization.Organization.ToString(),
            TeamValue team => team.Team.ToString(),
            FilesValue files => string.Join(", ", files.Files.Select(file => file.Name)),
            _ => string.Empty,
        };

    private static bool TryReadNumber(FieldKind kind, JsonElement json, out FieldValue? value)
    {
        value = kind switch
        {
            FieldKind.Number when json.TryGetDecimal(out var number) => new NumberValue(number),
            _ => json.TryGetInt64(out var id) ? Reference(kind, id) : null,
        };
        return value is not null;
    }

    private static FieldValue? Reference(FieldKind kind, long id) =>
        kind switch
        {
            FieldKind.Person => new PersonValue(new PersonId(id)),
            FieldKind.Organization => new OrganizationValue(new OrganizationId(id)),
            FieldKind.Team => new TeamValue(new TeamId(id)),
            _ => null,
        };

    private static bool TryReadChoices(JsonElement json, out FieldValue? value)
    {
        value = null;
        if (json.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            return false;
        }

        var ids = json.EnumerateArray().Select(item => item.GetString()!).ToList();
        return ids.Count == 0 || Is(Choices(ids), out value);
    }

    // A file is named by its id, alone or in an object as it is shown. What else it is, whoever takes the value has to find.
    private static bool TryReadFiles(JsonElement json, out FieldValue? value)
    {
        value = null;
        var ids = new List<long>();
        foreach (var item in json.EnumerateArray())
        {
            var named =
                item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var inside) ? inside : item;
            if (named.ValueKind != JsonValueKind.Number || !named.TryGetInt64(out var id) || id <= 0)
            {
                return false;
            }

            ids.Add(id);
        }

        return ids.Count == 0
            || Is(
                new FilesValue(ids.Distinct().Select(id => new AttachedFile(id, "", "", 0, "")).ToValueList()),
                out value
            );
    }

    private static ChoicesValue Choices(IEnumerable<string> ids) =>
        new(ids.Distinct(StringComparer.Ordinal).ToValueList());

    private static bool Is(FieldValue given, out FieldValue? value)
    {
        value = given;
        return true;
    }
}
