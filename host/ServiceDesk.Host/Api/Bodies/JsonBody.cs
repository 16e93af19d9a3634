using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Api;

namespace ServiceDesk.Host.Api.Bodies;

/// <summary>A JSON body that was read.</summary>
/// <param name="Value">The values.</param>
/// <param name="Given">Names of the keys that stand in the body, null or not.</param>
/// <param name="Bytes">The body as it came.</param>
public sealed record JsonBody<T>(T Value, IReadOnlySet<string> Given, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Reads bodies strictly: one JSON object of at most 1 MB and 32 levels, no key twice, none that is not known, each value of
/// its type. Every mistake is told at once, with its place.
/// </summary>
public sealed class JsonBodyReader(ApiProblems problems)
{
    /// <summary>The most bytes of a body.</summary>
    public const int Limit = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Options = MakeOptions();

    /// <summary>The body, or the answer that says what is wrong with it.</summary>
    public async Task<(JsonBody<T>? Body, IResult? Problem)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, problems.Of(StatusCodes.Status415UnsupportedMediaType, "api.json-expected"));
        }

        if (await ReadBytesAsync(context.Request, context.RequestAborted) is not { } bytes)
        {
            return (null, problems.Of(StatusCodes.Status413PayloadTooLarge, "api.too-large"));
        }

        return Read<T>(bytes);
    }

    /// <summary>The body in bytes, or the answer that says what is wrong with it.</summary>
    public (JsonBody<T>? Body, IResult? Problem) Read<T>(ReadOnlyMemory<byte> bytes)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return Read<T>(document.RootElement, bytes);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second: escapes such as \ud800 alone are JSON, but no text that could be stored.
            return (null, problems.Of(StatusCodes.Status400BadRequest, "api.json-malformed"));
        }
    }

    private (JsonBody<T>? Body, IResult? Problem) Read<T>(JsonElement root, ReadOnlyMemory<byte> bytes)
        where T : class
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, problems.Of(StatusCodes.Status400BadRequest, "api.json-no-object"));
        }

        var known = Options.GetTypeInfo(typeof(T)).Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        var mistakes = new List<ApiMistake>();
        foreach (var property in root.EnumerateObject())
        {
            given.Add(property.Name);
            if (Mistake(property, known) is { } mistake)
            {
                mistakes.Add(mistake);
            }
        }

        return mistakes.Count > 0
            ? (null, problems.Of(StatusCodes.Status400BadRequest, "api.body-wrong", mistakes))
            : (new JsonBody<T>(root.Deserialize<T>(Options)!, given, bytes), null);
    }

    private ApiMistake? Mistake(JsonProperty property, Dictionary<string, JsonPropertyInfo> known)
    {
        var pointer = "/" + JsonPointers.Escape(property.Name);
        if (!known.TryGetValue(property.Name, out var info))
        {
            return problems.Mistake("api.key-unknown", pointer, Shortened(property.Name));
        }

        try
        {
            EnsureWholeTexts(property.Value);
            _ = property.Value.Deserialize(info.PropertyType, Options);
            return null;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            var type = Nullable.GetUnderlyingType(info.PropertyType) ?? info.PropertyType;
            return type.IsEnum
                ? problems.Mistake("api.not-one-of", pointer, Names(type))
                : problems.Mistake(
                    "api.value-wrong",
                    pointer + (error is JsonException json ? JsonPlaces.PointerOf(json) : ""),
                    property.Name
                );
        }
    }

    private static void EnsureWholeTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    EnsureWholeTexts(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    EnsureWholeTexts(property.Value);
                }

                break;
        }
    }

    private static string Names(Type type) =>
        string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName));

    private static string Shortened(string name) => name.Length <= 60 ? name : name[..60] + "…";

    /// <summary>The bytes of a body; null when there are too many.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Limit)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int count;
        while ((count = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + count > Limit)
            {
                return null;
            }

            buffer.Write(chunk, 0, count);
        }

        return buffer.ToArray();
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            MaxDepth = 32,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        ServiceDeskJson.Apply(options, plainFields: true);
        options.IgnoreReadOnlyProperties = false;
        options.Converters.Insert(0, new PersonReferenceConverter());
        options.Converters.Insert(0, new TeamReferenceConverter());
        options.Converters.Insert(0, new OrganizationReferenceConverter());
        options.MakeReadOnly();
        return options;
    }
}
