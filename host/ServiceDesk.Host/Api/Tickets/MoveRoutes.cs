using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Branching;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Moves tickets to another desk, or tells what that would make of them.</summary>
internal static class MoveRoutes
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGroup("/tickets")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Tickets")
            .AnswersRepeats()
            .MapPost("/{key}/move", MoveAsync)
            .WithName("moveTicket")
            .WithSummary(
                "Moves a ticket to another desk, where it has a new key; the old one leads to it. With preview, tells what would become of status, fields and promises."
            )
            .Accepts<MoveBody>("application/json")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422)
            .AddOpenApiOperationTransformer(DescribePreviewAsync);

    // One status, two answers: which, the body says.
    private static async Task DescribePreviewAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var preview = await context.GetOrCreateSchemaAsync(typeof(MovePreviewAnswer), null, cancellation);
        if (operation.Responses?["200"].Content?["application/json"] is { Schema: { } moved } content)
        {
            content.Schema = new OpenApiSchema { OneOf = [moved, preview] };
        }
    }

    private static async Task<IResult> MoveAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        ReferenceReader references,
        ICurrentConfiguration configuration,
        MovePreviews previews,
        TicketDoor door,
        TicketAnswers answers,
        ApiProblems problems,
        ITexts texts
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (body, problem) = await bodies.ReadAsync<MoveBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (values, refusals) = FieldReader.Read(
            body.Value.Fields,
            viewer,
            ticket.State.Status,
            configuration.Snapshot
        );
        (values, var strangers) = await references.KnownAsync(viewer, ticket.State, values, context.RequestAborted);
        if (refusals.Count + strangers.Count > 0)
        {
            return problems.Of([.. refusals, .. strangers]);
        }

        var command = new MoveTicket(body.Value.Desk ?? "", body.Value.Type)
        {
            RequestType = body.Value.RequestType,
            Status = body.Value.Status,
            Fields = ValueMap<string?>.From(body.Value.Mapping ?? new Dictionary<string, string?>()),
            Values = values,
        };
        return body.Value.Preview
            ? await PreviewAsync(context, viewer, ticket, command, previews, problems, texts)
            : await door.AnswerAsync(
                context,
                ticket.State,
                command,
                body.Bytes,
                after => answers.OfAsync(viewer, after, context.RequestAborted)
            );
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext context,
        Viewer viewer,
        TicketSnapshot ticket,
        MoveTicket command,
        MovePreviews previews,
        ApiProblems problems,
        ITexts texts
    )
    {
        // What the ticket says no to is told as it is; customers have no business here at all.
        if (!viewer.WorksOn(ticket.State.Desk))
        {
            return problems.Of([Refusal.Forbidden(RefusalCodes.AgentsOnly)]);
        }

        var (preview, refusals) = await previews.OfAsync(viewer, ticket, command, context.RequestAborted);
        return preview is not null
            ? Results.Ok(MovePreviewAnswer.Of(preview, texts))
            : problems.Of(
                refusals.Count > 0 ? refusals : [Refusal.Invalid(RefusalCodes.MoveSameDesk, "desk", command.Desk)]
            );
    }
}
