using System.Text.Json;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Api;

/// <summary>Holds the arguments of a call against the description of the function.</summary>
public static class ArgumentCheck
{
    private const int MostItems = 1000;

    /// <summary>What is wrong; null when nothing is.</summary>
    public static Refusal? Check(string module, ScriptFunction function, JsonElement arguments)
    {
        var name = $"{module}.{function.Name}";
        if (arguments.ValueKind != JsonValueKind.Array || arguments.GetArrayLength() > function.Parameters.Count)
        {
            return Refusal.Invalid("scripts.call.too-many", null, name, $"{function.Parameters.Count}");
        }

        foreach (var (place, parameter) in function.Parameters.Index())
        {
            JsonElement? given = place < arguments.GetArrayLength() ? arguments[place] : null;
            if (given is null or { ValueKind: JsonValueKind.Null })
            {
                if (!parameter.IsOptional && parameter.Type is not ScriptType.NullableType and not ScriptType.AnyType)
                {
                    return Refusal.Invalid("scripts.call.missing", parameter.Name, name, parameter.Name);
                }
            }
            else if (Wrong(parameter.Type, given.Value, parameter.Name) is { } path)
            {
                return Refusal.Invalid("scripts.call.wrong", path, name, path, TypeScript.Of(TypeAt(parameter, path)));
            }
        }

        return null;
    }

    // The place of the first value that does not fit; null when all do.
    private static string? Wrong(ScriptType type, JsonElement value, string path) =>
        type switch
        {
            ScriptType.TextType text => value.ValueKind == JsonValueKind.String
            && value.GetString()!.Length <= text.Longest
                ? null
                : path,
            ScriptType.NumberType => value.ValueKind == JsonValueKind.Number ? null : path,
            ScriptType.FlagType => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : path,
            ScriptType.AnyType => null,
            ScriptType.ChoiceType choice => value.ValueKind == JsonValueKind.String
            && choice.Words.Contains(value.GetString()!, StringComparer.Ordinal)
                ? null
                : path,
            ScriptType.NullableType nullable => value.ValueKind == JsonValueKind.Null
                ? null
                : Wrong(nullable.Value, value, path),
            ScriptType.UnionType union => union.Types.Any(one => Wrong(one, value, path) is null) ? null : path,
            ScriptType.ListType list => WrongItem(list, value, path),
            ScriptType.ObjectType described => WrongProperty(described, value, path),
            _ => path,
        };

    private static string? WrongItem(ScriptType.ListType list, JsonElement value, string path) =>
        value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostItems
            ? path
            : value
                .EnumerateArray()
                .Select((item, place) => Wrong(list.Item, item, $"{path}[{place}]"))
                .FirstOrDefault(wrong => wrong is not null);

    private static string? WrongProperty(ScriptType.ObjectType described, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return path;
        }

        var known = described.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (!known.TryGetValue(property.Name, out var type))
            {
                return $"{path}.{(property.Name.Length <= 60 ? property.Name : property.Name[..60])}";
            }

            if (
                !(type.IsOptional && property.Value.ValueKind == JsonValueKind.Null)
                && Wrong(type.Type, property.Value, $"{path}.{property.Name}") is { } wrong
            )
            {
                return wrong;
            }
        }

        return known
            .Values.Where(property => !property.IsOptional && !value.TryGetProperty(property.Name, out _))
            .Select(property => $"{path}.{property.Name}")
            .FirstOrDefault();
    }

    private static ScriptType TypeAt(ScriptParameter parameter, string path)
    {
        var type = parameter.Type;
        foreach (var step in path.Split('.').Skip(1))
        {
            if ((type as ScriptType.ObjectType)?.Properties.FirstOrDefault(p => p.Name == step) is not { } next)
            {
                return type;
            }

            type = next.Type;
        }

        return type;
    }
}
