using System.Text.Json;
using ServiceDesk.Core.Configuration;

namespace ServiceDesk.Core.Json;

/// <summary>
/// Where in a text a value could not be read. A list or map reads its items by a call of its own, whose mistake knows only
/// the way from there: it is kept inside the mistake of the whole, and both ways together are the place.
/// </summary>
public static class JsonPlaces
{
    /// <summary>The place as a JSON pointer, RFC 6901; empty for the whole.</summary>
    public static string PointerOf(JsonException error)
    {
        var pointer = "";
        for (var at = error; at is not null; at = at.InnerException as JsonException)
        {
            pointer += JsonPointer.FromSchemaPath(at.Path?.TrimStart('$').Replace("'", "", StringComparison.Ordinal));
        }

        return pointer;
    }

    /// <summary>The mistake of an item, for who reads the whole: it takes the whole's place, and keeps the item's inside.</summary>
    internal static JsonException Within(JsonException item) => new(item.Message, item);
}
