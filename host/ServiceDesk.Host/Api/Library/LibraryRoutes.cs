using System.Globalization;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Api.Library;

/// <summary>The files that desks keep ready, over REST. For who does not work on a desk there are none.</summary>
internal static class LibraryRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("/desks/{desk}/files").RequireAuthorization(Policies.ReadTickets).WithTags("Desks");
        read.MapGet("/", ListAsync)
            .WithName("listDeskFiles")
            .WithSummary(
                "Lists the files that a desk keeps ready, by name; with `q`, those that have these parts, or initial consonants, in their names."
            )
            .Produces<PageAnswer<LibraryFileAnswer>>()
            .MayFail(404);
        read.MapGet("/{id:long}", GetAsync)
            .WithName("getDeskFile")
            .WithSummary("Shows a file that a desk keeps ready.")
            .Produces<LibraryFileAnswer>()
            .MayFail(404);
        read.MapGet("/{id:long}/content", DownloadAsync)
            .WithName("downloadDeskFile")
            .WithSummary("Gives the content of a file that a desk keeps ready.")
            .Produces<byte[]>(contentType: "application/octet-stream")
            .MayFail(404);

        // As for the macros that name the files; the permission is asked by the door, for which there is nothing before that.
        var write = api.MapGroup("/desks/{desk}/files")
            .RequireAuthorization(Policies.WriteConfiguration)
            .WithTags("Desks");
        write
            .MapPost("/", AddAsync)
            .WithName("addDeskFile")
            .WithSummary("Puts an own upload into the library of a desk. Needs the permission to configure.")
            .Accepts<LibraryFileBody>("application/json")
            .Produces<LibraryFileAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 404, 409, 413, 415, 422);
        write
            .MapPut("/{id:long}", PutAsync)
            .WithName("putDeskFile")
            .WithSummary(
                "Changes a file of the library, or replaces it by a newer version. Tickets keep what was attached."
            )
            .Accepts<LibraryFileBody>("application/json")
            .Produces<LibraryFileAnswer>()
            .MayFail(400, 403, 404, 412, 413, 415, 422);
        write
            .MapDelete("/{id:long}", RemoveAsync)
            .WithName("removeDeskFile")
            .WithSummary("Takes a file out of the library. Tickets keep what was attached.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(403, 404);
        write
            .MapPost("/{id:long}/keep", KeepAsync)
            .WithName("keepDeskFile")
            .WithSummary("Keeps a file of the library although its content was taken out of a ticket.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(403, 404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        string desk,
        LibraryDoor door,
        IPeople people,
        ApiProblems problems,
        string? q = null
    )
    {
        var viewer = context.RequireViewer();
        return viewer.WorksOn(desk)
            ? Results.Ok(
                new PageAnswer<LibraryFileAnswer>(
                    await ShowAsync(
                        await door.ListAsync(viewer, desk, q, context.RequestAborted),
                        viewer,
                        people,
                        context.RequestAborted
                    ),
                    null
                )
            )
            : problems.Of([LibraryDoor.Unknown()]);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        string desk,
        long id,
        LibraryDoor door,
        IPeople people,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        return await door.FindAsync(viewer, desk, id, context.RequestAborted) is { } found
            ? Results.Ok((await ShowAsync([found], viewer, people, context.RequestAborted))[0])
            : problems.Of([LibraryDoor.Unknown()]);
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext context,
        string desk,
        long id,
        LibraryDoor door,
        IFileStore files,
        ApiProblems problems
    )
    {
        var found = await door.FindAsync(context.RequireViewer(), desk, id, context.RequestAborted);
        if (found is null || await files.OpenAsync(found.File.Sha256, context.RequestAborted) is not { } content)
        {
            return problems.Of([LibraryDoor.Unknown()]);
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(
            content,
            found.File.ContentType,
            found.File.Name,
            entityTag: new EntityTagHeaderValue($"\"{found.File.Sha256}\""),
            enableRangeProcessing: true
        );
    }

    private static Task<IResult> AddAsync(
        HttpContext context,
        string desk,
        JsonBodyReader bodies,
        ReferenceReader references,
        LibraryDoor door,
        IPeople people,
        ApiProblems problems
    ) => SaveAsync(context, desk, null, bodies, references, door, people, problems);

    private static Task<IResult> PutAsync(
        HttpContext context,
        string desk,
        long id,
        JsonBodyReader bodies,
        ReferenceReader references,
        LibraryDoor door,
        IPeople people,
        ApiProblems problems
    ) => SaveAsync(context, desk, id, bodies, references, door, people, problems);

    private static async Task<IResult> SaveAsync(
        HttpContext context,
        string desk,
        long? id,
        JsonBodyReader bodies,
        ReferenceReader references,
        LibraryDoor door,
        IPeople people,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (
            !viewer.WorksOn(desk)
            || (id is { } known && await door.FindAsync(viewer, desk, known, context.RequestAborted) is null)
        )
        {
            return problems.Of([LibraryDoor.Unknown()]);
        }

        var (read, problem) = await bodies.ReadAsync<LibraryFileBody>(context);
        if (read is null)
        {
            return problem!;
        }

        var body = read.Value;
        var (uploads, unknown) = await references.UploadedAsync(
            viewer,
            body.File is { } upload ? [upload] : [],
            "file",
            context.RequestAborted
        );
        if (unknown.Count > 0)
        {
            return problems.Of(unknown);
        }

        var (kept, refusals) = await door.SaveAsync(
            viewer,
            id,
            body.Version,
            new LibraryText(desk, body.Name ?? "", body.Description),
            uploads.Count == 1 ? uploads[0] : null,
            context.RequestAborted
        );
        if (kept is null)
        {
            return problems.Of(refusals);
        }

        var shown = (await ShowAsync([kept], viewer, people, context.RequestAborted))[0];
        return id is null
            ? Results.Created(
                string.Create(CultureInfo.InvariantCulture, $"/api/v1/desks/{desk}/files/{kept.Id}"),
                shown
            )
            : Results.Ok(shown);
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        string desk,
        long id,
        LibraryDoor door,
        ApiProblems problems
    ) =>
        await door.RemoveAsync(context.RequireViewer(), desk, id, context.RequestAborted) is { } refusal
            ? problems.Of([refusal])
            : Results.NoContent();

    private static async Task<IResult> KeepAsync(
        HttpContext context,
        string desk,
        long id,
        LibraryDoor door,
        ApiProblems problems
    ) =>
        await door.KeepAsync(context.RequireViewer(), desk, id, context.RequestAborted) is { } refusal
            ? problems.Of([refusal])
            : Results.NoContent();

    private static async Task<IReadOnlyList<LibraryFileAnswer>> ShowAsync(
        IReadOnlyList<LibraryFile> files,
        Viewer viewer,
        IPeople people,
        CancellationToken cancellation
    )
    {
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            viewer,
            files.Select(PersonId? (file) => file.By),
            cancellation
        );
        return
        [
            .. files.Select(file => new LibraryFileAnswer(
                file.Id,
                file.Version,
                file.Text.Name,
                file.Text.Description,
                file.File.Name,
                file.File.ContentType,
                file.File.Size,
                shown.Show(file.By, file.Text.Desk),
                file.At,
                file.RedactedAt,
                string.Create(CultureInfo.InvariantCulture, $"/api/v1/desks/{file.Text.Desk}/files/{file.Id}/content")
            )),
        ];
    }
}
