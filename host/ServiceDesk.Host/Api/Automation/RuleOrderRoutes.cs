using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Documents;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules.Editing;
using ServiceDesk.Host.Reactions.Rules.Recipes;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Api.Automation;

/// <summary>A rule at its place.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Name">Its name, in the language of the request.</param>
/// <param name="Order">The number by which it is sorted.</param>
/// <param name="Enabled">Whether it is switched on.</param>
public sealed record RulePlaceAnswer(string Rule, string Name, int Order, bool Enabled);

/// <summary>The order in which rules work.</summary>
public sealed record RuleOrderBody
{
    /// <summary>The ids of all rules, the first to work first.</summary>
    public IReadOnlyList<string>? Rules { get; init; }
}

/// <summary>A rule to begin with.</summary>
/// <param name="Id">Its word; also the id of its rule.</param>
/// <param name="Name">Its name, in the language of the request.</param>
/// <param name="Rule">The rule as a document, made for this configuration: to be kept as a draft or written.</param>
/// <param name="Open">What it leaves to whoever takes it, such as the team of an assignment; it is not published before.</param>
public sealed record RuleRecipeAnswer(string Id, string Name, JsonElement Rule, IReadOnlyList<ApiMistake> Open);

/// <summary>The order of rules, and rules to begin with, over REST.</summary>
internal static class RuleOrderRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("Rules");
        var read = rules.MapGroup("").RequireAuthorization(Policies.ReadConfiguration, Permissions.Configure);
        read.MapGet("/order", Order)
            .WithName("getRuleOrder")
            .WithSummary("Lists rules in the order in which they work; the tag is the revision of the configuration.")
            .Produces<PageAnswer<RulePlaceAnswer>>();
        read.MapGet("/recipes", RecipesAsync)
            .WithName("listRuleRecipes")
            .WithSummary("Lists rules to begin with, made of the statuses, metrics and fields that there are.")
            .Produces<PageAnswer<RuleRecipeAnswer>>();
        rules
            .MapPut("/order", PutOrderAsync)
            .RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure)
            .WithName("putRuleOrder")
            .WithSummary(
                "Puts all rules into an order. If-Match names the revision that was seen; without it any will do."
            )
            .Accepts<RuleOrderBody>("application/json")
            .Produces<PageAnswer<RulePlaceAnswer>>()
            .MayFail(400, 412, 413, 415, 422);
    }

    private static IResult Order(HttpContext context, RuleOrder order, ConfigurationCache cache)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{cache.Snapshot.Revision}\"");
        return Results.Ok(
            new PageAnswer<RulePlaceAnswer>(
                [
                    .. order.Rules.Select(rule => new RulePlaceAnswer(
                        rule.Id,
                        rule.Name.ToString(),
                        rule.Order,
                        rule.Enabled
                    )),
                ],
                null
            )
        );
    }

    private static async Task<IResult> PutOrderAsync(
        HttpContext context,
        JsonBodyReader bodies,
        RuleOrder order,
        ConfigurationCache cache,
        ApiProblems problems
    )
    {
        var (body, problem) = await bodies.ReadAsync<RuleOrderBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (revision, wrong) = DocumentRoutes.Expected(context, problems);
        if (wrong is not null)
        {
            return wrong;
        }

        var outcome = await order.PutAsync(
            body.Value.Rules ?? [],
            revision,
            DocumentRoutes.Author(context),
            context.RequestAborted
        );
        return outcome.Status switch
        {
            ConfigurationStatus.Written or ConfigurationStatus.Unchanged => Order(context, order, cache),
            ConfigurationStatus.NotFound => problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "api.body-wrong",
                [problems.Mistake("api.rule-order-wrong", "/rules")]
            ),
            _ => DocumentRoutes.Problem(problems, outcome, ""),
        };
    }

    private static async Task<IResult> RecipesAsync(
        HttpContext context,
        RuleRecipes recipes,
        ConfigurationCache cache,
        IConfigurationEditor editor,
        DocumentText text,
        ApiProblems problems
    )
    {
        var me = context.RequireViewer().Person.Id;
        var shown = new List<RuleRecipeAnswer>();
        foreach (var recipe in recipes.For(cache.Snapshot))
        {
            var open = await editor.ProblemsOfAsync(text, recipe.Rule, me, context.RequestAborted);
            shown.Add(
                new RuleRecipeAnswer(
                    recipe.Id,
                    recipe.Rule.Name.ToString(),
                    JsonDocument.Parse(text.ToJson(recipe.Rule)).RootElement,
                    [.. open.Select(found => problems.Mistake(found.Code, found.Path, [.. found.Arguments]))]
                )
            );
        }

        return Results.Ok(new PageAnswer<RuleRecipeAnswer>(shown, null));
    }
}
