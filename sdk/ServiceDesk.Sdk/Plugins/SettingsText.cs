using System.Globalization;
using System.Reflection;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// Settings as text, one entry for each public property that can be read and written: text, <c>true</c> or <c>false</c>,
/// numbers in invariant notation, enumerations as words with dashes, durations in ISO 8601 (<c>PT8H</c>).
/// </summary>
public static class SettingsText
{
    // No thousands separators: 1,5 is one and a half to many people, never 15.
    private const NumberStyles Plain = NumberStyles.Float & ~NumberStyles.AllowExponent;

    /// <summary>The properties that are settings, in the order of their declaration.</summary>
    /// <param name="settings">The class of the settings.</param>
    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type settings) =>
        [
            .. settings
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property is { CanRead: true, CanWrite: true }),
        ];

    /// <summary>Whether a property of this type can be a setting.</summary>
    public static bool CanHold(Type type) =>
        type == typeof(string)
        || type == typeof(bool)
        || type == typeof(int)
        || type == typeof(long)
        || type == typeof(decimal)
        || type == typeof(double)
        || type == typeof(Duration)
        || type.IsEnum;

    /// <summary>The name under which a property is saved: camelCase.</summary>
    /// <param name="property">A property of the class of the settings.</param>
    public static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The word for a value of an enumeration, such as <c>in-progress</c>.</summary>
    public static string WordOf(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Settings with the given values; what is missing or cannot be read keeps the class's default, what the class does not have is passed over. Never throws.</summary>
    /// <param name="values">Text by saved name.</param>
    public static TSettings Read<TSettings>(ValueMap<string> values)
        where TSettings : class, new() => (TSettings)Read(new TSettings(), values);

    /// <summary>As <see cref="Read{TSettings}"/>, into an object with the class's defaults.</summary>
    /// <param name="settings">Is changed.</param>
    /// <param name="values">Text by saved name.</param>
    /// <returns><paramref name="settings"/>.</returns>
    public static object Read(object settings, ValueMap<string> values)
    {
        foreach (var property in PropertiesOf(settings.GetType()))
        {
            if (values.Find(NameOf(property)) is { } text && TryParse(property.PropertyType, text, out var value))
            {
                property.SetValue(settings, value);
            }
        }

        return settings;
    }

    /// <summary>The values of settings, as <see cref="Read{TSettings}"/> takes them.</summary>
    /// <param name="settings">An object of the class of the settings.</param>
    public static ValueMap<string> Write(object settings) =>
        ValueMap<string>.From(
            PropertiesOf(settings.GetType())
                .Where(property => CanHold(property.PropertyType))
                .Select(property => KeyValuePair.Create(NameOf(property), Format(property.GetValue(settings))))
        );

    /// <summary>A value as text; null is empty.</summary>
    /// <param name="value">Of a type that <see cref="CanHold"/> allows.</param>
    public static string Format(object? value) =>
        value switch
        {
            null => string.Empty,
            bool flag => flag ? "true" : "false",
            Enum word => WordOf(word),
            Duration duration => PeriodPattern.NormalizingIso.Format(
                Period.FromTicks(duration.BclCompatibleTicks).Normalize()
            ),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };

    /// <summary>Reads a value; false when the text is none of the type. Numbers have a point and no thousands separators. Never throws.</summary>
    /// <param name="type">A type that <see cref="CanHold"/> allows; for another one the answer is false.</param>
    /// <param name="text">The text.</param>
    /// <param name="value">The value; null when there is none.</param>
    public static bool TryParse(Type type, string text, out object? value)
    {
        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when type == typeof(int) => int.TryParse(
                text,
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : null,
            _ when type == typeof(long) => long.TryParse(
                text,
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : null,
            _ when type == typeof(decimal) => decimal.TryParse(
                text,
                Plain,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : null,
            _ when type == typeof(double) => double.TryParse(
                text,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var number
            ) && double.IsFinite(number)
                ? number
                : null,
            _ when type == typeof(Duration) => ParseDuration(text),
            _ when type.IsEnum => Array.Find(
                Enum.GetValues(type).Cast<Enum>().ToArray(),
                word => WordOf(word) == text.Trim()
            ),
            _ => null,
        };
        return value is not null;
    }

    private static object? ParseDuration(string text)
    {
        try
        {
            var parsed = PeriodPattern.NormalizingIso.Parse(text.Trim());
            return parsed.Success && parsed.Value is { Years: 0, Months: 0 } period ? period.ToDuration() : null;
        }
        catch (OverflowException)
        {
            return null; // more days than a duration can hold
        }
    }
}
