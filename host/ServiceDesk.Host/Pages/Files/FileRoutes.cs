using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Pages.Files;

/// <summary>The one way of files in and out of pages. Rights are read anew for each download; a file is never a page.</summary>
public static class FileRoutes
{
    /// <summary>Says on a preview of text whether the file goes on.</summary>
    public const string CutHeader = "Preview-Cut";

    private const string Sandbox = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    // A browser's own viewer of PDF does not run in a sandbox; it loads nothing else, and no page may frame it.
    private const string Viewer =
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>Where a ticket's files are served, ending in a slash.</summary>
    public static string PrefixOf(HttpContext context, TicketKey key) => $"{context.Request.PathBase}/files/{key}/";

    /// <summary>Maps upload and download.</summary>
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/files", UploadAsync)
            .RequireAuthorization(Permissions.AskInPortal)
            .WithMetadata(new FileSizeLimit(FileIntake.Limit + (1024 * 1024)));
        routes.MapGet("/files/{key}/{id:long}", DownloadAsync).RequireAuthorization(Policies.SignedIn);
        routes.MapGet("/files/library/{desk}/{id:long}", OfLibraryAsync).RequireAuthorization(Permissions.WorkTickets);
        routes.MapGet("/files/{key}/{id:long}/text", TextAsync).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<Results<Created<UploadedFile>, ProblemHttpResult>> UploadAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        FileIntake intake,
        ITexts texts,
        CancellationToken cancellation
    )
    {
        if (!await IsOursAsync(antiforgery, context))
        {
            return Problem(texts["common.error-400-text"], StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(cancellation);
        if (form.Files.Count != 1)
        {
            return Problem(texts["common.files-failed"]);
        }

        await using var content = form.Files[0].OpenReadStream();
        var by = context.RequireViewer();
        var (file, refusal) = await intake.TakeAsync(content, form.Files[0].FileName, by, cancellation);
        return file is null
            ? Problem(texts.Format(refusal!.Code, [.. refusal.Arguments]))
            : TypedResults.Created((string?)null, new UploadedFile(FileIntake.TokenOf(file.Id), file.Name));
    }

    // A form that cannot be read has no token either.
    private static async Task<bool> IsOursAsync(IAntiforgery antiforgery, HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    private static ProblemHttpResult Problem(string detail, int status = StatusCodes.Status422UnprocessableEntity) =>
        TypedResults.Problem(detail, statusCode: status);

    private static async Task<Results<FileStreamHttpResult, NotFound>> DownloadAsync(
        string key,
        long id,
        HttpContext context,
        FileLookup lookup,
        IFileStore store,
        CancellationToken cancellation
    )
    {
        var file = await lookup.FindAsync(context.RequireViewer(), key, id, cancellation);
        if (file is null || await store.OpenAsync(file.Sha256, cancellation) is not { } content)
        {
            return TypedResults.NotFound();
        }

        var inline = context.Request.Query.ContainsKey("inline")
            ? await InlineAsync(file, content, cancellation)
            : null;
        WriteHeaders(context, file, isInline: inline is not null, inline ?? Sandbox);
        return TypedResults.Stream(
            content,
            file.ContentType,
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""),
            enableRangeProcessing: true
        );
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> OfLibraryAsync(
        string desk,
        long id,
        HttpContext context,
        LibraryDoor library,
        IFileStore store,
        CancellationToken cancellation
    )
    {
        var found = await library.FindAsync(context.RequireViewer(), desk, id, cancellation);
        if (found is null || await store.OpenAsync(found.File.Sha256, cancellation) is not { } content)
        {
            return TypedResults.NotFound();
        }

        WriteHeaders(context, found.File.ToAttached(), isInline: false, Sandbox);
        return TypedResults.Stream(
            content,
            found.File.ContentType,
            entityTag: new EntityTagHeaderValue($"\"{found.File.Sha256}\""),
            enableRangeProcessing: true
        );
    }

    private static async Task<Results<ContentHttpResult, NotFound, ProblemHttpResult>> TextAsync(
        string key,
        long id,
        HttpContext context,
        FileLookup lookup,
        IFileStore store,
        ITexts texts,
        CancellationToken cancellation
    )
    {
        var file = await lookup.FindAsync(context.RequireViewer(), key, id, cancellation);
        if (
            file is null
            || FilePreviews.Of(file) != PreviewKind.Text
            || await store.OpenAsync(file.Sha256, cancellation) is not { } content
        )
        {
            return TypedResults.NotFound();
        }

        await using (content)
        {
            if (await TextPreview.ReadAsync(content, cancellation) is not { } preview)
            {
                return TypedResults.Problem(
                    texts.Format("files.not-text", file.Name),
                    statusCode: StatusCodes.Status415UnsupportedMediaType
                );
            }

            WriteHeaders(context, file, isInline: true, Sandbox);
            // Who looks with script reads it above the text, everybody else at its end.
            context.Response.Headers[CutHeader] = preview.IsCut ? "true" : "false";
            var end = preview.IsCut
                ? $"\n\n— {texts.Format("files.preview-cut", $"{TextPreview.Limit / 1024}")}\n"
                : "";
            return TypedResults.Text(preview.Text + end, "text/plain", Encoding.UTF8);
        }
    }

    // The policy of a file that a page or a window may show; null for all others, whatever they call themselves.
    private static async Task<string?> InlineAsync(AttachedFile file, Stream content, CancellationToken cancellation)
    {
        if (MediaTypes.IsImage(file.ContentType))
        {
            return Sandbox;
        }

        if (file.ContentType != MediaTypes.Pdf)
        {
            return null;
        }

        var start = new byte[5];
        var count = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        content.Position = 0;
        return start.AsSpan(0, count).SequenceEqual("%PDF-"u8) ? Viewer : null;
    }

    private static void WriteHeaders(HttpContext context, AttachedFile file, bool isInline, string policy)
    {
        var disposition = new ContentDispositionHeaderValue(isInline ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        var headers = context.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = policy;
        headers.CacheControl = "private, no-cache";
    }

    /// <summary>The answer to an upload.</summary>
    /// <param name="Token">What a form sends to attach the file.</param>
    /// <param name="Name">The name that is shown.</param>
    public sealed record UploadedFile(string Token, string Name);

    private sealed class FileSizeLimit(long bytes) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize { get; } = bytes;
    }
}
