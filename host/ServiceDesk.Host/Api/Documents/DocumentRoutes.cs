using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Documents;

/// <summary>A document of the configuration without its content.</summary>
public sealed record DocumentHeadAnswer(string Kind, string Id, int Version, string Url);

/// <summary>Reads and writes the configuration's documents, as JSON.</summary>
internal static class DocumentRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var documents = api.MapGroup("/configuration").WithTags("Configuration");
        var read = documents.MapGroup("").RequireAuthorization(Policies.ReadConfiguration, Permissions.Configure);
        read.MapGet("/", List)
            .WithName("listDocuments")
            .WithSummary("Lists the documents of the configuration.")
            .Produces<PageAnswer<DocumentHeadAnswer>>();
        read.MapGet("/{kind}/{id}", Get)
            .WithName("getDocument")
            .WithSummary("Shows a document.")
            .Produces<JsonElement>()
            .MayFail(404);
        var write = documents.MapGroup("").RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure);
        write
            .MapPut("/{kind}/{id}", PutAsync)
            .WithName("putDocument")
            .WithSummary(
                "Writes a document. If-Match names the version that was seen; without it any is replaced. Of an SLA policy or calendar, mode says what the clocks that run shall do: new-tickets-only (as without it), keep-elapsed or recompute. Of a workflow or ticket type, replace (such as waiting:in-progress, several times) says where tickets go whose status goes away; without it a change that leaves tickets behind is refused."
            )
            .Accepts<JsonElement>("application/json")
            .Produces<JsonElement>()
            .Produces<JsonElement>(StatusCodes.Status201Created)
            .MayFail(400, 404, 412, 413, 415, 422);
        write
            .MapDelete("/{kind}/{id}", DeleteAsync)
            .WithName("removeDocument")
            .WithSummary(
                "Removes a document; its versions stay. One that tickets use, such as a link type, goes only with removeUsed."
            )
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(400, 404, 412, 422);
        DocumentVersionRoutes.Map(read, write);
    }

    private static IResult List(ConfigurationCache cache) =>
        Results.Ok(
            new PageAnswer<DocumentHeadAnswer>(
                [
                    .. cache.Snapshot.Documents.Select(entry =>
                    {
                        var (kind, id) = (DocumentTypes.KindOf(entry.Document), entry.Document.Id);
                        return new DocumentHeadAnswer(kind, id, entry.Version, $"/api/v1/configuration/{kind}/{id}");
                    }),
                ],
                null
            )
        );

    /// <summary>Shows a document; for other addresses of a kind too.</summary>
    public static IResult Get(
        HttpContext context,
        string kind,
        string id,
        ConfigurationCache cache,
        DocumentText text,
        ApiProblems problems
    ) =>
        DocumentTypes.Find(kind) is { } type && cache.Snapshot.Find(type, id) is { } found
            ? Show(context, found, text, StatusCodes.Status200OK)
            : problems.Of(StatusCodes.Status404NotFound, "configuration.no-such-document", id, kind);

    /// <summary>Writes a document; for other addresses of a kind too. The address gives the id where the body has none.</summary>
    public static async Task<IResult> PutAsync(
        HttpContext context,
        string kind,
        string id,
        ConfigurationCache cache,
        DocumentText text,
        IConfigurationEditor editor,
        SlaDrafts drafts,
        ApiProblems problems,
        string? mode = null,
        [FromQuery] string[]? replace = null
    )
    {
        if (DocumentTypes.Find(kind) is null)
        {
            return problems.Of(StatusCodes.Status404NotFound, "configuration.kind-unknown", kind);
        }

        var (chooser, unclear) = RunningClocks.Chosen(context, kind, mode, drafts, problems);
        if (chooser is null)
        {
            return unclear!;
        }

        var (author, unread) = Moving(chooser, replace, problems);
        if (author is null)
        {
            return unread!;
        }

        var (document, problem) = await ReadAsync(context, kind, id, text, problems);
        if (document is null)
        {
            return problem!;
        }

        var (expected, wrong) = Expected(context, problems);
        return wrong ?? await SaveAsync(context, document, expected, author, cache, text, editor, drafts, problems);
    }

    /// <summary>The document of the request's body; the address gives the id where the body has none.</summary>
    /// <param name="kind">A kind that exists.</param>
    internal static async Task<(ConfigurationDocument? Document, IResult? Problem)> ReadAsync(
        HttpContext context,
        string kind,
        string id,
        DocumentText text,
        ApiProblems problems
    )
    {
        var (json, problem) = await BodyAsync(context, problems);
        if (json is null)
        {
            return (null, problem);
        }

        var reading = text.FromJson(kind, WithId(json, id));
        return reading.Document switch
        {
            null => (null, Problem(problems, reading.Problems.Select(found => (found, (string?)null)))),
            { } document when document.Id != id => (
                null,
                Problem(problems, [(DocumentProblem.At("/id", "configuration.kind-changed", $"{kind}/{id}"), null)])
            ),
            { } document => (document, null),
        };
    }

    /// <summary>Writes a document that was read, and shows it.</summary>
    /// <param name="expected">The version that was seen, 0 for a new one; null takes any.</param>
    internal static async Task<IResult> SaveAsync(
        HttpContext context,
        ConfigurationDocument document,
        int? expected,
        ConfigurationAuthor author,
        ConfigurationCache cache,
        DocumentText text,
        IConfigurationEditor editor,
        SlaDrafts drafts,
        ApiProblems problems
    )
    {
        var (type, kind, id) = (document.GetType(), DocumentTypes.KindOf(document), document.Id);
        var isNew = cache.Snapshot.Find(type, id) is null;
        var outcome = await editor.SaveAsync(text.ToYaml(document), expected, author, context.RequestAborted);
        if (await RunningClocks.BeginAsync(context, author, outcome.Status, kind, id, drafts, problems) is { } unheard)
        {
            return unheard;
        }

        return outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged
            ? Show(
                context,
                cache.Snapshot.Find(type, id)!,
                text,
                isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK
            )
            : Problem(problems, outcome, ConfigurationFolder.PathOf(kind, id));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context,
        string kind,
        string id,
        IConfigurationEditor editor,
        ApiProblems problems,
        bool removeUsed = false
    )
    {
        var (expected, wrong) = Expected(context, problems);
        if (wrong is not null)
        {
            return wrong;
        }

        var author = Author(context) with { RemovesUsed = removeUsed };
        var outcome = await editor.RemoveAsync(kind, id, expected, author, context.RequestAborted);
        return outcome.Status == ConfigurationStatus.Written
            ? Results.NoContent()
            : Problem(problems, outcome, ConfigurationFolder.PathOf(kind, id));
    }

    /// <summary>A document, with its version.</summary>
    internal static IResult Show(HttpContext context, VersionedDocument found, DocumentText text, int status)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{found.Version}\"");
        return Results.Text(text.ToJson(found.Document), "application/json", Encoding.UTF8, status);
    }

    // What is no object, or has a key twice, is left as it is: reading it says what is wrong.
    private static string WithId(string json, string id)
    {
        try
        {
            var strict = new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false };
            if (JsonNode.Parse(json, documentOptions: strict) is JsonObject root && !root.ContainsKey("id"))
            {
                root.Insert(0, "id", id);
                return root.ToJsonString();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return json;
        }

        return json;
    }

    private static async Task<(string? Json, IResult? Problem)> BodyAsync(HttpContext context, ApiProblems problems)
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, problems.Of(StatusCodes.Status415UnsupportedMediaType, "api.json-expected"));
        }

        return await JsonBodyReader.ReadBytesAsync(context.Request, context.RequestAborted) is { } bytes
            ? (Encoding.UTF8.GetString(bytes.Span), null)
            : (null, problems.Of(StatusCodes.Status413PayloadTooLarge, "api.too-large"));
    }

    /// <summary>The version that the request names.</summary>
    internal static (int? Version, IResult? Problem) Expected(HttpContext context, ApiProblems problems)
    {
        var (tag, wrong) = ExpectedTag(context, problems);
        return tag is null ? (null, wrong)
            : int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? (version, null)
            : (null, TagWrong(problems));
    }

    /// <summary>The tag that the request names, without its quotes; null when any will do.</summary>
    internal static (string? Tag, IResult? Problem) ExpectedTag(HttpContext context, ApiProblems problems)
    {
        if (context.Request.Headers.IfMatch.Count == 0)
        {
            return (null, null);
        }

        return context.Request.GetTypedHeaders().IfMatch.FirstOrDefault()?.Tag.ToString() switch
        {
            null => (null, TagWrong(problems)),
            "*" => (null, null),
            var tag => (tag.Trim('"'), null),
        };
    }

    /// <summary>The answer to a request that names another tag than what lies there has; null when it may go on.</summary>
    /// <param name="tag">The tag of what lies there; null for nothing, which no tag fits.</param>
    internal static IResult? NotSeen(HttpContext context, string? tag, ApiProblems problems)
    {
        var (seen, wrong) = ExpectedTag(context, problems);
        return wrong
            ?? (
                seen is null || seen == tag
                    ? null
                    : problems.Of(StatusCodes.Status412PreconditionFailed, "configuration.changed-meanwhile")
            );
    }

    private static IResult TagWrong(ApiProblems problems) =>
        problems.OfParameter(StatusCodes.Status400BadRequest, HeaderNames.IfMatch, "api.tag-wrong");

    /// <summary>Who writes, and why.</summary>
    internal static ConfigurationAuthor Author(HttpContext context) =>
        new(context.RequireViewer().Person.Id, null, context.Request.Headers["X-Comment"]);

    /// <summary>The author with where tickets go whose statuses the change takes away, or the answer that says what cannot be read.</summary>
    /// <param name="replace">Each as <c>waiting:in-progress</c>, or <c>incident/waiting:in-progress</c> for one workflow alone.</param>
    internal static (ConfigurationAuthor? Author, IResult? Problem) Moving(
        ConfigurationAuthor author,
        string[]? replace,
        ApiProblems problems
    )
    {
        var moves = (replace ?? []).Select(StatusMove.Parse).ToList();
        return moves.Contains(null)
            ? (null, problems.OfParameter(StatusCodes.Status400BadRequest, nameof(replace), "workflow.replace-wrong"))
            : (author with { StatusMoves = moves.OfType<StatusMove>().ToValueList() }, null);
    }

    /// <summary>The answer when nothing was written.</summary>
    internal static IResult Problem(ApiProblems problems, ConfigurationOutcome outcome, string path) =>
        outcome.Status switch
        {
            ConfigurationStatus.NotFound => problems.Of(
                StatusCodes.Status404NotFound,
                outcome.Problems[0].Problem.Code,
                [.. outcome.Problems[0].Problem.Arguments]
            ),
            ConfigurationStatus.Conflict => problems.Of(
                StatusCodes.Status412PreconditionFailed,
                "configuration.changed-meanwhile"
            ),
            _ => Problem(
                problems,
                outcome.Problems.Select(found => (found.Problem, found.Path == path ? null : found.Path))
            ),
        };

    /// <summary>The answer to a document with mistakes.</summary>
    internal static IResult Problem(
        ApiProblems problems,
        IEnumerable<(DocumentProblem Problem, string? Document)> found
    ) =>
        problems.Of(
            StatusCodes.Status422UnprocessableEntity,
            "api.document-wrong",
            [
                .. found.Select(entry =>
                    problems.Mistake(entry.Problem.Code, entry.Problem.Path, [.. entry.Problem.Arguments]) with
                    {
                        Parameter = entry.Document,
                    }
                ),
            ]
        );
}
