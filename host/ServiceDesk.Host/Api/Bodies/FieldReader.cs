using System.Text.Json;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Bodies;

/// <summary>Reads the plain values of <c>fields</c> by the kinds of their fields.</summary>
public static class FieldReader
{
    /// <summary>The values by field id, null for a field that is to be emptied; or every reason why they cannot be read. One that is hidden from the viewer answers as one that is unknown.</summary>
    /// <param name="status">The status of the ticket; null where there are several, or none yet.</param>
    public static (ValueMap<FieldValue?> Fields, ValueList<Refusal> Refusals) Read(
        IReadOnlyDictionary<string, JsonElement>? fields,
        Viewer viewer,
        string? status,
        IConfiguration configuration
    )
    {
        var values = ValueMap<FieldValue?>.Empty;
        var refusals = new List<Refusal>();
        foreach (var (id, json) in fields ?? new Dictionary<string, JsonElement>())
        {
            var name = $"fields.{Shortened(id)}";
            if (!configuration.TryGet<FieldDocument>(id, out var field) || !IsSeen(viewer, field, status))
            {
                refusals.Add(Refusal.Invalid("api.field-unknown", name, Shortened(id)));
            }
            else if (PlainFields.TryRead(field.Kind, json, out var value))
            {
                values = values.SetItem(id, value);
            }
            else
            {
                refusals.Add(FieldTrial.NotOfKind(field));
            }
        }

        return (values, refusals.ToValueList());
    }

    /// <summary>Only the filled ones of the values.</summary>
    public static ValueMap<FieldValue> Filled(ValueMap<FieldValue?> values) =>
        ValueMap<FieldValue>.From(
            values.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!))
        );

    private static bool IsSeen(Viewer viewer, FieldDocument field, string? status) =>
        status is null ? FieldSight.Knows(viewer, field) : FieldSight.Of(viewer, field, status) != FieldAccess.Hidden;

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
