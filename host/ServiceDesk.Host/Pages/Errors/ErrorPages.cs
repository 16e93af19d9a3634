namespace ServiceDesk.Host.Pages.Errors;

/// <summary>Pages for answers that are not pages: 403, 404, 500 and their like. Not for the API, whose errors are JSON.</summary>
public static class ErrorPages
{
    /// <summary>Shows <c>/error/STATUS</c> in place of an empty answer or an exception.</summary>
    public static WebApplication UseErrorPages(this WebApplication app)
    {
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            pages =>
            {
                pages.UseExceptionHandler("/error/500");
                pages.UseStatusCodePagesWithReExecute("/error/{0}");
            }
        );
        return app;
    }
}
