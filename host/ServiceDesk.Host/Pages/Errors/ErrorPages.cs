using Microsoft.AspNetCore.Diagnostics;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Errors;

/// <summary>Pages for answers that are not pages: 403, 404, 500 and their like. Not for the API, whose errors are JSON.</summary>
public static class ErrorPages
{
    /// <summary>Shows <c>/error/STATUS</c> in place of an empty answer or an exception.</summary>
    public static WebApplication UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions { ExceptionHandlingPath = "/error/500", StatusCodeSelector = StatusOf }
        );
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(
            (context, next) =>
            {
                if (IsForMachines(context.Request.Path) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                {
                    pages.Enabled = false;
                }

                return next(context);
            }
        );
        return app;
    }

    // Files go into scripts and downloads: an empty 404 tells enough.
    private static bool IsForMachines(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/files", StringComparison.OrdinalIgnoreCase);

    private static int StatusOf(Exception problem) =>
        problem switch
        {
            StorageUnavailableException => StatusCodes.Status503ServiceUnavailable,
            BadHttpRequestException bad => bad.StatusCode,
            _ => StatusCodes.Status500InternalServerError,
        };
}
