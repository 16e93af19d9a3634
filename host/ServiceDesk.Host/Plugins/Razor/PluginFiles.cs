using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace ServiceDesk.Host.Plugins.Razor;

/// <summary>Files of plugins' <c>wwwroot</c> folders under <c>/plugins/ID/</c>: known types only, never sniffed.</summary>
internal static class PluginFiles
{
    public static void Use(WebApplication app, PluginCatalog catalog)
    {
        foreach (var plugin in catalog.Loaded)
        {
            var folder = Path.Combine(plugin.Folder, "wwwroot");
            if (!Directory.Exists(folder))
            {
                continue;
            }

            var options = new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(folder),
                RequestPath = $"/plugins/{plugin.Id}",
                ServeUnknownFileTypes = false,
                OnPrepareResponse = Harden,
            };
            app.UseWhen(_ => plugin.IsActive, branch => branch.UseStaticFiles(options));
        }
    }

    /// <summary>Answers 404 for everything below the path of a plugin that is switched off, its pages too.</summary>
    public static void HideSwitchedOff(WebApplication app, PluginCatalog catalog) =>
        app.Use(
            (context, next) =>
            {
                var isHidden = catalog.Loaded.Any(plugin =>
                    !plugin.IsActive
                    && context.Request.Path.StartsWithSegments(
                        $"/plugins/{plugin.Id}",
                        StringComparison.OrdinalIgnoreCase
                    )
                );
                if (!isHidden)
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
        );

    private static void Harden(StaticFileResponseContext context)
    {
        context.Context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Context.Response.Headers.CacheControl = "public, max-age=3600";
    }
}
