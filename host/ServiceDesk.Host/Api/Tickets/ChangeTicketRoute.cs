using Microsoft.Net.Http.Headers;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Changes a ticket: everything that the body names, or nothing.</summary>
internal static class ChangeTicketRoute
{
    public static async Task<IResult> PatchAsync(
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

        if (context.Request.Headers.IfMatch.Count == 0)
        {
            return problems.OfParameter(
                StatusCodes.Status428PreconditionRequired,
                HeaderNames.IfMatch,
                "api.tag-missing"
            );
        }

        var (body, problem) = await bodies.ReadAsync<ChangeTicketBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (parts, refusals) = await PartsAsync(context, ticket.State, body, references, configuration.Snapshot);
        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        // A change of nothing is still answered by the ticket, which says whether its version was the right one.
        TicketCommand command = parts.Count == 0 ? new EditTicket() : new ChangeTicket(parts);
        var (answer, refused) = await door.SendAsync(context, ticket.State, command, body.Bytes);
        if (answer is null)
        {
            return refused!;
        }

        var after = answer.Ticket!.State;
        door.WriteTag(context, after);
        return Results.Ok(await answers.OfAsync(viewer, after, context.RequestAborted));
    }

    private static async Task<(ValueList<TicketCommand> Parts, ValueList<Refusal> Refusals)> PartsAsync(
        HttpContext context,
        TicketState ticket,
        JsonBody<ChangeTicketBody> body,
        ReferenceReader references,
        IConfiguration configuration
    )
    {
        var parts = new List<TicketCommand>();
        var (fields, fieldRefusals) = FieldReader.Read(
            body.Value.Fields,
            context.RequireViewer(),
            ticket.Status,
            configuration
        );
        var refusals = new List<Refusal>(fieldRefusals);
        (fields, var unknown) = await references.KnownAsync(
            context.RequireViewer(),
            ticket,
            fields,
            context.RequestAborted
        );
        refusals.AddRange(unknown);
        refusals.AddRange(
            new[] { "summary", "priority" }
                .Where(name => IsEmptied(name))
                .Select(name => Refusal.Invalid("api.not-emptied", name))
        );
        if (body.Given.Overlaps(["summary", "description", "labels", "fields"]))
        {
            parts.Add(
                new EditTicket(
                    body.Value.Summary,
                    body.Given.Contains("description") ? body.Value.Description ?? "" : null,
                    fields,
                    body.Given.Contains("labels") ? (body.Value.Labels ?? []).ToValueList() : null
                )
            );
        }

        if (body.Value.Priority is { } priority)
        {
            parts.Add(new SetPriority(priority));
        }

        if (body.Given.Contains("organization"))
        {
            parts.Add(await OrganizationAsync(context, body, references, refusals));
        }

        if (body.Given.Overlaps(["assignee", "team"]))
        {
            parts.Add(await AssignmentAsync(context, ticket, body, references, refusals));
        }

        return (parts.ToValueList(), refusals.ToValueList());

        bool IsEmptied(string name) =>
            body.Given.Contains(name) && (name == "summary" ? body.Value.Summary is null : body.Value.Priority is null);
    }

    private static async Task<ChangeOrganization> OrganizationAsync(
        HttpContext context,
        JsonBody<ChangeTicketBody> body,
        ReferenceReader references,
        List<Refusal> refusals
    )
    {
        if (body.Value.Organization is not { } named)
        {
            return new ChangeOrganization(null);
        }

        var (organization, refusal) = await references.OrganizationAsync(
            context.RequireViewer(),
            named,
            "organization",
            context.RequestAborted
        );
        refusals.AddRange(refusal is null ? [] : [refusal]);
        return new ChangeOrganization(organization);
    }

    private static async Task<AssignTicket> AssignmentAsync(
        HttpContext context,
        TicketState ticket,
        JsonBody<ChangeTicketBody> body,
        ReferenceReader references,
        List<Refusal> refusals
    )
    {
        var assignee = body.Given.Contains("assignee") ? null : ticket.Assignee;
        if (body.Value.Assignee is { } person)
        {
            (assignee, var refusal) = await references.PersonAsync(
                context.RequireViewer(),
                person,
                "assignee",
                context.RequestAborted
            );
            refusals.AddRange(refusal is null ? [] : [refusal]);
        }

        var team = body.Given.Contains("team") ? null : ticket.Team;
        if (body.Value.Team is { } named)
        {
            (team, var refusal) = await references.TeamAsync(
                context.RequireViewer(),
                named,
                "team",
                context.RequestAborted
            );
            refusals.AddRange(refusal is null ? [] : [refusal]);
        }

        return new AssignTicket(assignee, team);
    }
}
