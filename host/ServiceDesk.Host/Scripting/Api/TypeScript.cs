using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using ServiceDesk.Sdk.Scripting;

namespace ServiceDesk.Host.Scripting.Api;

/// <summary>Types of scripts as TypeScript writes them, for declarations, completion and sentences.</summary>
public static class TypeScript
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>A described type.</summary>
    public static string Of(ScriptType type) =>
        type switch
        {
            ScriptType.TextType => "string",
            ScriptType.NumberType => "number",
            ScriptType.FlagType => "boolean",
            ScriptType.NothingType => "void",
            ScriptType.NamedType named => named.Name,
            ScriptType.ChoiceType choice => string.Join(" | ", choice.Words.Select(word => $"\"{word}\"")),
            ScriptType.ListType list => list.Item
                is ScriptType.ChoiceType
                    or ScriptType.UnionType
                    or ScriptType.NullableType
                ? $"({Of(list.Item)})[]"
                : $"{Of(list.Item)}[]",
            ScriptType.NullableType nullable => $"{Of(nullable.Value)} | null",
            ScriptType.UnionType union => string.Join(" | ", union.Types.Select(Of)),
            ScriptType.ObjectType described => $"{{ {string.Join("; ", described.Properties.Select(Of))} }}",
            _ => "any",
        };

    /// <summary>A parameter or property with its name.</summary>
    public static string Of(ScriptParameter parameter) =>
        $"{parameter.Name}{(parameter.IsOptional ? "?" : "")}: {Of(parameter.Type)}";

    /// <summary>A function's parameters and result.</summary>
    public static string Of(ScriptFunction function) =>
        $"({string.Join(", ", function.Parameters.Select(Of))}): {Of(function.Returns)}";

    /// <summary>The properties of a record that is given to scripts as JSON, with their types.</summary>
    public static IReadOnlyList<(string Name, string Type)> PropertiesOf(Type record) =>
        [
            .. record
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.Name != "EqualityContract")
                .Select(property => (JsonNamingPolicy.CamelCase.ConvertName(property.Name), Of(property))),
        ];

    private static string Of(PropertyInfo property)
    {
        NullabilityInfo info;
        lock (Nullability)
        {
            info = Nullability.Create(property);
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return Of(type) + (info.ReadState == NullabilityState.Nullable ? " | null" : "");
    }

    private static string Of(Type type)
    {
        if (type == typeof(string) || type.IsEnum)
        {
            return "string";
        }

        if (type == typeof(bool))
        {
            return "boolean";
        }

        if (type.IsPrimitive || type == typeof(decimal))
        {
            return "number";
        }

        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
        {
            var arguments = type.GetGenericArguments();
            return arguments.Length == 1 ? $"{Of(arguments[0])}[]" : $"{{ [key: string]: {Of(arguments[^1])} }}";
        }

        return typeof(IEnumerable).IsAssignableFrom(type) ? "any"
            : type.Namespace?.StartsWith("ServiceDesk.Host", StringComparison.Ordinal) == true ? Inline(type)
            : type == typeof(object) || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true ? "any"
            : type.IsValueType ? "string"
            : "any";
    }

    private static string Inline(Type record)
    {
        var text = new StringBuilder("{ ");
        text.AppendJoin("; ", PropertiesOf(record).Select(property => $"{property.Name}: {property.Type}"));
        return text.Append(" }").ToString();
    }
}
