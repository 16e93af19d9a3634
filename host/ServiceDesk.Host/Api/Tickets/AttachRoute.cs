using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Attaches files to a ticket: several parts of a form, or one file as the body itself. Contents are streamed, never held in memory.</summary>
internal static class AttachRoute
{
    private const int LongestBoundary = 200;
    private const int MostParts = 50;
    private const int LongestWord = 100;

    public static async Task<IResult> PostAsync(
        HttpContext context,
        string key,
        FileIntake intake,
        TicketDoor door,
        IPeople people,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (upload, refusal) = await ReadAsync(context, intake, viewer);
        if (refusal is not null)
        {
            return refusal.Code == "files.too-large"
                ? problems.Of(StatusCodes.Status413PayloadTooLarge, refusal.Code, [.. refusal.Arguments])
                : problems.Of([refusal]);
        }

        if (!TryReadVisibility(upload.Visibility, out var visibility))
        {
            return problems.Of([Refusal.Invalid("api.not-one-of", "visibility", "public, internal")]);
        }

        var (answer, refused) = string.IsNullOrEmpty(upload.Field)
            ? await door.SendAsync(context, ticket.State, new AttachFiles(Files(upload), visibility), Meaning(upload))
            : await door.SendAsync(
                context,
                ticket.State,
                state => IntoField(viewer, state, upload, configuration.Snapshot),
                Meaning(upload)
            );
        return answer is null ? refused! : await AnswerAsync(context, answer, ticket.State.Desk, door, people);
    }

    /// <summary>Shows what was attached.</summary>
    internal static async Task<IResult> AnswerAsync(
        HttpContext context,
        GrainAnswer answer,
        string desk,
        TicketDoor door,
        IPeople people
    )
    {
        var viewer = context.RequireViewer();
        door.WriteTag(context, answer.Ticket!.State);
        var shown = await PeopleOfAnswer.LookUpAsync(people, viewer, [viewer.Person.Id], context.RequestAborted);
        var attached = answer
            .Events.Where(recorded => recorded.Event is FilesAttached)
            .SelectMany(recorded =>
                ((FilesAttached)recorded.Event).Files.Select(file =>
                    ReadConversation.Show(
                        file,
                        ((FilesAttached)recorded.Event).Visibility,
                        shown.Show(recorded.Actor.Person, desk),
                        recorded.At,
                        answer.Ticket.State.Key
                    )
                )
            )
            .ToList();
        return Results.Created(
            $"/api/v1/tickets/{answer.Ticket.State.Key}/attachments",
            new PageAnswer<AttachmentAnswer>(attached, null)
        );
    }

    // A field of one file takes the new one in place of the one that it has; who sees it is the field's matter.
    private static (TicketCommand? Command, Refusal? Unknown) IntoField(
        Viewer viewer,
        TicketState ticket,
        Upload upload,
        IConfiguration configuration
    )
    {
        if (
            !configuration.TryGet<FieldDocument>(upload.Field!, out var field)
            || field.Kind != FieldKind.Attachment
            || !FieldSight.Sees(viewer, field.Id, ticket.Status, configuration)
        )
        {
            return (null, Refusal.Invalid("api.field-unknown", "field", Shortened(upload.Field!)));
        }

        var held = field.MostFiles > 1 && ticket.Fields.Find(field.Id) is FilesValue value ? value.Files : [];
        var files = new FilesValue([.. held, .. Files(upload)]);
        return (new EditTicket(Fields: ValueMap<FieldValue?>.Empty.SetItem(field.Id, files)), null);
    }

    private static ValueList<AttachedFile> Files(Upload upload) =>
        upload.Files.Select(file => file.ToAttached()).ToValueList();

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static async Task<(Upload Upload, Refusal? Refusal)> ReadAsync(
        HttpContext context,
        FileIntake intake,
        Viewer by
    )
    {
        var request = context.Request;
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
        {
            var (file, refusal) = await intake.TakeAsync(
                request.Body,
                request.Query["name"].ToString(),
                by,
                context.RequestAborted
            );
            return (
                new Upload(file is null ? [] : [file], request.Query["visibility"], request.Query["field"]),
                refusal
            );
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary
            ? (Upload.Nothing, Refusal.Invalid("api.multipart-malformed", null))
            : await ReadPartsAsync(new MultipartReader(boundary, request.Body), context, intake, by);
    }

    private static async Task<(Upload Upload, Refusal? Refusal)> ReadPartsAsync(
        MultipartReader reader,
        HttpContext context,
        FileIntake intake,
        Viewer by
    )
    {
        var files = new List<StoredFile>();
        string? visibility = context.Request.Query["visibility"];
        string? field = context.Request.Query["field"];
        try
        {
            for (var part = 1; await reader.ReadNextSectionAsync(context.RequestAborted) is { } section; part++)
            {
                if (part > MostParts)
                {
                    return (Upload.Nothing, Refusal.Invalid("api.multipart-too-many", null, $"{MostParts}"));
                }

                var disposition = section.GetContentDispositionHeader();
                if (disposition?.IsFileDisposition() == true)
                {
                    var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                    var (file, refusal) = await intake.TakeAsync(
                        section.Body,
                        HeaderUtilities.RemoveQuotes(name).ToString(),
                        by,
                        context.RequestAborted
                    );
                    if (file is null)
                    {
                        return (Upload.Nothing, refusal);
                    }

                    files.Add(file);
                }
                else if (disposition is not null && HeaderUtilities.RemoveQuotes(disposition.Name) == "visibility")
                {
                    visibility = await WordAsync(section.Body, context.RequestAborted);
                }
                else if (disposition is not null && HeaderUtilities.RemoveQuotes(disposition.Name) == "field")
                {
                    field = await WordAsync(section.Body, context.RequestAborted);
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return (Upload.Nothing, Refusal.Invalid("api.multipart-malformed", null));
        }

        return (new Upload(files, visibility, field), null);
    }

    private static async Task<string> WordAsync(Stream body, CancellationToken cancellation)
    {
        var bytes = new byte[LongestWord];
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    private static bool TryReadVisibility(string? text, out Visibility visibility)
    {
        visibility = text == "internal" ? Visibility.Internal : Visibility.Public;
        return text is null or "" or "public" or "internal";
    }

    // The same files under the same names are the same wish, whatever separates the parts.
    private static byte[] Meaning(Upload upload) =>
        Encoding.UTF8.GetBytes(
            string.Join(
                '\n',
                [
                    upload.Visibility ?? "",
                    upload.Field ?? "",
                    .. upload.Files.Select(file => $"{file.Sha256} {file.Name}"),
                ]
            )
        );

    private sealed record Upload(IReadOnlyList<StoredFile> Files, string? Visibility, string? Field)
    {
        public static Upload Nothing { get; } = new([], null, null);
    }
}
