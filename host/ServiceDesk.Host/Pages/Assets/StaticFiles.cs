using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace ServiceDesk.Host.Pages.Assets;

/// <summary>Serves the built front end: kept for ever by browsers, compressed ahead where the browser reads Brotli.</summary>
public static class StaticFiles
{
    private const string Compressed = ".br";

    /// <summary>Serves <c>wwwroot</c> beside the program.</summary>
    public static WebApplication UseFrontEnd(this WebApplication app)
    {
        var files = new PhysicalFileProvider(Path.Combine(app.Environment.ContentRootPath, "wwwroot"));
        var types = new FileExtensionContentTypeProvider();
        app.Use((context, next) => PreferCompressed(context, next, files));
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = files,
                ContentTypeProvider = new CompressedTypes(types),
                OnPrepareResponse = Prepare,
            }
        );
        return app;
    }

    private static Task PreferCompressed(HttpContext context, RequestDelegate next, IFileProvider files)
    {
        var path = context.Request.Path;
        if (
            path.StartsWithSegments(FrontEndAssets.Folder, StringComparison.Ordinal)
            && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal)
            && files.GetFileInfo(path.Value + Compressed).Exists
        )
        {
            context.Request.Path = path.Value + Compressed;
        }

        return next(context);
    }

    private static void Prepare(StaticFileResponseContext context)
    {
        var headers = context.Context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        if (context.File.Name.EndsWith(Compressed, StringComparison.Ordinal))
        {
            headers.ContentEncoding = "br";
        }
    }

    /// <summary>The type of a compressed file is that of what it unpacks to.</summary>
    private sealed class CompressedTypes(FileExtensionContentTypeProvider types) : IContentTypeProvider
    {
        public bool TryGetContentType(
            string subpath,
            [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string contentType
        ) =>
            types.TryGetContentType(
                subpath.EndsWith(Compressed, StringComparison.Ordinal) ? subpath[..^Compressed.Length] : subpath,
                out contentType
            );
    }
}
