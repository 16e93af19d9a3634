using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>A queue of the token's person or of one of that person's teams.</summary>
/// <param name="Team">The team that shares it; null is the person alone.</param>
/// <param name="Group">The column by which its list is grouped; null is none.</param>
/// <param name="Rows">Lines on a page; null is the usual number.</param>
/// <param name="Columns">The columns of its list in their order; none are the usual ones.</param>
/// <param name="Version">How often it was changed.</param>
/// <param name="IsMine">Whether the person made it.</param>
public sealed record OwnQueueAnswer(
    long Id,
    string Name,
    string Query,
    long? Team,
    string? Group,
    int? Rows,
    IReadOnlyList<string> Columns,
    int Version,
    bool IsMine
);

/// <summary>What is said of a queue.</summary>
public sealed record OwnQueueBody
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Which tickets, with order.</summary>
    public string? Query { get; init; }

    /// <summary>A team of the person that shares it; null is the person alone.</summary>
    public long? Team { get; init; }

    /// <summary>The column by which its list is grouped; null is none.</summary>
    public string? Group { get; init; }

    /// <summary>Lines on a page; null is the usual number.</summary>
    public int? Rows { get; init; }

    /// <summary>The columns of its list in their order; none are the usual ones.</summary>
    public IReadOnlyList<string?>? Columns { get; init; }

    /// <summary>The version that was seen: where somebody changed the queue since, it stays as it is. None changes whatever there is.</summary>
    public int? Version { get; init; }

    internal OwnQueueText Text =>
        new((Name ?? "").Trim(), Query ?? "", Team is { } team ? new TeamId(team) : null, Group, Rows)
        {
            Columns = [.. (Columns ?? []).Select(column => column ?? "").Distinct()],
        };
}

/// <summary>Queues of people and teams over REST. For who does not work tickets there are none.</summary>
internal static class OwnQueueRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("/own-queues").RequireAuthorization(Policies.ReadTickets).WithTags("Queues");
        read.MapGet("/", ListAsync)
            .WithName("listOwnQueues")
            .WithSummary(
                "Lists the queues of the token's person, then those of the person's teams, each in their order."
            )
            .Produces<PageAnswer<OwnQueueAnswer>>();

        var write = api.MapGroup("/own-queues").RequireAuthorization(Policies.WriteTickets).WithTags("Queues");
        write
            .MapPost("/", AddAsync)
            .WithName("addOwnQueue")
            .WithSummary("Makes a queue for the token's person or for one of the person's teams.")
            .Accepts<OwnQueueBody>("application/json")
            .Produces<OwnQueueAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 404, 409, 413, 415, 422);
        write
            .MapPut("/{id:long}", PutAsync)
            .WithName("putOwnQueue")
            .WithSummary("Changes a queue that the token's person made, or that a team has which the person leads.")
            .Accepts<OwnQueueBody>("application/json")
            .Produces<OwnQueueAnswer>()
            .MayFail(400, 403, 404, 409, 413, 415, 422);
        write
            .MapDelete("/{id:long}", RemoveAsync)
            .WithName("removeOwnQueue")
            .WithSummary("Takes such a queue away.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(403, 404);
    }

    private static async Task<IResult> ListAsync(HttpContext context, OwnQueueDoor door)
    {
        var viewer = context.RequireViewer();
        var queues = IsForAgents(viewer) ? await door.SeenByAsync(viewer, context.RequestAborted) : [];
        return Results.Ok(new PageAnswer<OwnQueueAnswer>([.. queues.Select(queue => Show(queue, viewer))], null));
    }

    private static Task<IResult> AddAsync(
        HttpContext context,
        JsonBodyReader bodies,
        OwnQueueDoor door,
        ApiProblems problems
    ) => SaveAsync(context, null, bodies, door, problems);

    private static Task<IResult> PutAsync(
        HttpContext context,
        long id,
        JsonBodyReader bodies,
        OwnQueueDoor door,
        ApiProblems problems
    ) => SaveAsync(context, id, bodies, door, problems);

    private static async Task<IResult> SaveAsync(
        HttpContext context,
        long? id,
        JsonBodyReader bodies,
        OwnQueueDoor door,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (!IsForAgents(viewer))
        {
            return Unknown(problems);
        }

        var (body, problem) = await bodies.ReadAsync<OwnQueueBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var text = body.Value.Text;
        var (saved, refusals) = await door.SaveAsync(viewer, id, text, body.Value.Version, context.RequestAborted);
        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var answer = Show(new OwnQueue(saved, viewer.Person.Id, text, 0), viewer);
        if (id is null)
        {
            return Results.Created($"/api/v1/own-queues/{saved}", answer);
        }

        var found = await door.FindAsync(viewer, saved, context.RequestAborted);
        return Results.Ok(found is null ? answer with { IsMine = false } : Show(found, viewer));
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        long id,
        OwnQueueDoor door,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (!IsForAgents(viewer))
        {
            return Unknown(problems);
        }

        return await door.RemoveAsync(viewer, id, context.RequestAborted) is { } refusal
            ? problems.Of([refusal])
            : Results.NoContent();
    }

    private static bool IsForAgents(Viewer viewer) => viewer.May(Permissions.WorkTickets);

    private static IResult Unknown(ApiProblems problems) => problems.Of([Refusal.NotFound("queues.own-unknown")]);

    private static OwnQueueAnswer Show(OwnQueue queue, Viewer viewer) =>
        new(
            queue.Id,
            queue.Text.Name,
            queue.Text.Query,
            queue.Text.Team?.Value,
            queue.Text.Grouping,
            queue.Text.Rows,
            queue.Text.Columns,
            queue.Version,
            queue.Owner == viewer.Person.Id
        );
}
