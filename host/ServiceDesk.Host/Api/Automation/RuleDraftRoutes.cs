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
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Reactions.Rules.Editing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Api.Automation;

/// <summary>A rule that is being written, without its content.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Name">Its name, in the language of the request.</param>
/// <param name="BaseVersion">The version that it was begun from; 0 for a rule that was never published.</param>
/// <param name="At">When it was kept last.</param>
/// <param name="By">Who kept it.</param>
public sealed record RuleDraftAnswer(string Rule, string Name, int BaseVersion, Instant At, long By);

/// <summary>How a rule's draft is published.</summary>
public sealed record PublishRuleBody
{
    /// <summary>Why, for the history of the configuration.</summary>
    public string? Comment { get; init; }
}

/// <summary>Drafts of rules over REST: kept, shown, published, thrown away.</summary>
internal static class RuleDraftRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rules/drafts").WithTags("Rules");
        var read = rules.MapGroup("").RequireAuthorization(Policies.ReadConfiguration, Permissions.Configure);
        read.MapGet("/", ListAsync)
            .WithName("listRuleDrafts")
            .WithSummary("Lists rules that are being written. None of them runs.")
            .Produces<PageAnswer<RuleDraftAnswer>>();
        read.MapGet("/{id}", GetAsync)
            .WithName("getRuleDraft")
            .WithSummary("Shows a draft as the rule that it would be; its tag is another one whenever it changes.")
            .Produces<JsonElement>()
            .MayFail(404);
        var write = rules.MapGroup("").RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure);
        write
            .MapPut("/{id}", PutAsync)
            .WithName("putRuleDraft")
            .WithSummary(
                "Keeps a rule as a draft. If-Match names the tag of the draft that was seen, or where there is none the version of the rule; without it any is replaced."
            )
            .Accepts<JsonElement>("application/json")
            .Produces<RuleDraftAnswer>()
            .MayFail(400, 412, 413, 415, 422);
        write
            .MapDelete("/{id}", DeleteAsync)
            .WithName("removeRuleDraft")
            .WithSummary(
                "Throws a draft away; the rule that works goes on. If-Match names the tag of the draft that was seen."
            )
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(400, 412);
        write
            .MapPost("/{id}/publish", PublishAsync)
            .WithName("publishRuleDraft")
            .WithSummary(
                "Publishes a draft as the next version of its rule, unless that changed since the draft was begun. If-Match names the tag of the draft that was seen."
            )
            .Accepts<PublishRuleBody>("application/json")
            .Produces<JsonElement>()
            .Produces<JsonElement>(StatusCodes.Status201Created)
            .MayFail(400, 404, 412, 413, 415, 422);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IRuleDrafts drafts) =>
        Results.Ok(
            new PageAnswer<RuleDraftAnswer>([.. (await drafts.AllAsync(context.RequestAborted)).Select(Answer)], null)
        );

    private static async Task<IResult> GetAsync(
        HttpContext context,
        string id,
        IRuleDrafts drafts,
        DocumentText text,
        ApiProblems problems
    )
    {
        if (await drafts.FindAsync(id, context.RequestAborted) is not { } draft)
        {
            return Missing(problems, id);
        }

        context.Response.Headers.ETag = $"\"{DraftTag.Of(draft)}\"";
        return Results.Text(text.ToJson(RuleDrafting.Read(draft)), "application/json", Encoding.UTF8);
    }

    private static async Task<IResult> PutAsync(
        HttpContext context,
        string id,
        IRuleDrafts drafts,
        RuleDrafting drafting,
        DocumentText text,
        ApiProblems problems
    )
    {
        var (document, problem) = await DocumentRoutes.ReadAsync(context, DocumentKinds.Rule, id, text, problems);
        if (document is not RuleDocument rule)
        {
            return problem!;
        }

        var (seen, wrong) = DocumentRoutes.ExpectedTag(context, problems);
        if (wrong is not null)
        {
            return wrong;
        }

        if (WebhookSecrets.ProblemsOf(rule) is { Count: > 0 } secrets)
        {
            return DocumentRoutes.Problem(problems, secrets.Select(found => (found, (string?)null)));
        }

        var read = await drafts.FindAsync(id, context.RequestAborted);
        var version = read?.BaseVersion ?? drafting.VersionOf(id);
        var me = context.RequireViewer().Person.Id;
        if (
            (seen is not null && seen != (read is null ? DraftTag.Of(version) : DraftTag.Of(read)))
            || await drafting.KeepAsync(rule, read, version, me, context.RequestAborted) is not { } kept
        )
        {
            return problems.Of(StatusCodes.Status412PreconditionFailed, "configuration.changed-meanwhile");
        }

        context.Response.Headers.ETag = $"\"{DraftTag.Of(kept)}\"";
        return Results.Ok(Answer(kept));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context,
        string id,
        IRuleDrafts drafts,
        ApiProblems problems
    )
    {
        var draft = await drafts.FindAsync(id, context.RequestAborted);
        if (DocumentRoutes.NotSeen(context, draft is null ? null : DraftTag.Of(draft), problems) is { } problem)
        {
            return problem;
        }

        await (draft is null ? Task.CompletedTask : drafts.RemoveAsync(draft, context.RequestAborted));
        return Results.NoContent();
    }

    private static async Task<IResult> PublishAsync(
        HttpContext context,
        string id,
        JsonBodyReader bodies,
        IRuleDrafts drafts,
        RuleDrafting drafting,
        ConfigurationCache cache,
        DocumentText text,
        ApiProblems problems
    )
    {
        var (body, wrong) = await bodies.ReadAsync<PublishRuleBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        if (await drafts.FindAsync(id, context.RequestAborted) is not { } draft)
        {
            return Missing(problems, id);
        }

        if (DocumentRoutes.NotSeen(context, DraftTag.Of(draft), problems) is { } changed)
        {
            return changed;
        }

        var author = DocumentRoutes.Author(context);
        var outcome = await drafting.PublishAsync(
            RuleDrafting.Read(draft),
            draft.BaseVersion,
            draft,
            author with
            {
                Comment = body.Value.Comment ?? author.Comment,
            },
            context.RequestAborted
        );
        return outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged
            ? DocumentRoutes.Show(
                context,
                cache.Snapshot.Find(typeof(RuleDocument), id)!,
                text,
                draft.BaseVersion == 0 ? StatusCodes.Status201Created : StatusCodes.Status200OK
            )
            : DocumentRoutes.Problem(problems, outcome, ConfigurationFolder.PathOf(DocumentKinds.Rule, id));
    }

    private static IResult Missing(ApiProblems problems, string id) =>
        problems.Of(StatusCodes.Status404NotFound, "api.rule-draft-unknown", id);

    private static RuleDraftAnswer Answer(RuleDraft draft) =>
        new(draft.Rule, RuleDrafting.Read(draft).Name.ToString(), draft.BaseVersion, draft.At, draft.By.Value);
}
