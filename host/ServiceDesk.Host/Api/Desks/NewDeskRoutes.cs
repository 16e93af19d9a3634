using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Documents;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Configuration.Templates;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Desks;

/// <summary>Which desk is wanted.</summary>
/// <param name="Template">The id of a template.</param>
/// <param name="Name">By language; that of the template when it is missing.</param>
/// <param name="Key">Its key; made of the name when it is missing.</param>
/// <param name="ShareWith">The key of a desk whose ticket types and people it shares.</param>
/// <param name="Agents">Who works there. When it is missing, a template for personnel, legal or financial matters begins closed, with a team of its own.</param>
/// <param name="Customers">Who may ask there.</param>
/// <param name="People">Addresses of people in the team of its own, besides the token's person: of a desk that is not for everyone and names no teams.</param>
public sealed record NewDeskBody(
    string? Template = null,
    LocalizedText? Name = null,
    string? Key = null,
    string? ShareWith = null,
    DeskAgents? Agents = null,
    DeskCustomers? Customers = null,
    ValueList<string>? People = null
);

/// <summary>A template of desks.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">By language.</param>
/// <param name="Description">By language.</param>
public sealed record DeskTemplateAnswer(string Id, LocalizedText Name, LocalizedText? Description);

/// <summary>A desk that was made.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Documents">The documents that were written.</param>
public sealed record NewDeskAnswer(string Key, IReadOnlyList<DocumentHeadAnswer> Documents);

/// <summary>Makes desks of templates.</summary>
internal static class NewDeskRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/desk-templates", List)
            .RequireAuthorization(Policies.ReadConfiguration, Permissions.Configure)
            .WithTags("Desks")
            .WithName("listDeskTemplates")
            .WithSummary("Lists what a new desk can begin as.")
            .Produces<PageAnswer<DeskTemplateAnswer>>();
        api.MapPost("/desks", PostAsync)
            .RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure)
            .WithTags("Desks")
            .WithName("makeDesk")
            .WithSummary("Makes a desk of a template: all of its documents at once, or none.")
            .Accepts<NewDeskBody>("application/json")
            .Produces<NewDeskAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 412, 413, 415, 422);
    }

    private static IResult List(DeskTemplates templates) =>
        Results.Ok(
            new PageAnswer<DeskTemplateAnswer>(
                [.. templates.All.Select(one => new DeskTemplateAnswer(one.Id, one.Name, one.Description))],
                null
            )
        );

    private static async Task<IResult> PostAsync(
        HttpContext context,
        NewDesks desks,
        NewDeskTeam making,
        JsonBodyReader reader,
        ApiProblems problems
    )
    {
        var (body, problem) = await reader.ReadAsync<NewDeskBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var asked = body.Value;
        var plan = desks.Plan(
            new DeskWish(asked.Template ?? "", asked.Name, asked.Key, asked.ShareWith)
            {
                Agents = asked.Agents,
                Customers = asked.Customers,
            }
        );
        var outcome = await making.MakeAsync(
            plan,
            context.RequireViewer(),
            asked.People ?? [],
            DocumentRoutes.Author(context),
            context.RequestAborted
        );
        return outcome.Status == ConfigurationStatus.Written
            ? Results.Created(
                $"/api/v1/configuration/desk/{plan.Key}",
                new NewDeskAnswer(plan.Key, [.. plan.Documents.Select(Head)])
            )
            : DocumentRoutes.Problem(problems, outcome, "");
    }

    private static DocumentHeadAnswer Head(ConfigurationDocument document)
    {
        var kind = DocumentTypes.KindOf(document);
        return new DocumentHeadAnswer(kind, document.Id, 1, $"/api/v1/configuration/{kind}/{document.Id}");
    }
}
