using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Intake.Files;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Takes a file in before there is a ticket for it, so that a new one or its fields can name it.</summary>
internal static class UploadRoute
{
    public static async Task<IResult> PostAsync(HttpContext context, FileIntake intake, ApiProblems problems)
    {
        var (file, refusal) = await intake.TakeAsync(
            context.Request.Body,
            context.Request.Query["name"].ToString(),
            context.RequireViewer(),
            context.RequestAborted
        );
        return file is not null
                ? Results.Created((string?)null, new UploadAnswer(file.Id, file.Name, file.ContentType, file.Size))
            : refusal!.Code == "files.too-large"
                ? problems.Of(StatusCodes.Status413PayloadTooLarge, refusal.Code, [.. refusal.Arguments])
            : problems.Of([refusal]);
    }
}

/// <summary>A file that is up and waits to be named by a field.</summary>
/// <param name="Id">What fields name it by; for who uploaded it alone, until it is attached. One that nobody attaches is gone after a day.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">What it holds.</param>
/// <param name="Size">In bytes.</param>
public sealed record UploadAnswer(long Id, string Name, string ContentType, long Size);
