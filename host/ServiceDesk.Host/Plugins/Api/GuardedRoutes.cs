using System.Text.Json;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins.Api;

/// <summary>Lets a plugin's routes fail without harm: what throws or takes too long is counted and answered as a problem that names the plugin.</summary>
internal sealed class GuardedRoutes(PluginHealth health, ITexts texts, TimeProvider time)
{
    /// <summary>How long a route may take; then its request is cancelled, and a little later cut off.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public RouteEndpoint Around(RouteEndpoint route)
    {
        var handler = $"route {route.RoutePattern.RawText}";
        var original = route.RequestDelegate!;
        return new RouteEndpoint(
            context => RunAsync(context, original, handler),
            route.RoutePattern,
            route.Order,
            route.Metadata,
            route.DisplayName
        );
    }

    private async Task RunAsync(HttpContext context, RequestDelegate original, string handler)
    {
        if (health.IsSwitchedOff)
        {
            await AnswerAsync(context, StatusCodes.Status404NotFound, "plugins.refusal.switched-off");
            return;
        }

        using var limit = new CancellationTokenSource(Limit, time);
        var caller = context.RequestAborted;
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, caller);
        context.RequestAborted = both.Token;
        try
        {
            await original(context).WaitAsync(Limit + Grace, time, CancellationToken.None);
            health.Succeeded(handler);
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            health.Count(handler, exception);
            await AnswerAsync(context, StatusCodes.Status504GatewayTimeout, "plugins.refusal.route-too-slow");
        }
        catch (TimeoutException exception) when (limit.IsCancellationRequested)
        {
            // The plugin still holds the context, so nothing can be written to it.
            health.Count(handler, exception);
            context.Abort();
        }
        catch (BadHttpRequestException exception)
            when (exception.InnerException is JsonException wrong && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await context
                .RequestServices.GetRequiredService<ApiProblems>()
                .OfBody(JsonPlaces.PointerOf(wrong))
                .ExecuteAsync(context);
        }
        catch (BadHttpRequestException exception)
        {
            await AnswerAsync(context, exception.StatusCode, "plugins.refusal.bad-request");
        }
        catch (Exception exception) when (exception is not StorageUnavailableException)
        {
            health.Count(handler, exception);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "plugins.refusal.route-failed");
        }
    }

    private Task AnswerAsync(HttpContext context, int status, string code)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        var sentence = texts.Format(code, health.Name);
        return Results
            .Problem(
                title: sentence,
                type: ApiProblem.NoType,
                statusCode: status,
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["code"] = code,
                    ["plugin"] = health.Id,
                }
            )
            .ExecuteAsync(context);
    }
}
