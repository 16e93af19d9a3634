using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Intake.Announcing;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Portal;

namespace ServiceDesk.Host.Api.Announcements;

/// <summary>What a desk tells its customers in the portal.</summary>
/// <param name="Version">How often it was written; said again by who changes it, it refuses to write over another's change.</param>
/// <param name="Desk">The desk whose customers are told; null for those of every desk.</param>
/// <param name="Title">By language.</param>
/// <param name="Body">By language, Markdown.</param>
/// <param name="From">From when it stands.</param>
/// <param name="Until">Until when; null until it is ended.</param>
public sealed record AnnouncementAnswer(
    long Id,
    int Version,
    string? Desk,
    AnnouncementLevel Level,
    LocalizedText Title,
    LocalizedText? Body,
    Instant From,
    Instant? Until
);

/// <summary>What is said of an announcement.</summary>
public sealed record AnnouncementBody
{
    /// <summary>The version that is changed; left out, whichever there is.</summary>
    public int? Version { get; init; }

    /// <summary>The desk whose customers are told; null for those of every desk.</summary>
    public string? Desk { get; init; }

    /// <summary>How grave it is; good to know when it is left out.</summary>
    public AnnouncementLevel? Level { get; init; }

    /// <summary>One text, or one per language.</summary>
    public LocalizedText? Title { get; init; }

    /// <summary>One text, or one per language, Markdown.</summary>
    public LocalizedText? Body { get; init; }

    /// <summary>From when it stands; from now when it is left out.</summary>
    public Instant? From { get; init; }

    /// <summary>Until when; null until it is ended.</summary>
    public Instant? Until { get; init; }

    internal AnnouncementText TextAt(Instant now) =>
        new(Desk, Level ?? AnnouncementLevel.Information, Title ?? LocalizedText.Of(""), Body, From ?? now, Until);
}

/// <summary>Announcements over REST.</summary>
internal static class AnnouncementRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("/announcements").RequireAuthorization(Policies.ReadTickets).WithTags("Announcements");
        read.MapGet("/", ListAsync)
            .WithName("listAnnouncements")
            .WithSummary(
                "Lists what the token's person is told in the portal now, the gravest first; with `all`, for who may write announcements, those of all times."
            )
            .Produces<PageAnswer<AnnouncementAnswer>>();

        var write = api.MapGroup("/announcements")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Announcements");
        write
            .MapPost("/", AddAsync)
            .WithName("addAnnouncement")
            .WithSummary("Tells the customers of a desk something in the portal.")
            .Accepts<AnnouncementBody>("application/json")
            .Produces<AnnouncementAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 413, 415, 422);
        write
            .MapPut("/{id:long}", PutAsync)
            .WithName("putAnnouncement")
            .WithSummary("Changes an announcement.")
            .Accepts<AnnouncementBody>("application/json")
            .Produces<AnnouncementAnswer>()
            .MayFail(400, 403, 404, 412, 413, 415, 422);
        write
            .MapDelete("/{id:long}", RemoveAsync)
            .WithName("removeAnnouncement")
            .WithSummary("Takes an announcement away.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(403, 404);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AnnouncementDoor door, bool all = false)
    {
        var viewer = context.RequireViewer();
        var told = all
            ? await door.WrittenAsync(viewer, context.RequestAborted)
            : await door.StandingAsync(viewer, context.RequestAborted);
        return Results.Ok(new PageAnswer<AnnouncementAnswer>([.. told.Select(Show)], null));
    }

    private static Task<IResult> AddAsync(
        HttpContext context,
        JsonBodyReader bodies,
        AnnouncementDoor door,
        IClock clock,
        ApiProblems problems
    ) => SaveAsync(context, null, bodies, door, clock, problems);

    private static Task<IResult> PutAsync(
        HttpContext context,
        long id,
        JsonBodyReader bodies,
        AnnouncementDoor door,
        IClock clock,
        ApiProblems problems
    ) => SaveAsync(context, id, bodies, door, clock, problems);

    private static async Task<IResult> SaveAsync(
        HttpContext context,
        long? id,
        JsonBodyReader bodies,
        AnnouncementDoor door,
        IClock clock,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (id is { } known && await door.FindAsync(viewer, known, context.RequestAborted) is null)
        {
            return problems.Of([AnnouncementDoor.Unknown()]);
        }

        var (body, problem) = await bodies.ReadAsync<AnnouncementBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var text = body.Value.TextAt(clock.GetCurrentInstant());
        var (saved, refusals) = await door.SaveAsync(viewer, id, body.Value.Version, text, context.RequestAborted);
        return saved is null ? problems.Of(refusals)
            : id is null ? Results.Created($"/api/v1/announcements/{saved.Id}", Show(saved))
            : Results.Ok(Show(saved));
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        long id,
        AnnouncementDoor door,
        ApiProblems problems
    ) =>
        await door.RemoveAsync(context.RequireViewer(), id, context.RequestAborted) is { } refusal
            ? problems.Of([refusal])
            : Results.NoContent();

    private static AnnouncementAnswer Show(Announcement found) =>
        new(
            found.Id,
            found.Version,
            found.Text.Desk,
            found.Text.Level,
            found.Text.Title,
            found.Text.Body,
            found.Text.From,
            found.Text.Until
        );
}
