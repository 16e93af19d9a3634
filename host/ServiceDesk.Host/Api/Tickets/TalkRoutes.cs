using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Comments on tickets and moves them on.</summary>
internal static class TalkRoutes
{
    public static async Task<IResult> CommentAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        TicketDoor door,
        IPeople people
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (body, problem) = await bodies.ReadAsync<CommentBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var text = body.Value.Body ?? "";
        TicketCommand command =
            body.Value.Visibility == Visibility.Internal
                ? new AddInternalNote(text, []) { Channel = body.Value.Channel }
                : new AddPublicComment(text, []) { Channel = body.Value.Channel };
        var (answer, refused) = await door.SendAsync(context, ticket.State, command, body.Bytes);
        if (answer is null)
        {
            return refused!;
        }

        var after = answer.Ticket!.State;
        door.WriteTag(context, after);
        var shown = await PeopleOfAnswer.LookUpAsync(people, viewer, [viewer.Person.Id], context.RequestAborted);
        var comment = answer.Events.Select(recorded => Comment(recorded, shown, after.Desk)).OfType<CommentAnswer>();
        return Results.Created($"/api/v1/tickets/{after.Key}/comments", comment.First());
    }

    public static async Task<IResult> TransitionAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        ReferenceReader references,
        ICurrentConfiguration configuration,
        TicketDoor door,
        TicketAnswers answers,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (body, problem) = await bodies.ReadAsync<TransitionBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (fields, refusals) = FieldReader.Read(
            body.Value.Fields,
            viewer,
            ticket.State.Status,
            configuration.Snapshot
        );
        (fields, var strangers) = await references.KnownAsync(viewer, ticket.State, fields, context.RequestAborted);
        if (refusals.Count + strangers.Count > 0)
        {
            return problems.Of(refusals.Concat(strangers).ToValueList());
        }

        var command = Command(ticket.State, body.Value, fields, configuration.Snapshot.WorkflowOf(ticket.State.Type));
        var (answer, refused) = await door.SendAsync(context, ticket.State, command, body.Bytes);
        if (answer is null)
        {
            return refused!;
        }

        door.WriteTag(context, answer.Ticket!.State);
        return Results.Ok(await answers.OfAsync(viewer, answer.Ticket.State, context.RequestAborted));
    }

    // Back from done there is no transition but the workflow's rule: a client names the status to which it leads, or the rule itself.
    private static TicketCommand Command(
        TicketState ticket,
        TransitionBody body,
        ValueMap<FieldValue?> fields,
        WorkflowDocument? workflow
    ) =>
        ticket.Category == StatusCategory.Done
        && body is { To: { } to, Resolution: null }
        && fields.Count == 0
        && workflow is { Reopen: { } rule }
        && (to == rule.To || to == Ticket.ReopenTransition)
        && !workflow.TransitionsFrom(ticket.Status).Any(way => way.To == to || way.Id == to)
            ? new ReopenTicket(null)
            : new TransitionTicket(body.To ?? "", body.Resolution, fields);

    private static CommentAnswer? Comment(RecordedEvent recorded, PeopleOfAnswer shown, string desk)
    {
        var author = shown.Show(recorded.Actor.Person, desk);
        return recorded.Event switch
        {
            PublicCommentAdded e => new CommentAnswer(
                e.CommentId,
                Visibility.Public,
                e.Body,
                author,
                e.ByCustomer,
                e.Channel,
                recorded.At,
                []
            ),
            InternalNoteAdded e => new CommentAnswer(
                e.CommentId,
                Visibility.Internal,
                e.Body,
                author,
                false,
                e.Channel,
                recorded.At,
                []
            ),
            _ => null,
        };
    }
}
