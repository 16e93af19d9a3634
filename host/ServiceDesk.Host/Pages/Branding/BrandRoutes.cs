using Microsoft.AspNetCore.Mvc;

namespace ServiceDesk.Host.Pages.Branding;

/// <summary>Sends the pictures of the help centre, which everybody may see: they stand where one signs in.</summary>
internal static class BrandRoutes
{
    public static void MapBrand(this WebApplication app) =>
        app.MapGet("/brand/{name}", Send).AllowAnonymous().ExcludeFromDescription();

    // The address changes with the picture, so that it is asked for once.
    private static IResult Send(HttpContext context, string name, [FromServices] HelpCentre centre)
    {
        if (centre.Find(name) is not { } picture)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        return Results.Bytes(picture.Bytes, picture.Type);
    }
}
