using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Sla;
using ServiceDesk.Sdk.Api;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>The addresses of tickets.</summary>
internal static class TicketRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("/tickets").RequireAuthorization(Policies.ReadTickets).WithTags("Tickets");
        read.MapGet("/", ReadTickets.ListAsync)
            .WithName("listTickets")
            .WithSummary("Lists tickets that match a query.")
            .Produces<PageAnswer<TicketAnswer>>()
            .MayFail(400);
        read.MapGet("/{key}", ReadTickets.GetAsync)
            .WithName("getTicket")
            .WithSummary("Shows a ticket. A former key redirects.")
            .Produces<TicketAnswer>()
            .Produces(StatusCodes.Status304NotModified)
            .Produces(StatusCodes.Status308PermanentRedirect)
            .MayFail(404);
        read.MapGet("/{key}/comments", ReadConversation.CommentsAsync)
            .WithName("listComments")
            .WithSummary("Lists the comments of a ticket, oldest first; customers see public ones only.")
            .Produces<PageAnswer<CommentAnswer>>()
            .MayFail(404);
        read.MapGet("/{key}/attachments", ReadConversation.AttachmentsAsync)
            .WithName("listAttachments")
            .WithSummary("Lists the attachments of a ticket, oldest first; customers see public ones only.")
            .Produces<PageAnswer<AttachmentAnswer>>()
            .MayFail(404);
        read.MapGet("/{key}/attachments/{id:long}", ReadConversation.DownloadAsync)
            .WithName("downloadAttachment")
            .WithSummary("Gives the content of an attachment.")
            .Produces<byte[]>(contentType: "application/octet-stream")
            .MayFail(404);
        read.MapGet("/{key}/history", ReadHistory.GetAsync)
            .WithName("getHistory")
            .WithSummary("Tells what happened to a ticket, oldest first; customers see the public part.")
            .Produces<PageAnswer<HistoryAnswer>>()
            .MayFail(404);

        read.MapGet("/{key}/sla", ReadSla.GetAsync)
            .WithName("getSla")
            .WithSummary("Shows the clocks of a ticket with every segment of their lives; for agents of its desk.")
            .Produces<SlaAnswer>()
            .MayFail(403, 404);

        api.MapPost("/files", UploadRoute.PostAsync)
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Tickets")
            .WithName("uploadFile")
            .WithSummary(
                "Takes a file in (the content itself, with ?name=), for fields of tickets to name it by its id."
            )
            .Accepts<byte[]>("application/octet-stream")
            .Produces<UploadAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 413, 422);

        var write = api.MapGroup("/tickets")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Tickets")
            .AnswersRepeats();
        write
            .MapPost("/", OpenTicketRoute.PostAsync)
            .WithName("openTicket")
            .WithSummary("Opens a ticket.")
            .Accepts<OpenTicketBody>("application/json")
            .Produces<TicketAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 409, 413, 415, 422);
        write
            .MapPatch("/{key}", ChangeTicketRoute.PatchAsync)
            .WithName("changeTicket")
            .WithSummary("Changes a ticket, all or nothing. Needs If-Match with the ETag that was seen.")
            .Accepts<ChangeTicketBody>("application/json", "application/merge-patch+json")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422, 428);
        write
            .MapPost("/{key}/comments", TalkRoutes.CommentAsync)
            .WithName("addComment")
            .WithSummary("Writes a public comment or an internal note.")
            .Accepts<CommentBody>("application/json")
            .Produces<CommentAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 404, 409, 413, 415, 422);
        write
            .MapPost("/{key}/transitions", TalkRoutes.TransitionAsync)
            .WithName("transitionTicket")
            .WithSummary("Moves a ticket to another status, or opens one that is done again.")
            .Accepts<TransitionBody>("application/json")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapPost("/{key}/attachments", AttachRoute.PostAsync)
            .WithName("addAttachments")
            .WithSummary(
                "Attaches files: multipart/form-data with files, or the content itself with ?name=. With field (a part or ?field=), agents put them into a field."
            )
            .Accepts<IFormFileCollection>("multipart/form-data", "application/octet-stream")
            .Produces<PageAnswer<AttachmentAnswer>>(StatusCodes.Status201Created)
            .DisableAntiforgery()
            .MayFail(400, 403, 404, 413, 422);
        write
            .MapPost("/{key}/attachments/library", AttachLibraryRoute.PostAsync)
            .WithName("attachDeskFile")
            .WithSummary("Attaches a file of the library of the ticket's desk, for agents of the desk.")
            .Accepts<AttachLibraryBody>("application/json")
            .Produces<PageAnswer<AttachmentAnswer>>(StatusCodes.Status201Created)
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
    }
}
