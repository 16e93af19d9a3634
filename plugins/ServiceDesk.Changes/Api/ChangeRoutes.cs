using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Changes.Planning;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Api;

/// <summary>Changes over REST, under <c>/api/v1/plugins/changes</c>.</summary>
public static class ChangeRoutes
{
    private static readonly Duration LongestSpan = Duration.FromDays(366);

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/calendar", CalendarAsync)
            .RequirePermission(ChangesPlugin.CalendarPermission)
            .WithSummary("Lists changes and freezes between two instants, at most 366 days apart.")
            .Produces<CalendarAnswer>()
            .MayFail(400);
        var tickets = routes.MapGroup("/tickets").RequirePermission(Permissions.WorkTickets);
        tickets
            .MapGet("/{key}", GetAsync)
            .WithSummary("Shows a change with its conflicts, freezes and the incidents that it caused.")
            .Produces<ChangeAnswer>()
            .MayFail(404);
        tickets
            .MapPut("/{key}/risk", AssessAsync)
            .WithSummary("Answers the questions on the risk of a change.")
            .Produces<ChangeAnswer>()
            .MayFail(400, 404, 409, 422);
    }

    private static async Task<IResult> CalendarAsync(
        string? from,
        string? to,
        ChangeBoard board,
        IPluginSettings<ChangeSettings> settings,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (
            !InstantPattern.General.Parse(from ?? "").TryGetValue(default, out var start)
            || !InstantPattern.General.Parse(to ?? "").TryGetValue(default, out var end)
            || start >= end
            || end - start > LongestSpan
        )
        {
            return new RefusedResult([Refusal.Invalid("changes.refusal.span", null)]);
        }

        var found = await board.BetweenAsync(context.CurrentViewer()!, start, end, cancellation);
        return Results.Ok(
            new CalendarAnswer(
                [
                    .. found.Select(change =>
                        ChangeAnswer.Of(
                            change,
                            found.Where(change.ConflictsWith),
                            ChangeBoard.FreezesOf(change, settings.Current)
                        )
                    ),
                ],
                [
                    .. FreezeWindows
                        .Of(settings.Current)
                        .Where(freeze => freeze.Start < end && start < freeze.End)
                        .Select(FreezeAnswer.Of),
                ]
            )
        );
    }

    private static async Task<IResult> GetAsync(
        string key,
        ITicketQueries queries,
        ChangeBoard board,
        IPluginSettings<ChangeSettings> settings,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        return await queries.FindWorkedAsync(viewer, key, ChangesPlugin.Type, cancellation) is { } change
            ? Results.Ok(await AnswerAsync(change, viewer, board, settings.Current, cancellation))
            : new RefusedResult([Refusal.NotFound("changes.refusal.no-ticket", key)]);
    }

    private static async Task<IResult> AssessAsync(
        string key,
        AssessRiskBody body,
        ITicketQueries queries,
        ITicketGrains grains,
        ChangeBoard board,
        IPluginSettings<ChangeSettings> settings,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        if (await queries.FindWorkedAsync(viewer, key, ChangesPlugin.Type, cancellation) is not { } change)
        {
            return new RefusedResult([Refusal.NotFound("changes.refusal.no-ticket", key)]);
        }

        var given = (body.Answers ?? new Dictionary<string, string?>())
            .Where(answer => answer.Value is not null)
            .Select(answer => KeyValuePair.Create(answer.Key, answer.Value!));
        var command = new AssessRisk(ValueMap<string>.From(given));
        var answer = await grains.SendAsync(change.Id, CommandEnvelope.By(viewer, command), cancellation);
        return answer.IsAccepted
            // Read again with the rights of who asks: the grain answers with the whole ticket, also with fields hidden from them.
            ? Results.Ok(
                await AnswerAsync(
                    await queries.FindWorkedAsync(viewer, key, ChangesPlugin.Type, cancellation) ?? change,
                    viewer,
                    board,
                    settings.Current,
                    cancellation
                )
            )
            : new RefusedResult(answer.Refusals);
    }

    /// <summary>All that is told of one change.</summary>
    internal static async Task<ChangeAnswer> AnswerAsync(
        TicketState change,
        Viewer viewer,
        ChangeBoard board,
        ChangeSettings settings,
        CancellationToken cancellation
    ) =>
        ChangeAnswer.Of(
            change,
            await board.ConflictsAsync(viewer, change, cancellation),
            ChangeBoard.FreezesOf(change, settings),
            await board.IncidentsAsync(viewer, change, cancellation)
        );
}

/// <summary>The body of an assessment: answers by question.</summary>
public sealed record AssessRiskBody(Dictionary<string, string?>? Answers);

/// <summary>A change.</summary>
/// <param name="Incidents">Keys of the incidents that it caused, at most 200; null where it was not asked for them alone, and where nothing knows of links.</param>
public sealed record ChangeAnswer(
    string Key,
    string Summary,
    string Status,
    string? Kind,
    string? PlannedStart,
    string? PlannedEnd,
    IReadOnlyList<string> Services,
    RiskAnswer? Risk,
    IReadOnlyList<string> Conflicts,
    IReadOnlyList<FreezeAnswer> Freezes,
    IReadOnlyList<string>? Incidents = null
)
{
    internal static ChangeAnswer Of(
        TicketState change,
        IEnumerable<TicketState> conflicts,
        IReadOnlyList<FreezeWindow> freezes,
        IReadOnlyList<TicketState>? incidents = null
    ) =>
        new(
            change.Key.ToString(),
            change.Summary,
            change.Status,
            change.ChangeKind(),
            Text(change.Planned()?.Start),
            Text(change.Planned()?.End),
            [.. change.Services()],
            change.Risk() is { } risk
                ? new RiskAnswer(risk.Level.ToString().ToLowerInvariant(), risk.Points, [.. risk.Reasons])
                : null,
            [.. conflicts.Select(other => other.Key.ToString())],
            [.. freezes.Select(FreezeAnswer.Of)],
            incidents?.Select(incident => incident.Key.ToString()).ToList()
        );

    private static string? Text(Instant? at) => at is { } known ? InstantPattern.General.Format(known) : null;
}

/// <summary>The risk of a change with its reasons.</summary>
public sealed record RiskAnswer(string Level, int Points, IReadOnlyList<RiskReason> Reasons);

/// <summary>A freeze.</summary>
public sealed record FreezeAnswer(string Name, string From, string To)
{
    internal static FreezeAnswer Of(FreezeWindow freeze) =>
        new(freeze.Name, InstantPattern.General.Format(freeze.Start), InstantPattern.General.Format(freeze.End));
}

/// <summary>The changes and freezes of a span.</summary>
public sealed record CalendarAnswer(IReadOnlyList<ChangeAnswer> Items, IReadOnlyList<FreezeAnswer> Freezes);
