using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Api.Documents;

/// <summary>A version of a document.</summary>
public sealed record DocumentVersionAnswer(
    int Version,
    long Revision,
    Instant At,
    long? Author,
    string? Source,
    string? Comment,
    bool Removed
);

/// <summary>A version of a document with what it says.</summary>
/// <param name="Version">Which, when, by whom and why.</param>
/// <param name="Document">The document as it was; null where the version removed it.</param>
/// <param name="Difference">Line by line what changed from the version that it was to be held against; null when it was to be held against none.</param>
public sealed record DocumentAtVersionAnswer(
    DocumentVersionAnswer Version,
    JsonElement? Document,
    IReadOnlyList<ComparedLineAnswer>? Difference
);

/// <summary>A line of a comparison, of the documents as YAML.</summary>
/// <param name="Change"><c>same</c>, <c>added</c> or <c>removed</c>.</param>
/// <param name="Before">Its number in the other version, from 1.</param>
/// <param name="After">Its number in this version, from 1.</param>
/// <param name="Text">The line.</param>
public sealed record ComparedLineAnswer(string Change, int? Before, int? After, string Text);

/// <summary>What documents were, as their pages tell it: read, compared, written again.</summary>
internal static class DocumentVersionRoutes
{
    private const string All = "/{kind}/{id}/versions";

    /// <summary>Maps the routes.</summary>
    /// <param name="read">For who reads the configuration.</param>
    /// <param name="write">For who writes it.</param>
    public static void Map(RouteGroupBuilder read, RouteGroupBuilder write)
    {
        read.MapGet(All, ListAsync)
            .WithName("listDocumentVersions")
            .WithSummary("Lists all versions of a document, newest first.")
            .Produces<PageAnswer<DocumentVersionAnswer>>()
            .MayFail(404);
        read.MapGet(All + "/{version:int}", GetAsync)
            .WithName("getDocumentVersion")
            .WithSummary(
                "Shows a document as it was, and with against (another version, 0 for none) what changed from there."
            )
            .Produces<DocumentAtVersionAnswer>()
            .MayFail(400, 404);
        write
            .MapPost(All + "/{version:int}/rollback", RollBackAsync)
            .WithName("rollBackDocument")
            .WithSummary(
                "Writes an earlier version again, as a new one. If-Match names the version that was seen; without it any is replaced. Of an SLA policy or calendar, mode says what the clocks that run shall do: new-tickets-only (as without it), keep-elapsed or recompute. Where the version lacks statuses in which tickets are, replace (such as waiting:in-progress, several times) says where they go."
            )
            .Produces<JsonElement>()
            .Produces<JsonElement>(StatusCodes.Status201Created)
            .MayFail(400, 404, 412, 422);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        string kind,
        string id,
        IConfigurationEditor editor,
        ApiProblems problems
    )
    {
        var versions = await editor.HistoryAsync(kind, id, context.RequestAborted);
        return versions.Count == 0
            ? problems.Of(StatusCodes.Status404NotFound, "configuration.no-such-document", id, kind)
            : Results.Ok(new PageAnswer<DocumentVersionAnswer>([.. versions.Select(Version)], null));
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        string kind,
        string id,
        int version,
        string? against,
        DocumentText text,
        IConfigurationEditor editor,
        ApiProblems problems
    )
    {
        var versions = await editor.HistoryAsync(kind, id, context.RequestAborted);
        if (versions.FirstOrDefault(one => one.Version == version) is not { } found)
        {
            return problems.Of(StatusCodes.Status404NotFound, "configuration.no-such-version", Words(version));
        }

        if (against is null)
        {
            return Results.Ok(new DocumentAtVersionAnswer(Version(found), Content(found, text), null));
        }

        if (
            !int.TryParse(against, NumberStyles.None, CultureInfo.InvariantCulture, out var other)
            || (other != 0 && versions.All(one => one.Version != other))
        )
        {
            return problems.OfParameter(
                StatusCodes.Status400BadRequest,
                nameof(against),
                "configuration.no-such-version",
                against
            );
        }

        var lines = await editor.CompareAsync(kind, id, other, version, context.RequestAborted);
        return Results.Ok(
            new DocumentAtVersionAnswer(
                Version(found),
                Content(found, text),
                [
                    .. lines.Select(line => new ComparedLineAnswer(
                        line.Change.ToString().ToLowerInvariant(),
                        line.Before,
                        line.After,
                        line.Text
                    )),
                ]
            )
        );
    }

    private static async Task<IResult> RollBackAsync(
        HttpContext context,
        string kind,
        string id,
        int version,
        ConfigurationCache cache,
        DocumentText text,
        IConfigurationEditor editor,
        SlaDrafts drafts,
        ApiProblems problems,
        string? mode = null,
        [FromQuery] string[]? replace = null
    )
    {
        var (chooser, unclear) = RunningClocks.Chosen(context, kind, mode, drafts, problems);
        if (chooser is null)
        {
            return unclear!;
        }

        var (author, unread) = DocumentRoutes.Moving(chooser, replace, problems);
        if (author is null)
        {
            return unread!;
        }

        var (expected, wrong) = DocumentRoutes.Expected(context, problems);
        if (wrong is not null)
        {
            return wrong;
        }

        var type = DocumentTypes.Find(kind);
        var isNew = type is null || cache.Snapshot.Find(type, id) is null;
        var outcome = await editor.RollBackAsync(kind, id, version, expected, author, context.RequestAborted);
        if (await RunningClocks.BeginAsync(context, author, outcome.Status, kind, id, drafts, problems) is { } unheard)
        {
            return unheard;
        }

        return outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged
            ? DocumentRoutes.Show(
                context,
                cache.Snapshot.Find(type!, id)!,
                text,
                isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK
            )
            : DocumentRoutes.Problem(problems, outcome, ConfigurationFolder.PathOf(kind, id));
    }

    private static JsonElement? Content(StoredDocumentVersion version, DocumentText text) =>
        ConfigurationEditor.Readable(version) is { } document
            ? JsonSerializer.Deserialize<JsonElement>(text.ToJson(document))
            : null;

    private static DocumentVersionAnswer Version(StoredDocumentVersion version) =>
        new(
            version.Version,
            version.Revision,
            version.Author.At,
            version.Author.Person?.Value,
            version.Author.Source,
            version.Author.Comment,
            version.Json is null
        );

    private static string Words(int number) => number.ToString(CultureInfo.InvariantCulture);
}
