using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;

namespace ServiceDesk.Crm.Api;

/// <summary>The files of a contract over REST, with the rights of its page: who sees contracts reads them, who edits contracts puts them there and takes them away.</summary>
internal static class ContractFileRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Files = "/contracts/{contract:long}/documents";
        var read = routes.MapGroup(Files).RequirePermission(CrmPlugin.SeePermission).MayFail(404);
        read.MapGet("", ListAsync).Produces<ListAnswer<DocumentAnswer>>();
        read.MapGet("/{document:long}", DownloadAsync).Produces<byte[]>(contentType: "application/octet-stream");
        var write = routes
            .MapGroup(Files)
            .RequirePermission(CrmPlugin.EditPermission)
            .AnswersRepeats()
            .MayFail(400, 404, 409, 413, 422);
        write
            .MapPost("", AddAsync)
            .Accepts<byte[]>("application/octet-stream")
            .Produces<DocumentAnswer>(StatusCodes.Status201Created)
            .WithMetadata(new RequestSizeLimitAttribute(DocumentWriting.Largest + 1));
        write.MapDelete("/{document:long}", RemoveAsync).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(long contract, [AsParameters] Asking asked) =>
        await asked.Reader.ContractAsync(asked.Viewer, contract, asked.Cancellation) is { } found
            ? Results.Ok(
                new ListAnswer<DocumentAnswer>(
                    [.. found.Documents.Select(DocumentAnswer.Of)],
                    found.Documents.Count,
                    null
                )
            )
            : CrmRoutes.Missing("crm.refusal.no-contract", contract);

    private static async Task<IResult> DownloadAsync(long contract, long document, [AsParameters] Asking asked)
    {
        if (await asked.Reader.DocumentAsync(asked.Viewer, contract, document, asked.Cancellation) is not { } file)
        {
            return CrmRoutes.Missing("crm.refusal.no-document", document);
        }

        var headers = asked.Context.Response.Headers;
        headers[HeaderNames.ContentSecurityPolicy] = "default-src 'none'; sandbox";
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers[HeaderNames.CacheControl] = "private, no-cache";
        return Results.File(file.Content, "application/octet-stream", file.Name);
    }

    private static async Task<IResult> AddAsync(
        long contract,
        string? name,
        DocumentWriting documents,
        [AsParameters] Asking asked
    )
    {
        var content = await ImportRoutes.BytesAsync(asked.Context.Request, asked.Cancellation);
        return await CrmRoutes.MadeAsync(
            asked.Context,
            new { Name = name, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) },
            once => documents.AddAsync(asked.Viewer, contract, name ?? "", content, asked.Cancellation, once),
            id => ShowAsync(contract, id, asked)
        );
    }

    private static async Task<IResult> RemoveAsync(
        long contract,
        long document,
        DocumentWriting documents,
        [AsParameters] Asking asked
    )
    {
        var removed = await documents.RemoveAsync(asked.Viewer, contract, document, asked.Cancellation);
        return removed.IsDone ? Results.NoContent() : new RefusedResult(removed.Refusals);
    }

    // Repeated after the file was taken away, there is nothing to show.
    private static async Task<IResult> ShowAsync(long contract, long document, Asking asked) =>
        (await asked.Reader.ContractAsync(asked.Viewer, contract, asked.Cancellation))?.Documents.FirstOrDefault(one =>
            one.Id == document
        )
            is { } found
            ? Results.Ok(DocumentAnswer.Of(found))
            : Results.NoContent();
}
