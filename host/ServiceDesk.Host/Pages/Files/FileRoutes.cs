using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Pages.Files;

/// <summary>The one way of files in and out of pages. Rights are read anew for each download; a file is never a page.</summary>
public static class FileRoutes
{
    private const string Sandbox = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

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
    }

    private static async Task<Results<Created<UploadedFile>, ProblemHttpResult>> UploadAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        FileIntake intake,
        ITexts texts,
        CancellationToken cancellation
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Problem(texts["common.error-400-text"]);
        }

        var form = await context.Request.ReadFormAsync(cancellation);
        if (form.Files.Count != 1)
        {
            return Problem(texts["common.files-failed"]);
        }

        await using var content = form.Files[0].OpenReadStream();
        var by = context.RequireViewer().Person.Id;
        var (file, refusal) = await intake.TakeAsync(content, form.Files[0].FileName, by, cancellation);
        return file is null
            ? Problem(texts.Format(refusal!.Code, [.. refusal.Arguments]))
            : TypedResults.Created((string?)null, new UploadedFile(FileIntake.TokenOf(file.Id), file.Name));
    }

    private static ProblemHttpResult Problem(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<FileStreamHttpResult, NotFound>> DownloadAsync(
        string key,
        long id,
        HttpContext context,
        ITicketQueries queries,
        ITicketConversation conversation,
        IFileStore store,
        CancellationToken cancellation
    )
    {
        var viewer = context.RequireViewer();
        if (
            !TicketKey.TryParse(key, out var ticketKey)
            || await queries.FindByKeyAsync(viewer, ticketKey, cancellation) is not { } ticket
        )
        {
            return TypedResults.NotFound();
        }

        var file = await conversation.FindFileAsync(viewer, ticket.State, id, cancellation);
        if (file is null || await store.OpenAsync(file.Sha256, cancellation) is not { } content)
        {
            return TypedResults.NotFound();
        }

        WriteHeaders(context, file);
        return TypedResults.Stream(
            content,
            file.ContentType,
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""),
            enableRangeProcessing: true
        );
    }

    private static void WriteHeaders(HttpContext context, AttachedFile file)
    {
        var isInline = context.Request.Query.ContainsKey("inline") && MediaTypes.IsImage(file.ContentType);
        var disposition = new ContentDispositionHeaderValue(isInline ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        var headers = context.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = Sandbox;
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
