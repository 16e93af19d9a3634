using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Live;

/// <summary>Live updates of pages.</summary>
public static class LiveStage
{
    private const int MostStreamsOfAPerson = 20;

    internal static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<TicketFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<TicketFeed>());
        services.AddSingleton<EventStream>();
        services.AddSingleton<Presence>();
        services.AddSingleton<OpenStreams>();
    }

    /// <summary><c>GET /events</c>: server-sent events for the signed-in person.</summary>
    public static WebApplication MapLive(this WebApplication app)
    {
        app.MapGet("/events", StreamAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
        return app;
    }

    /// <summary>Notes for each request up to where in the log the page that answers it will show, before anything is read for it.</summary>
    public static WebApplication UseLive(this WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                if (app.Services.GetRequiredService<TicketFeed>().Position is { } position)
                {
                    context.Features.Set(new DrawnAt(position));
                }

                return next(context);
            }
        );
        return app;
    }

    private static async Task StreamAsync(
        HttpContext context,
        EventStream stream,
        OpenStreams open,
        Presence presence,
        ITicketQueries tickets,
        IHostApplicationLifetime lifetime
    )
    {
        var viewer = context.RequireViewer();
        var person = viewer.Person.Id;
        using var place = open.Take(person, MostStreamsOfAPerson);
        if (place is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        var at = await TicketAsync(context, viewer, tickets);
        using var here = at is null ? null : presence.Enter(person, at.Id, WindowOf(context.Request));
        try
        {
            await stream.WriteAsync(person, Since(context.Request), at, context.Response.Body, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The reader went, or the server stops: the browser asks again by itself.
        }
    }

    // Only who works on a ticket is seen at it, and sees who is.
    private static async Task<TicketState?> TicketAsync(HttpContext context, Viewer viewer, ITicketQueries tickets) =>
        TicketKey.TryParse(context.Request.Query["ticket"].ToString(), out var key)
        && await tickets.FindByKeyAsync(viewer, key, context.RequestAborted) is { } found
        && viewer.WorksOn(found.State.Desk)
            ? found.State
            : null;

    private static string WindowOf(HttpRequest request) =>
        request.Query["window"].ToString() is { Length: > 0 and <= 40 } window ? window : "page";

    // What a browser was told last counts more than where its page was drawn.
    private static long? Since(HttpRequest request) =>
        new[] { request.Headers["Last-Event-ID"].ToString(), request.Query["since"].ToString() }
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1)
            .Where(position => position >= 0)
            .Select(position => (long?)position)
            .FirstOrDefault();
}

/// <summary>Up to which position in the log a page shows what happened.</summary>
public sealed record DrawnAt(long Position);

/// <summary>Counts open streams, so that no person holds all connections of the server.</summary>
public sealed class OpenStreams
{
    private readonly ConcurrentDictionary<PersonId, int> counts = new();

    /// <summary>A place; null when the person has as many already. Dispose it to free it.</summary>
    public IDisposable? Take(PersonId person, int most)
    {
        var count = counts.AddOrUpdate(person, 1, (_, open) => open + 1);
        if (count <= most)
        {
            return new Place(this, person);
        }

        Free(person);
        return null;
    }

    private void Free(PersonId person)
    {
        if (counts.AddOrUpdate(person, 0, (_, open) => open - 1) <= 0)
        {
            counts.TryRemove(KeyValuePair.Create(person, 0));
        }
    }

    private sealed class Place(OpenStreams streams, PersonId person) : IDisposable
    {
        public void Dispose() => streams.Free(person);
    }
}
