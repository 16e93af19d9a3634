using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Problems;

/// <summary>Gives every error below <c>/api</c> that nobody put in words a body: unknown routes, missing tokens, broken connections to the database, faults.</summary>
public static class ApiErrors
{
    private static readonly Dictionary<int, string> Codes = new()
    {
        [StatusCodes.Status400BadRequest] = "api.bad-request",
        [StatusCodes.Status401Unauthorized] = "api.token-missing",
        [StatusCodes.Status403Forbidden] = "api.forbidden",
        [StatusCodes.Status404NotFound] = "api.not-found",
        [StatusCodes.Status405MethodNotAllowed] = "api.method-not-allowed",
        [StatusCodes.Status413PayloadTooLarge] = "api.too-large",
        [StatusCodes.Status415UnsupportedMediaType] = "api.media-type",
        [StatusCodes.Status429TooManyRequests] = "api.too-many",
        [StatusCodes.Status503ServiceUnavailable] = "api.unavailable",
    };

    /// <summary>Watches over what comes after it.</summary>
    public static WebApplication UseApiErrors(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            api => api.Use(AnswerAsync)
        );
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = error.StatusCode;
        }
        catch (StorageUnavailableException error) when (!context.Response.HasStarted)
        {
            Log(context).DatabaseUnavailable(error);
            context.Response.Headers.RetryAfter = "5";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            Log(context).RequestFailed(context.Request.Method, context.Request.Path, error);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        var response = context.Response;
        if (!response.HasStarted && response.StatusCode >= 400 && response.ContentType is null)
        {
            response.ContentLength = null;
            var code = Codes.GetValueOrDefault(response.StatusCode, "api.fault");
            await context
                .RequestServices.GetRequiredService<ApiProblems>()
                .Of(response.StatusCode, code)
                .ExecuteAsync(context);
        }
    }

    private static ILogger Log(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiErrors).FullName!);
}
