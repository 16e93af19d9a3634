using System.Text;
using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Documents;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>A draft without its content.</summary>
public sealed record SlaDraftAnswer(string Kind, string Id, int BaseVersion, Instant At, long By);

/// <summary>How a draft is published.</summary>
public sealed record PublishDraftBody
{
    /// <summary>What running clocks do: <c>new-tickets-only</c>, <c>keep-elapsed</c> or <c>recompute</c>.</summary>
    public ChangeoverMode? Mode { get; init; }

    /// <summary>Why, for the history of the configuration.</summary>
    public string? Comment { get; init; }
}

/// <summary>How a published version comes to running clocks.</summary>
/// <param name="By">Who wrote the version; null when no person did, such as the command line.</param>
public sealed record SlaChangeoverAnswer(
    long Id,
    string Kind,
    string Document,
    int Version,
    ChangeoverMode Mode,
    long? By,
    Instant At,
    Instant? FinishedAt,
    int Seen,
    int Changed,
    int Failed
)
{
    internal static SlaChangeoverAnswer Of(SlaChangeover one) =>
        new(
            one.Id,
            one.Kind,
            one.Document,
            one.Version,
            one.Mode,
            one.By?.Value,
            one.At,
            one.FinishedAt,
            one.Seen,
            one.Changed,
            one.Failed
        );
}

/// <summary>Drafts of SLA policies and calendars, and how published ones come to running clocks, over REST.</summary>
internal static class SlaDraftRoutes
{
    private const int MostChangeovers = 100;

    public static void Map(RouteGroupBuilder api)
    {
        var sla = api.MapGroup("/sla").WithTags("SLA");
        var read = sla.MapGroup("").RequireAuthorization(Policies.ReadConfiguration, Permissions.Configure);
        var write = sla.MapGroup("").RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure);
        read.MapGet("/drafts", ListAsync)
            .WithName("listSlaDrafts")
            .WithSummary("Lists drafts of SLA policies and calendars.")
            .Produces<PageAnswer<SlaDraftAnswer>>();
        read.MapGet("/drafts/{kind}/{id}", GetAsync)
            .WithName("getSlaDraft")
            .WithSummary("Shows a draft as the document that it would be; its tag is another one whenever it changes.")
            .Produces<JsonElement>()
            .MayFail(404, 409);
        read.MapGet("/drafts/{kind}/{id}/preview", PreviewAsync)
            .WithName("previewSlaDraft")
            .WithSummary("Tells what publishing a draft would do to the clocks that run.")
            .Produces<SlaPreviewFigures>()
            .MayFail(404, 409);
        read.MapGet("/changeovers", ChangeoversAsync)
            .WithName("listSlaChangeovers")
            .WithSummary("Lists published versions and how they came to running clocks, newest first.")
            .Produces<PageAnswer<SlaChangeoverAnswer>>();
        write
            .MapPut("/drafts/{kind}/{id}", PutAsync)
            .WithName("putSlaDraft")
            .WithSummary(
                "Keeps a document as a draft; nothing counts by it. If-Match names the tag of the draft that was seen, or where there is none the version of the document; without it any is replaced."
            )
            .Accepts<JsonElement>("application/json")
            .Produces<SlaDraftAnswer>()
            .MayFail(400, 404, 412, 413, 415, 422);
        write
            .MapDelete("/drafts/{kind}/{id}", DeleteAsync)
            .WithName("removeSlaDraft")
            .WithSummary("Throws a draft away; If-Match names the tag of the one that was seen.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(400, 412);
        write
            .MapPost("/drafts/{kind}/{id}/publish", PublishAsync)
            .WithName("publishSlaDraft")
            .WithSummary(
                "Publishes a draft, and says what the clocks that run shall do; If-Match names the tag of the draft that was seen."
            )
            .Accepts<PublishDraftBody>("application/json")
            .Produces<SlaChangeoverAnswer>()
            .MayFail(400, 404, 412, 413, 415, 422);
    }

    private static async Task<IResult> ListAsync(HttpContext context, SlaDrafts drafts) =>
        Results.Ok(
            new PageAnswer<SlaDraftAnswer>([.. (await drafts.AllAsync(context.RequestAborted)).Select(Answer)], null)
        );

    private static async Task<IResult> GetAsync(
        HttpContext context,
        string kind,
        string id,
        SlaDrafts drafts,
        DocumentText text,
        ApiProblems problems
    )
    {
        var (draft, document, missing) = await DocumentAsync(context, kind, id, drafts, problems);
        if (document is null)
        {
            return missing!;
        }

        context.Response.Headers.ETag = $"\"{DraftTag.Of(draft!)}\"";
        return Results.Text(text.ToJson(document), "application/json", Encoding.UTF8);
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext context,
        string kind,
        string id,
        SlaDrafts drafts,
        SlaPreview preview,
        ApiProblems problems
    )
    {
        var (_, document, missing) = await DocumentAsync(context, kind, id, drafts, problems);
        return document is null ? missing! : Results.Ok(await preview.OfAsync(document, context.RequestAborted));
    }

    private static async Task<IResult> ChangeoversAsync(HttpContext context, ISlaChangeovers changeovers) =>
        Results.Ok(
            new PageAnswer<SlaChangeoverAnswer>(
                [
                    .. (await changeovers.ListAsync(null, null, MostChangeovers, context.RequestAborted)).Select(
                        SlaChangeoverAnswer.Of
                    ),
                ],
                null
            )
        );

    private static async Task<IResult> PutAsync(
        HttpContext context,
        string kind,
        string id,
        SlaDrafts drafts,
        DocumentText text,
        ConfigurationCache configuration,
        ApiProblems problems
    )
    {
        if (!SlaDrafts.IsKind(kind) || DocumentTypes.Find(kind) is not { } type)
        {
            return problems.Of(StatusCodes.Status404NotFound, "configuration.kind-unknown", kind);
        }

        var (document, problem) = await DocumentRoutes.ReadAsync(context, kind, id, text, problems);
        if (document is null)
        {
            return problem!;
        }

        var (seen, wrong) = DocumentRoutes.ExpectedTag(context, problems);
        if (wrong is not null)
        {
            return wrong;
        }

        var read = await drafts.FindAsync(kind, id, context.RequestAborted);
        var version = read?.BaseVersion ?? configuration.Snapshot.Find(type, id)?.Version ?? 0;
        var by = context.RequireViewer().Person.Id;
        if (
            (seen is not null && seen != (read is null ? DraftTag.Of(version) : DraftTag.Of(read)))
            || await drafts.ReplaceAsync(read, document, version, by, context.RequestAborted) is not { } kept
        )
        {
            return problems.Of(StatusCodes.Status412PreconditionFailed, "configuration.changed-meanwhile");
        }

        context.Response.Headers.ETag = $"\"{DraftTag.Of(kept)}\"";
        return Results.Ok(Answer(kept));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context,
        string kind,
        string id,
        SlaDrafts drafts,
        ApiProblems problems
    )
    {
        var draft = await drafts.FindAsync(kind, id, context.RequestAborted);
        if (DocumentRoutes.NotSeen(context, draft is null ? null : DraftTag.Of(draft), problems) is { } problem)
        {
            return problem;
        }

        await (draft is null ? Task.CompletedTask : drafts.RemoveAsync(draft, context.RequestAborted));
        return Results.NoContent();
    }

    private static async Task<IResult> PublishAsync(
        HttpContext context,
        string kind,
        string id,
        JsonBodyReader bodies,
        SlaDrafts drafts,
        ISlaChangeovers changeovers,
        ApiProblems problems
    )
    {
        var (body, wrong) = await bodies.ReadAsync<PublishDraftBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        if (body.Value.Mode is not { } mode)
        {
            return problems.Of(
                StatusCodes.Status400BadRequest,
                "api.body-wrong",
                [problems.Mistake("sla-version.choose", "/mode")]
            );
        }

        if (await drafts.FindAsync(kind, id, context.RequestAborted) is not { } draft)
        {
            return problems.Of(StatusCodes.Status404NotFound, "sla-version.no-draft", id);
        }

        if (DocumentRoutes.NotSeen(context, DraftTag.Of(draft), problems) is { } changed)
        {
            return changed;
        }

        var by = context.RequireViewer().Person.Id;
        var outcome = await drafts.PublishAsync(draft, mode, body.Value.Comment, by, context.RequestAborted);
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written:
                var begun = await changeovers.ListAsync(kind, id, 1, context.RequestAborted);
                return Results.Ok(SlaChangeoverAnswer.Of(begun[0]));
            case ConfigurationStatus.Unchanged:
                return Results.NoContent();
            default:
                return DocumentRoutes.Problem(problems, outcome, ConfigurationFolder.PathOf(kind, id));
        }
    }

    private static async Task<(SlaDraft? Draft, ConfigurationDocument? Document, IResult? Missing)> DocumentAsync(
        HttpContext context,
        string kind,
        string id,
        SlaDrafts drafts,
        ApiProblems problems
    )
    {
        if (await drafts.FindAsync(kind, id, context.RequestAborted) is not { } draft)
        {
            return (null, null, problems.Of(StatusCodes.Status404NotFound, "sla-version.no-draft", id));
        }

        return drafts.Read(draft) is { } document
            ? (draft, document, null)
            : (draft, null, problems.Of(StatusCodes.Status409Conflict, "api.document-wrong"));
    }

    private static SlaDraftAnswer Answer(SlaDraft draft) =>
        new(draft.Kind, draft.Document, draft.BaseVersion, draft.At, draft.By.Value);
}
