using System.Globalization;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Api.Automation;

/// <summary>What rules did, over REST. The rules themselves are documents of the configuration; <see cref="RuleDraftRoutes"/> keeps those that are being written.</summary>
internal static class RuleRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/rules/runs", ListAsync)
            .RequireAuthorization(Policies.ReadConfiguration, Permissions.Configure)
            .WithTags("Rules")
            .WithName("listRuleRuns")
            .WithSummary("Lists what rules did, newest first, with the truth of each part of their conditions.")
            .Produces<PageAnswer<RuleRunAnswer>>()
            .MayFail(400, 404);
        api.MapGet("/tickets/{key}/rules", OfTicketAsync)
            .RequireAuthorization(Policies.ReadTickets)
            .WithTags("Rules")
            .WithName("getRulesOfTicket")
            .WithSummary("Tells what rules did on a ticket and why each did not act; for agents of its desk.")
            .Produces<TicketRulesAnswer>()
            .MayFail(403, 404);
        api.MapPost("/tickets/{key}/rules/{rule}", CallAsync)
            .AnswersRepeats()
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Rules")
            .WithName("callRule")
            .WithSummary("Starts a rule on a ticket by hand; for agents of its desk.")
            .Produces<TicketAnswer>(StatusCodes.Status202Accepted)
            .MayFail(400, 403, 404, 409, 412);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        IRuleRuns runs,
        RuleRunLines lines,
        TicketDoor door,
        ApiProblems problems,
        string? rule = null,
        string? ticket = null,
        string? limit = null,
        string? cursor = null
    )
    {
        if (!PageLimit.TryRead(limit, out var count))
        {
            return problems.OfLimit();
        }

        if (!PageLimit.TryReadId(cursor, out var before))
        {
            return problems.OfCursor();
        }

        TicketId? id = null;
        if (ticket is not null)
        {
            var (found, missing) = await door.FindAsync(context.RequireViewer(), ticket, context.RequestAborted);
            if (found is null)
            {
                return missing!;
            }

            id = found.State.Id;
        }

        var question = new RuleRunQuestion
        {
            Rule = rule,
            Ticket = id,
            Before = before,
        };
        var page = await runs.FindAsync(question, count + 1, context.RequestAborted);
        var shown = await lines.WriteAsync([.. page.Take(count)], context.RequestAborted);
        return Results.Ok(
            new PageAnswer<RuleRunAnswer>(
                [.. shown.Select(RuleRunAnswer.Of)],
                page.Count > count ? page[count - 1].Id.ToString(CultureInfo.InvariantCulture) : null
            )
        );
    }

    private static async Task<IResult> OfTicketAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        TicketAutomation automation,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        if (!viewer.WorksOn(ticket.State.Desk))
        {
            return problems.Of(StatusCodes.Status403Forbidden, "refusal.agents-only");
        }

        var seen = await automation.ReadAsync(ticket.State, context.RequestAborted);
        var callable = seen.Callable.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        return Results.Ok(
            new TicketRulesAnswer(
                [.. seen.Runs.Select(RuleRunAnswer.Of)],
                [
                    .. seen.Answers.Select(one => new RuleOnTicketAnswer(
                        one.Rule.Id,
                        one.Rule.Name.ToString(),
                        one.Answer,
                        callable.Contains(one.Rule.Id)
                    )),
                ]
            )
        );
    }

    private static async Task<IResult> CallAsync(
        HttpContext context,
        string key,
        string rule,
        TicketDoor door,
        TicketAnswers answers
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (answer, refused) = await door.SendAsync(context, ticket.State, new CallRule(rule), default);
        return answer is null
            ? refused!
            : Results.Accepted(
                $"/api/v1/tickets/{answer.Ticket!.State.Key}/rules",
                await answers.OfAsync(viewer, answer.Ticket.State, context.RequestAborted)
            );
    }
}
