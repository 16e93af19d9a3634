using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Sla.Integrity;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Sla.Integrity;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>Something that looks wrong with a clock.</summary>
/// <param name="Ticket">The ticket's key.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the metric's first run on the ticket.</param>
/// <param name="Kind">What it is.</param>
/// <param name="At">When it began.</param>
/// <param name="EventVersion">The version of the event that shows it.</param>
/// <param name="Official">The verdict as it is.</param>
/// <param name="OfficialElapsed">Working time as it is counted.</param>
/// <param name="Adjusted">The verdict without what looks wrong.</param>
/// <param name="AdjustedElapsed">Working time without what looks wrong.</param>
/// <param name="Spans">What would count after all: to be proposed.</param>
/// <param name="KeptGoals">Versions of the events whose change of the goal would be left out: to be proposed.</param>
/// <param name="CanPropose">Whether it can be proposed to count it so. A clock that still runs follows the priority: of it no goal can be left out.</param>
public sealed record FindingAnswer(
    string Ticket,
    string Metric,
    int Cycle,
    FindingKind Kind,
    Instant At,
    long EventVersion,
    ClockVerdict Official,
    Duration OfficialElapsed,
    ClockVerdict Adjusted,
    Duration AdjustedElapsed,
    ValueList<CorrectedSpan> Spans,
    ValueList<long> KeptGoals,
    bool CanPropose
)
{
    internal static FindingAnswer Of(IntegrityLine line) =>
        new(
            line.Ticket.Key.ToString(),
            line.Finding.Clock.Metric,
            line.Finding.Clock.Cycle,
            line.Finding.Kind,
            line.Finding.At,
            line.Finding.EventVersion,
            line.Official.Verdict,
            line.Official.Elapsed,
            line.Adjusted.Verdict,
            line.Adjusted.Elapsed,
            line.Finding.Spans,
            line.Finding.KeptGoals,
            line.Finding.IsCorrectable
        );
}

/// <summary>What looks wrong with clocks.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">Always null: there are no further pages.</param>
/// <param name="Tickets">How many tickets were looked at: those that changed last.</param>
/// <param name="IsCut">Whether there were more.</param>
public sealed record FindingsAnswer(IReadOnlyList<FindingAnswer> Items, string? Next, int Tickets, bool IsCut);

/// <summary>A correction that is proposed.</summary>
public sealed record ProposeCorrectionBody
{
    /// <summary>The metric's id.</summary>
    public string? Metric { get; init; }

    /// <summary>1 for the metric's first run on the ticket.</summary>
    public int? Cycle { get; init; }

    /// <summary>What is counted otherwise.</summary>
    public ValueList<CorrectedSpan>? Spans { get; init; }

    /// <summary>Versions of the events whose change of the goal is left out.</summary>
    public ValueList<long>? KeptGoals { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

/// <summary>A proposal to count a clock otherwise.</summary>
public sealed record CorrectionAnswer(
    long Id,
    string Ticket,
    string Metric,
    int Cycle,
    ValueList<CorrectedSpan> Spans,
    ValueList<long> KeptGoals,
    string Reason,
    long By,
    Instant At,
    ProposalState State,
    long? DecidedBy,
    Instant? DecidedAt
)
{
    internal static CorrectionAnswer Of(SlaProposal one, TicketState ticket) =>
        new(
            one.Id,
            ticket.Key.ToString(),
            one.Metric,
            one.Cycle,
            one.Counting.Spans,
            one.Counting.KeptGoals,
            one.Reason,
            one.By.Value,
            one.At,
            one.State,
            one.DecidedBy?.Value,
            one.DecidedAt
        );
}

/// <summary>Clocks whose pauses and goals do not tell what happened, and their corrections, over REST.</summary>
internal static class IntegrityRoutes
{
    private const int UsualDays = 30;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/sla/integrity", FindingsAsync)
            .RequireAuthorization(Policies.ReadTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("listSlaFindings")
            .WithSummary(
                "Lists what looks wrong with clocks of tickets that changed lately, on the desks that one works on."
            )
            .Produces<FindingsAnswer>()
            .MayFail(400);
        api.MapGet("/sla/corrections", ListAsync)
            .RequireAuthorization(Policies.ReadTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("listSlaCorrections")
            .WithSummary("Lists proposed corrections of clocks: those that wait first.")
            .Produces<PageAnswer<CorrectionAnswer>>();
        api.MapPost("/tickets/{key}/sla/corrections", ProposeAsync)
            .RequireAuthorization(Policies.WriteTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("proposeSlaCorrection")
            .WithSummary("Proposes to count a clock otherwise; somebody else approves it.")
            .Accepts<ProposeCorrectionBody>("application/json")
            .Produces<CorrectionAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 404, 409, 413, 415, 422);
        api.MapPost("/sla/corrections/{id:long}/approve", ApproveAsync)
            .RequireAuthorization(Policies.WriteTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("approveSlaCorrection")
            .WithSummary("Approves the correction of somebody else; it becomes an event of the ticket.")
            .Produces<CorrectionAnswer>()
            .MayFail(403, 404, 409, 422);
        api.MapPost("/sla/corrections/{id:long}/decline", DeclineAsync)
            .RequireAuthorization(Policies.WriteTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("declineSlaCorrection")
            .WithSummary("Declines a correction, or takes back one's own.")
            .Produces<CorrectionAnswer>()
            .MayFail(403, 404, 409);
    }

    private static async Task<IResult> FindingsAsync(
        HttpContext context,
        PauseIntegrity integrity,
        ApiProblems problems,
        string? days = null
    )
    {
        var span = UsualDays;
        if (
            days is not null
            && (
                !int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out span)
                || span is < 1 or > PauseIntegrity.MostDays
            )
        )
        {
            return problems.OfParameter(
                StatusCodes.Status400BadRequest,
                "days",
                "sla-integrity.days-wrong",
                $"{PauseIntegrity.MostDays}"
            );
        }

        var report = await integrity.ReadAsync(context.RequireViewer(), span, context.RequestAborted);
        return Results.Ok(
            new FindingsAnswer([.. report.Lines.Select(FindingAnswer.Of)], null, report.Tickets, report.IsCut)
        );
    }

    private static async Task<IResult> ListAsync(HttpContext context, SlaCorrections corrections) =>
        Results.Ok(
            new PageAnswer<CorrectionAnswer>(
                [
                    .. (await corrections.ListAsync(context.RequireViewer(), context.RequestAborted)).Select(line =>
                        CorrectionAnswer.Of(line.Proposal, line.Ticket)
                    ),
                ],
                null
            )
        );

    private static async Task<IResult> ProposeAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        JsonBodyReader bodies,
        SlaCorrections corrections,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (read, wrong) = await bodies.ReadAsync<ProposeCorrectionBody>(context);
        if (read is null)
        {
            return wrong!;
        }

        var body = read.Value;
        var (proposal, refusal) = await corrections.ProposeAsync(
            ticket,
            body.Metric ?? "",
            body.Cycle ?? 1,
            new ProposedCounting(body.Spans ?? [], body.KeptGoals ?? []),
            body.Reason,
            viewer,
            context.RequestAborted
        );
        return proposal is null
            ? problems.Of([refusal!])
            : Results.Created("/api/v1/sla/corrections", CorrectionAnswer.Of(proposal, ticket.State));
    }

    private static Task<IResult> ApproveAsync(
        HttpContext context,
        long id,
        SlaCorrections corrections,
        ApiProblems problems
    ) =>
        DecideAsync(
            context,
            id,
            corrections,
            problems,
            async (proposal, viewer) => await corrections.ApproveAsync(proposal, viewer, context.RequestAborted)
        );

    private static Task<IResult> DeclineAsync(
        HttpContext context,
        long id,
        SlaCorrections corrections,
        ApiProblems problems
    ) =>
        DecideAsync(
            context,
            id,
            corrections,
            problems,
            async (proposal, viewer) =>
                await corrections.DeclineAsync(proposal, viewer, context.RequestAborted) is { } no ? [no] : []
        );

    private static async Task<IResult> DecideAsync(
        HttpContext context,
        long id,
        SlaCorrections corrections,
        ApiProblems problems,
        Func<SlaProposal, Viewer, Task<ValueList<Refusal>>> decide
    )
    {
        var viewer = context.RequireViewer();
        if (await corrections.FindAsync(id, viewer, context.RequestAborted) is not { } line)
        {
            return problems.Of(StatusCodes.Status404NotFound, "sla-integrity.unknown");
        }

        var refusals = await decide(line.Proposal, viewer);
        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var after = await corrections.FindAsync(id, viewer, context.RequestAborted);
        return Results.Ok(CorrectionAnswer.Of(after!.Proposal, after.Ticket));
    }
}
