using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Api.Duty;

/// <summary>
/// Who works when, who leads and who stands in, over REST. Agents read it; each enters the own absences, and who manages people
/// everything. For everybody else there are no such people.
/// </summary>
internal static class DutyRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("").RequireAuthorization(Policies.ReadTickets).WithTags("Duty");
        read.MapGet("/people/{person:long}/duty", GetAsync)
            .WithName("getDuty")
            .WithSummary("Says when a person works, what the person can do, and who stands in now.")
            .Produces<DutyAnswer>()
            .MayFail(404);
        read.MapGet("/teams", ListTeamsAsync)
            .WithName("listTeams")
            .WithSummary("Lists the teams with lead, calendar and members.")
            .Produces<PageAnswer<TeamAnswer>>();

        var write = api.MapGroup("").RequireAuthorization(Policies.WriteTickets).WithTags("Duty");
        write
            .MapPut("/people/{person:long}/duty", PutAsync)
            .WithName("putDuty")
            .WithSummary(
                "Says whom a person reports to, by which calendar the person works, and what the person can do."
            )
            .Accepts<DutyBody>("application/json")
            .Produces<DutyAnswer>()
            .MayFail(400, 403, 404, 413, 415, 422);
        write
            .MapPut(
                "/people/{person:long}/quiet-hours",
                (
                    HttpContext context,
                    long person,
                    IPeopleStore people,
                    ReferenceReader references,
                    DutyAnswers answers,
                    ICurrentConfiguration configuration,
                    ApiProblems problems
                ) => QuietAsync(context, person, people, references, answers, configuration, problems, isQuiet: true)
            )
            .WithName("beginQuietHours")
            .WithSummary("Lets notifications outside the own working time wait until it begins again.")
            .Produces<DutyAnswer>()
            .MayFail(403, 404);
        write
            .MapDelete(
                "/people/{person:long}/quiet-hours",
                (
                    HttpContext context,
                    long person,
                    IPeopleStore people,
                    ReferenceReader references,
                    DutyAnswers answers,
                    ICurrentConfiguration configuration,
                    ApiProblems problems
                ) => QuietAsync(context, person, people, references, answers, configuration, problems, isQuiet: false)
            )
            .WithName("endQuietHours")
            .WithSummary("Tells at any time.")
            .Produces<DutyAnswer>()
            .MayFail(403, 404);
        write
            .MapPost("/people/{person:long}/absences", AddAsync)
            .WithName("addAbsence")
            .WithSummary("Enters days on which a person does not work.")
            .Accepts<AbsenceBody>("application/json")
            .Produces<AbsenceAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 404, 413, 415, 422);
        write
            .MapDelete("/people/{person:long}/absences/{absence:long}", RemoveAsync)
            .WithName("removeAbsence")
            .WithSummary("Takes an absence back.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(403, 404);
        write
            .MapPut("/teams/{team:long}/duty", PutTeamAsync)
            .WithName("putTeamDuty")
            .WithSummary("Says who leads a team and by which calendar it works.")
            .Accepts<TeamDutyBody>("application/json")
            .Produces<TeamAnswer>()
            .MayFail(400, 403, 404, 413, 415, 422);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        long person,
        IPeopleStore people,
        ReferenceReader references,
        DutyAnswers answers,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        return await FindAsync(viewer, person, people, references, context.RequestAborted) is { } found
            ? Results.Ok(await answers.OfAsync(found, context.RequestAborted))
            : Unknown(problems, person);
    }

    private static async Task<IResult> ListTeamsAsync(HttpContext context, IPeopleStore people, DutyAnswers answers)
    {
        var teams = new List<TeamAnswer>();
        foreach (var team in SeesAll(context.RequireViewer()) ? await people.TeamsAsync(context.RequestAborted) : [])
        {
            teams.Add(await answers.OfAsync(team, context.RequestAborted));
        }

        return Results.Ok(new PageAnswer<TeamAnswer>(teams, null));
    }

    private static async Task<IResult> PutAsync(
        HttpContext context,
        long person,
        JsonBodyReader bodies,
        ReferenceReader references,
        WorkForms work,
        IPeopleStore people,
        DutyAnswers answers,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (await FindAsync(viewer, person, people, references, context.RequestAborted) is not { } found)
        {
            return Unknown(problems, person);
        }

        if (!viewer.May(Permissions.ManagePeople))
        {
            return problems.Of([Refusal.Forbidden("duty.not-yours")]);
        }

        if (RoleGrants.IsAbove(viewer, found.Role, configuration.Snapshot))
        {
            return problems.Of([Above()]);
        }

        var (body, problem) = await bodies.ReadAsync<DutyBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (manager, refusal) = await PersonAsync(viewer, body.Value.Manager, "manager", references, context);
        var wanted = new PersonWork(manager, body.Value.Calendar, WorkForms.Skills(body.Value.Skills ?? []));
        var refusals = refusal is null ? await work.CheckAsync(found.Id, wanted, context.RequestAborted) : [refusal];
        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var saved = await people.UpdateAsync(found.Id, new PersonChange { Work = wanted }, context.RequestAborted);
        return Results.Ok(await answers.OfAsync(saved!, context.RequestAborted));
    }

    private static async Task<IResult> QuietAsync(
        HttpContext context,
        long person,
        IPeopleStore people,
        ReferenceReader references,
        DutyAnswers answers,
        ICurrentConfiguration configuration,
        ApiProblems problems,
        bool isQuiet
    )
    {
        var (found, no) = await MineAsync(context, person, people, references, configuration, problems);
        if (found is null)
        {
            return no!;
        }

        var change = new PersonChange { QuietHours = isQuiet };
        var saved = await people.UpdateAsync(found.Id, change, context.RequestAborted);
        return Results.Ok(await answers.OfAsync(saved!, context.RequestAborted));
    }

    private static async Task<IResult> AddAsync(
        HttpContext context,
        long person,
        JsonBodyReader bodies,
        ReferenceReader references,
        WorkForms work,
        IPeopleStore people,
        DutyAnswers answers,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        var (found, no) = await MineAsync(context, person, people, references, configuration, problems);
        if (found is null)
        {
            return no!;
        }

        var (body, problem) = await bodies.ReadAsync<AbsenceBody>(context);
        if (body is null)
        {
            return problem!;
        }

        if (body.Value.From is not { } from)
        {
            return problems.Of([Refusal.Invalid("duty.day-missing", "from")]);
        }

        var viewer = context.RequireViewer();
        var (substitute, refusal) = await PersonAsync(viewer, body.Value.Substitute, "substitute", references, context);
        var note = (body.Value.Note ?? "").Trim();
        var absence = new Absence(0, found.Id, from, body.Value.To ?? from, note, substitute);
        var refusals = refusal is null ? await work.CheckAsync(absence, context.RequestAborted) : [refusal];
        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var added = await people.AddAbsenceAsync(absence, context.RequestAborted);
        return added is null
            ? Unknown(problems, person)
            : Results.Created(
                $"/api/v1/people/{person}/absences/{added.Id}",
                await answers.OfAsync(added, context.RequestAborted)
            );
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        long person,
        long absence,
        IPeopleStore people,
        ReferenceReader references,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        var (found, no) = await MineAsync(context, person, people, references, configuration, problems);
        return found is null ? no!
            : await people.RemoveAbsenceAsync(found.Id, absence, context.RequestAborted) ? Results.NoContent()
            : problems.Of([Refusal.NotFound("duty.absence-unknown")]);
    }

    private static async Task<IResult> PutTeamAsync(
        HttpContext context,
        long team,
        JsonBodyReader bodies,
        ReferenceReader references,
        WorkForms work,
        IPeopleStore people,
        DutyAnswers answers,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (!SeesAll(viewer) || await people.FindTeamAsync(new TeamId(team), context.RequestAborted) is not { } found)
        {
            return problems.Of([Refusal.NotFound("duty.team-unknown")]);
        }

        if (!viewer.May(Permissions.ManagePeople))
        {
            return problems.Of([Refusal.Forbidden("duty.not-yours")]);
        }

        var (body, problem) = await bodies.ReadAsync<TeamDutyBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (lead, refusal) = await PersonAsync(viewer, body.Value.Lead, "lead", references, context);
        var refusals = refusal is null
            ? await work.CheckTeamAsync(lead, body.Value.Calendar, context.RequestAborted)
            : [refusal];
        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var saved = await people.SetTeamWorkAsync(found.Id, lead, body.Value.Calendar, context.RequestAborted);
        return Results.Ok(await answers.OfAsync(saved!, context.RequestAborted));
    }

    private static async Task<(PersonId? Person, Refusal? Refusal)> PersonAsync(
        Viewer viewer,
        PersonReference? named,
        string field,
        ReferenceReader references,
        HttpContext context
    ) => named is null ? (null, null) : await references.PersonAsync(viewer, named, field, context.RequestAborted);

    // Whom the viewer may not look up is answered as somebody who does not exist; customers look up themselves alone.
    private static async Task<Person?> FindAsync(
        Viewer viewer,
        long person,
        IPeopleStore people,
        ReferenceReader references,
        CancellationToken cancellation
    ) =>
        viewer.Person.Id == new PersonId(person)
        || viewer.May(Permissions.ManagePeople)
        || (SeesAll(viewer) && await references.KnowsAsync(viewer, new PersonId(person), cancellation))
            ? await people.FindAsync(new PersonId(person), cancellation)
            : null;

    // Oneself, or anybody for who manages people.
    private static async Task<(Person? Person, IResult? No)> MineAsync(
        HttpContext context,
        long person,
        IPeopleStore people,
        ReferenceReader references,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (await FindAsync(viewer, person, people, references, context.RequestAborted) is not { } found)
        {
            return (null, Unknown(problems, person));
        }

        var isMine = viewer.Person.Id == found.Id && viewer.May(Permissions.WorkTickets);
        return isMine ? (found, null)
            : !viewer.May(Permissions.ManagePeople) ? (null, problems.Of([Refusal.Forbidden("duty.not-yours")]))
            : RoleGrants.IsAbove(viewer, found.Role, configuration.Snapshot) ? (null, problems.Of([Above()]))
            : (found, null);
    }

    // What somebody who may more is asked, and who stands in for him, nobody says who may less.
    private static Refusal Above() => Refusal.Forbidden("administration.person-above");

    private static bool SeesAll(Viewer viewer) =>
        viewer.May(Permissions.WorkTickets) || viewer.May(Permissions.ManagePeople);

    private static IResult Unknown(ApiProblems problems, long person) =>
        problems.Of([
            Refusal.NotFound("api.person-unknown", person.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ]);
}
