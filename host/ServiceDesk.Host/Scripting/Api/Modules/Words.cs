using System.Text.Json;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>How scripts name things of the product, and how that is read.</summary>
internal static class Words
{
    /// <summary>A person by id, address, or name that only one person has.</summary>
    public static ScriptType Person { get; } = ScriptType.AnyOf(ScriptType.TextUpTo(254), ScriptType.Number);

    /// <summary>A team by id or name.</summary>
    public static ScriptType Team { get; } = ScriptType.AnyOf(ScriptType.TextUpTo(254), ScriptType.Number).OrNull();

    /// <summary>An organization by id or key.</summary>
    public static ScriptType Organization { get; } = ScriptType.AnyOf(ScriptType.TextUpTo(254), ScriptType.Number);

    /// <summary>How urgent.</summary>
    public static ScriptType Priority { get; } =
        ScriptType.OneOf([.. Enum.GetNames<Priority>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)]);

    /// <summary>A priority of its word; the word was checked.</summary>
    public static Priority PriorityOf(string word) => Enum.Parse<Priority>(word, ignoreCase: true);

    /// <summary>A property that is there and not null.</summary>
    public static JsonElement? Find(this JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    /// <summary>The text of a property; null when it is not there.</summary>
    public static string? TextOf(this JsonElement value, string name) => value.Find(name)?.GetString();

    /// <summary>Values of fields.</summary>
    /// <exception cref="ScriptRefusedException">One cannot be read.</exception>
    public static ValueMap<FieldValue?> Fields(this IConfiguration configuration, Viewer viewer, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new ScriptRefusedException(Refusal.Invalid("scripts.call.fields", "fields"));
        }

        var given = value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        var (fields, refusals) = FieldReader.Read(given, viewer, null, configuration);
        return refusals.Count == 0 ? fields : throw new ScriptRefusedException(refusals);
    }

    /// <summary>The values of fields for the ticket that the call names first, whose people and files the script's person knows.</summary>
    /// <exception cref="ScriptRefusedException">They cannot be read, or somebody is unknown.</exception>
    public static async Task<ValueMap<FieldValue?>> FieldsAsync(
        this ReferenceReader references,
        ScriptCall call,
        IConfiguration configuration,
        JsonElement value,
        CancellationToken cancellation
    )
    {
        var fields = configuration.Fields(call.Viewer, value);
        var ticket = fields.Values.OfType<FilesValue>().Any()
            ? (await call.TicketAsync(call.Text(0), cancellation)).State
            : null;
        (fields, var strangers) = await references.KnownAsync(call.Viewer, ticket, fields, cancellation);
        return strangers.Count == 0 ? fields : throw new ScriptRefusedException(strangers);
    }

    /// <summary>The person that a script names.</summary>
    /// <exception cref="ScriptRefusedException">There is none, or several.</exception>
    public static async Task<PersonId> PersonAsync(
        this ReferenceReader references,
        Viewer viewer,
        JsonElement value,
        string field,
        CancellationToken cancellation
    )
    {
        var (person, refusal) = await references.PersonAsync(
            viewer,
            value.ValueKind == JsonValueKind.Number
                ? new PersonReference(IdOf(value), null)
                : new PersonReference(null, value.GetString()),
            field,
            cancellation
        );
        return person ?? throw new ScriptRefusedException(refusal!);
    }

    /// <summary>The team that a script names; null for null.</summary>
    /// <exception cref="ScriptRefusedException">There is none.</exception>
    public static async Task<TeamId> TeamAsync(
        this ReferenceReader references,
        Viewer viewer,
        JsonElement value,
        string field,
        CancellationToken cancellation
    )
    {
        var (team, refusal) = await references.TeamAsync(
            viewer,
            value.ValueKind == JsonValueKind.Number
                ? new TeamReference(IdOf(value), null)
                : new TeamReference(null, value.GetString()),
            field,
            cancellation
        );
        return team ?? throw new ScriptRefusedException(refusal!);
    }

    /// <summary>The organization that a script names.</summary>
    /// <exception cref="ScriptRefusedException">There is none.</exception>
    public static async Task<OrganizationId> OrganizationAsync(
        this ReferenceReader references,
        Viewer viewer,
        JsonElement value,
        string field,
        CancellationToken cancellation
    )
    {
        var (organization, refusal) = await references.OrganizationAsync(
            viewer,
            value.ValueKind == JsonValueKind.Number
                ? new OrganizationReference(IdOf(value), null)
                : new OrganizationReference(null, value.GetString()),
            field,
            cancellation
        );
        return organization ?? throw new ScriptRefusedException(refusal!);
    }

    private static long IdOf(JsonElement value) => value.TryGetInt64(out var id) ? id : 0;
}
