using System.Collections;
using System.Reflection;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Testing;

/// <summary>Makes a value of any record, so that tests can round-trip types that they know nothing of.</summary>
internal static class Sample
{
    /// <exception cref="NotSupportedException">The type has no public constructor that this can feed.</exception>
    public static object? Of(Type type) => Simple(type) ?? Collection(type) ?? Constructed(type);

    private static object? Simple(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Of(inner)
        : type.IsEnum ? Enum.GetValues(type).GetValue(0)
        : type == typeof(string) ? "한글 and <text>"
        : type == typeof(bool) ? true
        : type == typeof(int) ? 7
        : type == typeof(long) ? 7L
        : type == typeof(decimal) ? 7.5m
        : type == typeof(double) ? 7.5
        : type == typeof(Instant) ? Instant.FromUtc(2026, 3, 2, 9, 30, 15)
        : type == typeof(Duration) ? Duration.FromMinutes(90)
        : type == typeof(LocalDate) ? new LocalDate(2026, 3, 2)
        : type == typeof(TicketKey) ? new TicketKey("ITSD", 95)
        : type == typeof(LocalizedText) ? LocalizedText.Of("Words", "말")
        : type == typeof(FieldValue) ? new ChoiceValue("high")
        : null;

    private static object? Collection(Type type)
    {
        if (!type.IsGenericType)
        {
            return null;
        }

        var item = type.GetGenericArguments()[^1];
        if (type.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            var items = Array.CreateInstance(item, 1);
            items.SetValue(Of(item), 0);
            return typeof(ValueList)
                .GetMethod(nameof(ValueList.ToValueList))!
                .MakeGenericMethod(item)
                .Invoke(null, [items]);
        }

        if (type.GetGenericTypeDefinition() == typeof(ValueMap<>))
        {
            var empty = type.GetProperty("Empty", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
            return type.GetMethod("SetItem")!.Invoke(empty, ["key", Of(item)]);
        }

        return typeof(IEnumerable).IsAssignableFrom(type)
            ? throw new NotSupportedException($"{type} does not compare by value; use ValueList or ValueMap.")
            : null;
    }

    private static object Constructed(Type type)
    {
        var constructor =
            type.GetConstructors()
                .Where(candidate => candidate.GetParameters().All(parameter => parameter.ParameterType != type))
                .MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor.");
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))]);
        var rest = type.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true })
            .Where(property => constructor.GetParameters().All(parameter => parameter.Name != property.Name));
        foreach (var property in rest)
        {
            property.SetValue(made, Of(property.PropertyType));
        }

        return made;
    }
}
