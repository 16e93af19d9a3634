using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Json;

/// <summary>Turns the payload of an event's older version into that of another, so that what was stored once is readable for ever.</summary>
/// <param name="From">The stored name with version, such as <c>ticket.assigned/1</c>.</param>
/// <param name="To">The stored name with version that it becomes; may itself have an upcaster.</param>
/// <param name="Change">Changes the payload in place, or gives another.</param>
public sealed record EventUpcaster(string From, string To, Func<JsonObject, JsonObject> Change);

/// <summary>The names under which events are stored, and their payloads as JSON. Built once at start.</summary>
public sealed class EventCatalog
{
    private readonly Dictionary<string, Type> types;
    private readonly Dictionary<Type, string> names = [];
    private readonly Dictionary<string, EventUpcaster> upcasters;

    /// <exception cref="ArgumentException">A plugin's event takes a name that is taken, or has none.</exception>
    public EventCatalog(TicketExtensions extensions, IEnumerable<EventUpcaster>? upcasters = null)
    {
        types = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var (name, type) in Own().Concat(extensions.Events))
        {
            if (types.TryGetValue(name, out var taken) && taken != type)
            {
                throw new ArgumentException(
                    $"The event name {name} belongs to {taken} and to {type}.",
                    nameof(extensions)
                );
            }

            types[name] = type;
            names[type] = name;
        }

        this.upcasters = (upcasters ?? []).ToDictionary(upcaster => upcaster.From, StringComparer.Ordinal);
    }

    /// <summary>All stored names with version, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. types.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The stored name with version of an event.</summary>
    /// <exception cref="ArgumentException">The event's type was never registered.</exception>
    public string NameOf(TicketEvent @event) =>
        @event switch
        {
            UnknownEvent unknown => unknown.StoredName,
            _ when names.TryGetValue(@event.GetType(), out var name) => name,
            _ => throw new ArgumentException($"The event {@event.GetType()} has no stored name.", nameof(@event)),
        };

    /// <summary>The payload of an event.</summary>
    public string Write(TicketEvent @event) =>
        @event is UnknownEvent unknown
            ? unknown.Json
            : JsonSerializer.Serialize(@event, @event.GetType(), ServiceDeskJson.Stored);

    /// <summary>
    /// The event that was stored. A name that nobody has, or a payload that its type does not take, becomes an
    /// <see cref="UnknownEvent"/> that keeps what was stored, so that one plugin's mistake makes no ticket unreadable.
    /// </summary>
    public TicketEvent Read(string storedName, string json)
    {
        try
        {
            var (name, payload) = Upcast(storedName, json);
            return
                types.TryGetValue(name, out var type)
                && JsonSerializer.Deserialize(payload, type, ServiceDeskJson.Stored) is TicketEvent @event
                ? @event
                : new UnknownEvent(storedName, json);
        }
        catch (JsonException)
        {
            return new UnknownEvent(storedName, json);
        }
    }

    private (string Name, string Json) Upcast(string name, string json)
    {
        if (!upcasters.TryGetValue(name, out var upcaster))
        {
            return (name, json);
        }

        var payload = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("Expected an object.");
        // Each step leads to another name; a chain longer than there are upcasters would be a circle.
        for (var steps = 0; upcaster is not null && steps < upcasters.Count; steps++)
        {
            payload = upcaster.Change(payload);
            name = upcaster.To;
            upcaster = upcasters.GetValueOrDefault(name);
        }

        return (name, payload.ToJsonString(ServiceDeskJson.Stored));
    }

    private static IEnumerable<KeyValuePair<string, Type>> Own() =>
        from type in typeof(TicketEvent).Assembly.GetTypes()
        where !type.IsAbstract && type.IsSubclassOf(typeof(TicketEvent))
        let name = type.GetCustomAttribute<StoredNameAttribute>()
        where name is not null
        select KeyValuePair.Create(name.ToString(), type);
}
