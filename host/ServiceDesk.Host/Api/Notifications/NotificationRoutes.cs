using System.Globalization;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Api.Notifications;

/// <summary>Something that the token's person was told.</summary>
/// <param name="Text">One line in the person's language.</param>
/// <param name="Ticket">The key of the ticket that it is about; null for none.</param>
public sealed record NotificationBody(long Id, string Text, string? Ticket, Instant At, bool IsRead);

/// <summary>How many are unread.</summary>
/// <param name="Unread">At most 100, which stands for 100 or more.</param>
public sealed record UnreadBody(int Unread);

/// <summary>Of which kinds of events the token's person is told. What is left out stays as it is.</summary>
public sealed record NoticeChoicesBody
{
    /// <summary>A ticket was given to the person.</summary>
    public bool? Assigned { get; init; }

    /// <summary>A ticket that nobody has came to a team of the person.</summary>
    public bool? Team { get; init; }

    /// <summary>A customer wrote on a ticket that the person has.</summary>
    public bool? Answered { get; init; }

    /// <summary>Something happened on a ticket that the person watches.</summary>
    public bool? Watched { get; init; }

    /// <summary>The desk wrote on a request of the person.</summary>
    public bool? Desk { get; init; }

    internal IReadOnlyDictionary<NoticeKind, bool> Said =>
        new[]
        {
            (NoticeKind.Assigned, Assigned),
            (NoticeKind.Team, Team),
            (NoticeKind.Answered, Answered),
            (NoticeKind.Watched, Watched),
            (NoticeKind.Desk, Desk),
        }
            .Where(one => one.Item2 is not null)
            .ToDictionary(one => one.Item1, one => one.Item2!.Value);
}

/// <summary>Notifications over REST, each person's own.</summary>
internal static class NotificationRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("/notifications").RequireAuthorization(Policies.ReadTickets).WithTags("Notifications");
        read.MapGet("/", ListAsync)
            .WithName("listNotifications")
            .WithSummary("Lists what the token's person was told, newest first.")
            .Produces<PageAnswer<NotificationBody>>()
            .MayFail(400);
        read.MapGet("/unread", CountAsync)
            .WithName("countUnreadNotifications")
            .WithSummary("Counts what the token's person has not read.")
            .Produces<UnreadBody>();

        read.MapGet("/choices", ChoicesAsync)
            .WithName("getNotificationChoices")
            .WithSummary("Of which kinds of events the token's person is told: those that the person can choose among.")
            .Produces<IReadOnlyDictionary<string, bool>>();

        var write = api.MapGroup("/notifications")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Notifications");
        write
            .MapPut("/choices", ChooseAsync)
            .WithName("setNotificationChoices")
            .WithSummary(
                "Chooses of which kinds of events the token's person is told; kinds that are left out stay as they are."
            )
            .Accepts<NoticeChoicesBody>("application/json")
            .Produces<IReadOnlyDictionary<string, bool>>()
            .MayFail(400, 413, 415, 422);
        write
            .MapPost("/read", ReadAllAsync)
            .WithName("readAllNotifications")
            .WithSummary("Says that the token's person has read everything.")
            .Produces<UnreadBody>();
        write
            .MapPost(
                "/{id:long}/read",
                (HttpContext context, long id, INotificationStore store, ApiProblems problems) =>
                    MarkAsync(context, id, store, problems, isRead: true)
            )
            .WithName("readNotification")
            .WithSummary("Says that the token's person has read it.")
            .Produces<UnreadBody>()
            .MayFail(404);
        write
            .MapDelete(
                "/{id:long}/read",
                (HttpContext context, long id, INotificationStore store, ApiProblems problems) =>
                    MarkAsync(context, id, store, problems, isRead: false)
            )
            .WithName("unreadNotification")
            .WithSummary("Says that the token's person has not read it yet.")
            .Produces<UnreadBody>()
            .MayFail(404);
    }

    private static async Task<IResult> ChoicesAsync(HttpContext context, NoticeChoices choices)
    {
        var viewer = context.RequireViewer();
        var chosen = await choices.OfAsync(viewer.Person.Id, context.RequestAborted);
        return Results.Ok(NoticeChoices.For(viewer).ToDictionary(NoticeChoices.WordOf, chosen.Contains));
    }

    private static async Task<IResult> ChooseAsync(
        HttpContext context,
        JsonBodyReader bodies,
        NoticeChoices choices,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (body, problem) = await bodies.ReadAsync<NoticeChoicesBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var said = body.Value.Said;
        var known = NoticeChoices.For(viewer);
        var unknown = said.Keys.Where(kind => !known.Contains(kind)).Select(NoticeChoices.WordOf).ToList();
        if (unknown.Count > 0)
        {
            return problems.Of([
                .. unknown.Select(word => Refusal.Invalid("notifications.choice-unknown", word, word)),
            ]);
        }

        await choices.SaveAsync(viewer.Person.Id, said, context.RequestAborted);
        return await ChoicesAsync(context, choices);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Bell bell,
        ApiProblems problems,
        bool unread = false,
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

        var viewer = context.RequireViewer();
        var (lines, next) = await bell.ReadAsync(viewer, unread, count, before, context.RequestAborted);
        return Results.Ok(
            new PageAnswer<NotificationBody>([.. lines.Select(Show)], next?.ToString(CultureInfo.InvariantCulture))
        );
    }

    private static NotificationBody Show(BellLine line) =>
        new(line.Notification.Id, line.Notification.Text, line.Key, line.Notification.At, line.Notification.IsRead);

    private static async Task<IResult> CountAsync(HttpContext context, Bell bell) =>
        Results.Ok(new UnreadBody(await bell.CountAsync(context.RequireViewer(), context.RequestAborted)));

    private static async Task<IResult> ReadAllAsync(HttpContext context, INotificationStore store, Bell bell)
    {
        await store.MarkAsync(context.RequireViewer().Person.Id, id: null, isRead: true, context.RequestAborted);
        return await CountAsync(context, bell);
    }

    private static async Task<IResult> MarkAsync(
        HttpContext context,
        long id,
        INotificationStore store,
        ApiProblems problems,
        bool isRead
    )
    {
        var me = context.RequireViewer().Person.Id;
        if (!await store.HasAsync(me, id, context.RequestAborted))
        {
            return problems.Of([Refusal.NotFound("notifications.unknown")]);
        }

        await store.MarkAsync(me, id, isRead, context.RequestAborted);
        var unread = await store.CountUnreadAsync(me, Bell.MostCounted, context.RequestAborted);
        return Results.Ok(new UnreadBody(unread));
    }
}
