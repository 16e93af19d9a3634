using System.Reflection;
using ServiceDesk.Sdk.Tickets;

namespace Architecture.Tests.Rules;

/// <summary>Names under which events are stored for ever, with the shape of their payload.</summary>
public static class StoredNames
{
    /// <summary>One line an event: name, version and properties, by name.</summary>
    public static string Of(IEnumerable<Type> types) =>
        string.Concat(
            Events(types)
                .Where(t => t.GetCustomAttribute<StoredNameAttribute>() is not null)
                .Select(t => $"{t.GetCustomAttribute<StoredNameAttribute>()} ({string.Join(", ", Properties(t))})\n")
                .Order(StringComparer.Ordinal)
        );

    /// <summary>Events that could not be stored.</summary>
    public static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        Events(types)
            .Where(t => t != typeof(UnknownEvent) && t.GetCustomAttribute<StoredNameAttribute>() is null)
            .Select(t => $"{t.Name} has no stored name");

    private static IEnumerable<Type> Events(IEnumerable<Type> types) =>
        types.Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(TicketEvent)));

    private static IEnumerable<string> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.Name != "EqualityContract")
            .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
}
