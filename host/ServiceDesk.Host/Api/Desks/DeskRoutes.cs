using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Desks;

/// <summary>A desk as the API shows it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Name">By language.</param>
/// <param name="Description">By language.</param>
/// <param name="Types">For agents: ids of its ticket types.</param>
/// <param name="RequestTypes">What can be asked for, in the portal's order.</param>
/// <param name="IsAgent">Whether the token's person works there.</param>
public sealed record DeskAnswer(
    string Key,
    LocalizedText Name,
    LocalizedText? Description,
    ValueList<string>? Types,
    IReadOnlyList<RequestTypeAnswer> RequestTypes,
    bool IsAgent
);

/// <summary>A request type as the API shows it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">By language.</param>
/// <param name="Description">By language.</param>
/// <param name="Type">The ticket type.</param>
/// <param name="Form">The inputs, in order.</param>
public sealed record RequestTypeAnswer(
    string Id,
    LocalizedText Name,
    LocalizedText? Description,
    string Type,
    ValueList<FormField> Form
);

/// <summary>Lists desks that the person works on or may ask.</summary>
internal static class DeskRoutes
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/desks", List)
            .RequireAuthorization(Policies.ReadTickets)
            .WithTags("Desks")
            .WithName("listDesks")
            .WithSummary("Lists the desks that the token's person works on or may ask, with what can be asked for.")
            .Produces<PageAnswer<DeskAnswer>>();

    private static IResult List(HttpContext context, ICurrentConfiguration configuration)
    {
        var viewer = context.RequireViewer();
        var snapshot = configuration.Snapshot;
        return Results.Ok(
            new PageAnswer<DeskAnswer>(
                [
                    .. snapshot
                        .All<DeskDocument>()
                        .Where(desk => viewer.WorksOn(desk.Id) || viewer.AskableDesks.Contains(desk.Id))
                        .Select(desk => Of(desk, viewer, snapshot)),
                ],
                null
            )
        );
    }

    private static DeskAnswer Of(DeskDocument desk, Viewer viewer, IConfiguration configuration)
    {
        var isAgent = viewer.WorksOn(desk.Id);
        return new DeskAnswer(
            desk.Id,
            desk.Name,
            desk.Description,
            isAgent ? desk.Types : null,
            [
                .. desk
                    .Groups.SelectMany(group => group.RequestTypes)
                    .Select(id => configuration.TryGet<RequestTypeDocument>(id, out var found) ? found : null)
                    .OfType<RequestTypeDocument>()
                    .Select(type => FieldSight.Form(viewer, type, configuration))
                    .Select(type => new RequestTypeAnswer(type.Id, type.Name, type.Description, type.Type, type.Form)),
            ],
            isAgent
        );
    }
}
