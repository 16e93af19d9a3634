using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Access;

/// <summary>Where the viewer of a request is kept: made once after authentication, read by every page, route and query.</summary>
public static class ViewerOfRequest
{
    /// <summary>Who looks; null when nobody is signed in.</summary>
    public static Viewer? FindViewer(this HttpContext context) => context.Features.Get<Viewer>();

    /// <summary>Who looks.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the route lacks a policy.</exception>
    public static Viewer RequireViewer(this HttpContext context) =>
        context.FindViewer()
        ?? throw new InvalidOperationException(
            $"The route {context.Request.Path} is open to people who are not signed in."
        );

    /// <summary>Keeps the viewer for the rest of the request.</summary>
    public static void SetViewer(this HttpContext context, Viewer viewer) => context.Features.Set(viewer);
}
