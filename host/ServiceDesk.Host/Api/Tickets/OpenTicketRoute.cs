using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Opens a ticket.</summary>
internal static class OpenTicketRoute
{
    // As many people as take part in a ticket at most.
    private const int MostNamed = 100;

    public static async Task<IResult> PostAsync(
        HttpContext context,
        JsonBodyReader bodies,
        ReferenceReader references,
        ICurrentConfiguration configuration,
        TicketDoor door,
        TicketAnswers answers,
        ApiProblems problems
    )
    {
        var (body, problem) = await bodies.ReadAsync<OpenTicketBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (command, refusals) = await CommandAsync(context, body.Value, references, configuration.Snapshot);
        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var (answer, refused) = await door.OpenAsync(context, command, body.Bytes);
        if (answer is null)
        {
            return refused!;
        }

        var ticket = answer.Ticket!.State;
        door.WriteTag(context, ticket);
        return Results.Created(
            $"/api/v1/tickets/{ticket.Key}",
            await answers.OfAsync(context.RequireViewer(), ticket, context.RequestAborted)
        );
    }

    private static async Task<(OpenTicket Command, ValueList<Refusal> Refusals)> CommandAsync(
        HttpContext context,
        OpenTicketBody body,
        ReferenceReader references,
        IConfiguration configuration
    )
    {
        var form = configuration.TryGet<RequestTypeDocument>(body.RequestType ?? "", out var asked) ? asked.Type : null;
        var status = configuration.WorkflowOf(form ?? body.Type ?? "")?.Initial;
        var (fields, refusals) = FieldReader.Read(body.Fields, context.RequireViewer(), status, configuration);
        (fields, var strangers) = await references.KnownAsync(
            context.RequireViewer(),
            null,
            fields,
            context.RequestAborted
        );
        refusals = refusals.Concat(strangers).ToValueList();
        var requester = await Found(body.Requester, "requester");
        var assignee = await Found(body.Assignee, "assignee");
        TeamId? team = null;
        if (body.Team is { } named)
        {
            (team, var refusal) = await references.TeamAsync(
                context.RequireViewer(),
                named,
                "team",
                context.RequestAborted
            );
            refusals = refusal is null ? refusals : refusals.Add(refusal);
        }

        OrganizationId? organization = null;
        if (body.Organization is { } belongs)
        {
            (organization, var refusal) = await references.OrganizationAsync(
                context.RequireViewer(),
                belongs,
                "organization",
                context.RequestAborted
            );
            refusals = refusal is null ? refusals : refusals.Add(refusal);
        }

        var then = new List<TicketCommand>();
        foreach (var one in Named(body.SharedWith, "sharedWith"))
        {
            var (house, refusal) = await references.OrganizationAsync(
                context.RequireViewer(),
                one,
                "sharedWith",
                context.RequestAborted
            );
            refusals = refusal is null ? refusals : refusals.Add(refusal);
            then.AddRange(house is { } known ? [new ShareTicket(known)] : []);
        }

        var people = new List<PersonId>();
        foreach (var one in Named(body.Participants, "participants"))
        {
            people.AddRange(await Found(one, "participants") is { } known ? [known] : []);
        }

        then.AddRange(people.Count > 0 ? [new AddParticipants(people.ToValueList())] : []);
        var (files, unknown) = await references.UploadedAsync(
            context.RequireViewer(),
            body.Files ?? [],
            "files",
            context.RequestAborted
        );
        refusals = [.. refusals, .. unknown];
        var desk = body.Desk;
        if (desk is null && body.RequestType is { } id && configuration.TryGet<RequestTypeDocument>(id, out var type))
        {
            desk = type.Desk;
        }

        if (string.IsNullOrEmpty(desk))
        {
            refusals = refusals.Add(
                string.IsNullOrEmpty(body.RequestType)
                    ? Refusal.Invalid("api.desk-missing", "desk")
                    : Refusal.Invalid("api.request-type-unknown", "requestType", Shortened(body.RequestType))
            );
        }

        var command = new OpenTicket(
            desk ?? "",
            body.Type,
            body.RequestType,
            body.Summary ?? "",
            body.Description ?? "",
            requester ?? context.RequireViewer().Person.Id,
            organization,
            body.Priority,
            FieldReader.Filled(fields),
            Channel.Api
        )
        {
            Assignee = assignee,
            Team = team,
            ExternalId = body.ExternalId,
            Labels = (body.Labels ?? []).ToValueList(),
            Files = files,
            IsPrivate = body.Private,
            Then = then.ToValueList(),
        };
        return (command, refusals);

        // Each once. A gap names nobody, and of too many none is looked up.
        IReadOnlyList<T> Named<T>(IReadOnlyList<T?>? sent, string field)
            where T : class
        {
            var once = (sent ?? []).Distinct().Take(MostNamed + 1).ToList();
            if (!once.Contains(null) && once.Count <= MostNamed)
            {
                return [.. once.OfType<T>()];
            }

            refusals = refusals.Add(
                once.Contains(null)
                    ? Refusal.Invalid("api.reference-empty", field)
                    : Refusal.Invalid("api.references-too-many", field, $"{MostNamed}")
            );
            return [];
        }

        async Task<PersonId?> Found(PersonReference? reference, string field)
        {
            if (reference is null)
            {
                return null;
            }

            var (person, refusal) = await references.PersonAsync(
                context.RequireViewer(),
                reference,
                field,
                context.RequestAborted
            );
            refusals = refusal is null ? refusals : refusals.Add(refusal);
            return person;
        }
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
