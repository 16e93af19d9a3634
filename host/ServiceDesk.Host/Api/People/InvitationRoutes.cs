using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Api.People;

/// <summary>
/// Invitations over REST, for who manages people. A token needs the scope of the configuration: one that may only work tickets
/// makes no administrators. Answers with a link are kept for no repeat, since a link stands in no table.
/// </summary>
internal static class InvitationRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("/invitations")
            .RequireAuthorization(Policies.ReadConfiguration, Permissions.ManagePeople)
            .WithTags("People");
        read.MapGet("/", ListAsync)
            .WithName("listInvitations")
            .WithSummary("Lists the invitations that are open, the newest first; with `desk` those to one desk.")
            .Produces<PageAnswer<InvitationAnswer>>();

        var write = api.MapGroup("/invitations")
            .RequireAuthorization(Policies.WriteConfiguration, Permissions.ManagePeople)
            .WithTags("People");
        write
            .MapPost("/", InviteAsync)
            .AnswersRepeats()
            .WithName("invite")
            .WithSummary(
                "Invites somebody, and answers once with the link by which that one becomes a person here. A repeat is refused: the address is invited."
            )
            .Accepts<InvitationBody>("application/json")
            .Produces<InvitationAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 409, 413, 415, 422);
        write
            .MapPost("/{id:long}/renew", RenewAsync)
            .AnswersRepeats()
            .WithName("renewInvitation")
            .WithSummary("Makes another link for an invitation, with which the old one is dead.")
            .Accepts<RenewalBody>("application/json")
            .Produces<InvitationAnswer>()
            .MayFail(400, 404, 409, 413, 415, 422);
        write
            .MapDelete("/{id:long}", WithdrawAsync)
            .WithName("withdrawInvitation")
            .WithSummary("Ends an invitation.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        InvitationDoor door,
        InvitationAnswers answers,
        string? desk = null
    )
    {
        var open = await door.OpenAsync(context.RequireViewer(), desk, context.RequestAborted);
        return Results.Ok(new PageAnswer<InvitationAnswer>(await answers.OfAsync(open, context.RequestAborted), null));
    }

    private static async Task<IResult> InviteAsync(
        HttpContext context,
        JsonBodyReader bodies,
        ReferenceReader references,
        IPeopleStore people,
        InvitationDoor door,
        InvitationAnswers answers,
        PublicLinks links,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (body, problem) = await bodies.ReadAsync<InvitationBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var wanted = body.Value;
        var refusals = new List<Refusal>();
        TeamId? team = null;
        if (wanted.Team is { } named)
        {
            (team, var unknown) = await references.TeamAsync(viewer, named, "team", context.RequestAborted);
            refusals.AddRange(unknown is null ? [] : [unknown]);
        }

        var organizations = new List<OrganizationId>();
        foreach (var key in (wanted.Organizations ?? []).Distinct().Take(InvitationDoor.MostOrganizations + 1))
        {
            if (await people.FindOrganizationAsync(key, context.RequestAborted) is { } found)
            {
                organizations.Add(found.Id);
            }
            else
            {
                refusals.Add(Refusal.Invalid("invitations.organization-unknown", "organizations"));
                break;
            }
        }

        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var (link, why) = await door.InviteAsync(
            viewer,
            new NewInvitation(wanted.Email ?? "", wanted.Role ?? "")
            {
                Name = wanted.Name ?? "",
                Desk = wanted.Desk,
                Team = team,
                Organizations = organizations.Distinct().ToValueList(),
            },
            wanted.Days ?? InvitationDoor.UsualDays,
            context.RequestAborted
        );
        return link is null
            ? problems.Of(why)
            : Results.Created(
                $"/api/v1/invitations/{link.Invitation.Id}",
                await ShowAsync(context, link, door, answers, links)
            );
    }

    private static async Task<IResult> RenewAsync(
        HttpContext context,
        long id,
        JsonBodyReader bodies,
        InvitationDoor door,
        InvitationAnswers answers,
        PublicLinks links,
        ApiProblems problems
    )
    {
        var (body, problem) = await bodies.ReadAsync<RenewalBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var days = body.Value.Days ?? InvitationDoor.UsualDays;
        var (link, refusals) = await door.RenewAsync(context.RequireViewer(), id, days, context.RequestAborted);
        return link is null ? problems.Of(refusals) : Results.Ok(await ShowAsync(context, link, door, answers, links));
    }

    private static async Task<IResult> WithdrawAsync(
        HttpContext context,
        long id,
        InvitationDoor door,
        ApiProblems problems
    ) =>
        await door.WithdrawAsync(context.RequireViewer(), id, context.RequestAborted) is { } refusal
            ? problems.Of([refusal])
            : Results.NoContent();

    private static async Task<InvitationAnswer> ShowAsync(
        HttpContext context,
        InvitationLink made,
        InvitationDoor door,
        InvitationAnswers answers,
        PublicLinks links
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        var open = await door.ShowAsync(context.RequireViewer(), made.Invitation, context.RequestAborted);
        var shown = await answers.OfAsync([open], context.RequestAborted);
        return shown[0] with { Link = links.Of(context.Request, InvitationDoor.PathOf(made.Token)) };
    }
}
