using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Administration;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>What is to be tried.</summary>
public sealed record BacktestBody
{
    /// <summary>Whole documents, each with its <c>kind</c>: <c>sla-policy</c> or <c>calendar</c>.</summary>
    public IReadOnlyList<JsonElement>? Documents { get; init; }

    /// <summary>Kept drafts: <c>sla-policy/standard</c>.</summary>
    public IReadOnlyList<string>? Drafts { get; init; }

    /// <summary>How many months back tickets were opened that count; 6 when left out.</summary>
    public int? Months { get; init; }
}

/// <summary>A document that is tried.</summary>
public sealed record BacktestDraftAnswer(string Kind, string Id);

/// <summary>A trial of SLA drafts on past tickets.</summary>
/// <param name="Id">Counts up.</param>
/// <param name="State">How far it is.</param>
/// <param name="Drafts">What is tried.</param>
/// <param name="From">Tickets opened from here on count.</param>
/// <param name="To">The moment at which clocks are read.</param>
/// <param name="Desks">Keys of the desks whose tickets count.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
/// <param name="Done">Tickets that are worked off.</param>
/// <param name="Total">Tickets in all.</param>
/// <param name="Agreement">Which promises the figures count: <c>sla</c>, to customers, or <c>ola</c>, between teams; null for both together, of a trial from before they were told apart, and without figures.</param>
/// <param name="Figures">What would have been otherwise; null before the end and in lists.</param>
public sealed record BacktestAnswer(
    long Id,
    BacktestState State,
    IReadOnlyList<BacktestDraftAnswer> Drafts,
    Instant From,
    Instant To,
    IReadOnlyList<string> Desks,
    Instant StartedAt,
    Instant? FinishedAt,
    int Done,
    int Total,
    AgreementType? Agreement,
    BacktestFigures? Figures
)
{
    internal static BacktestAnswer Of(Backtest trial) => Of(trial, AgreementType.Sla);

    internal static BacktestAnswer Of(Backtest trial, AgreementType agreement) =>
        new(
            trial.Id,
            trial.State,
            [.. trial.Request.Drafts.Select(one => new BacktestDraftAnswer(one.Kind, one.Id))],
            trial.Request.From,
            trial.Request.To,
            trial.Request.Desks,
            trial.StartedAt,
            trial.FinishedAt,
            trial.Done,
            trial.Total,
            trial.IsTogether || trial.FiguresOf(agreement) is null ? null : agreement,
            trial.FiguresOf(agreement)
        );
}

/// <summary>A clock that was or would be breached, or whose verdict changes.</summary>
/// <param name="Ticket">The ticket's key.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the metric's first run on the ticket.</param>
/// <param name="Official">The verdict as it was; null without such a clock.</param>
/// <param name="Draft">The verdict with the drafts; null without such a clock.</param>
/// <param name="OfficialOver">Working time beyond the target; negative when time was left.</param>
/// <param name="DraftOver">Working time beyond the target with the drafts; negative when time would be left.</param>
public sealed record BacktestClockAnswer(
    string Ticket,
    string Metric,
    int Cycle,
    ClockVerdict? Official,
    ClockVerdict? Draft,
    Duration OfficialOver,
    Duration DraftOver
);

/// <summary>The clocks of a ticket as they are and as they would be.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="At">The moment at which both were read.</param>
/// <param name="Clocks">Each run of each metric that there is or would be.</param>
public sealed record BacktestLedgersAnswer(string Key, Instant At, IReadOnlyList<BacktestLedgerAnswer> Clocks);

/// <summary>A run of a metric with the account of every minute on both sides.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the metric's first run on the ticket.</param>
/// <param name="Official">As it is; null without such a clock.</param>
/// <param name="Draft">As it would be with the drafts; null without such a clock.</param>
public sealed record BacktestLedgerAnswer(string Metric, int Cycle, ClockAnswer? Official, ClockAnswer? Draft);

/// <summary>Trials of SLA drafts on past tickets, over REST.</summary>
internal static class BacktestRoutes
{
    private const int UsualMonths = 6;

    public static void Map(RouteGroupBuilder api)
    {
        var trials = api.MapGroup("/sla/backtests").WithTags("SLA");
        var read = trials.MapGroup("").RequireAuthorization(Policies.ReadConfiguration, Permissions.Configure);
        var write = trials.MapGroup("").RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure);
        read.MapGet("/", ListAsync)
            .WithName("listBacktests")
            .WithSummary("Lists trials of SLA drafts on past tickets, newest first, without figures.")
            .Produces<PageAnswer<BacktestAnswer>>();
        read.MapGet("/{id:long}", GetAsync)
            .WithName("getBacktest")
            .WithSummary(
                "Shows a trial: how far it is, and when it is done its figures, of promises to customers or, with agreement=ola, between teams."
            )
            .Produces<BacktestAnswer>()
            .MayFail(400, 404);
        read.MapGet("/{id:long}/clocks", ClocksAsync)
            .WithName("listBacktestClocks")
            .WithSummary(
                "Lists clocks of a trial that were or would be breached, or whose verdict changes; the latest first."
            )
            .Produces<PageAnswer<BacktestClockAnswer>>()
            .MayFail(400, 404);
        read.MapGet("/{id:long}/tickets/{key}", LedgersAsync)
            .WithName("getBacktestLedgers")
            .WithSummary(
                "Shows the clocks of a ticket as they are and as they would be, each with the account of every minute."
            )
            .Produces<BacktestLedgersAnswer>()
            .MayFail(404);
        write
            .MapPost("/", StartAsync)
            .WithName("startBacktest")
            .WithSummary("Begins a trial of SLA policies and calendars on the tickets of the desks that one works on.")
            .Accepts<BacktestBody>("application/json")
            .Produces<BacktestAnswer>(StatusCodes.Status202Accepted)
            .MayFail(400, 404, 409, 413, 415, 422);
        write
            .MapPost("/{id:long}/publish", PublishAsync)
            .WithName("publishBacktest")
            .WithSummary(
                "Publishes all that a finished trial tried as one revision, and says what the clocks that run shall do."
            )
            .Accepts<PublishDraftBody>("application/json")
            .Produces<PageAnswer<SlaChangeoverAnswer>>()
            .MayFail(400, 404, 409, 412, 413, 415, 422);
        write
            .MapDelete("/{id:long}", CancelAsync)
            .WithName("cancelBacktest")
            .WithSummary("Ends a running trial.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(404, 409);
    }

    private static async Task<IResult> PublishAsync(
        HttpContext context,
        long id,
        JsonBodyReader bodies,
        Backtests trials,
        BacktestPublication publication,
        ISlaChangeovers changeovers,
        ApiProblems problems
    )
    {
        var (body, wrong) = await bodies.ReadAsync<PublishDraftBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        if (body.Value.Mode is not { } mode)
        {
            return problems.Of(
                StatusCodes.Status400BadRequest,
                "api.body-wrong",
                [problems.Mistake("sla-version.choose", "/mode")]
            );
        }

        var viewer = context.RequireViewer();
        if (await trials.FindAsync(id, viewer, context.RequestAborted) is not { } trial)
        {
            return problems.Of(StatusCodes.Status404NotFound, "sla-trial.unknown");
        }

        if (trial.State != BacktestState.Done)
        {
            return problems.Of(StatusCodes.Status409Conflict, "sla-trial.not-done");
        }

        var comment = body.Value.Comment;
        var published = await publication.PublishAsync(trial, mode, comment, viewer.Person.Id, context.RequestAborted);
        return published.Status switch
        {
            ConfigurationStatus.Written => Results.Ok(
                await WrittenAsync(published, changeovers, context.RequestAborted)
            ),
            ConfigurationStatus.Unchanged => Results.NoContent(),
            ConfigurationStatus.Conflict when published.Moved.Count > 0 => problems.Of(
                StatusCodes.Status412PreconditionFailed,
                "sla-trial.moved",
                string.Join(", ", published.Moved.Select(one => one.Id))
            ),
            ConfigurationStatus.Conflict => problems.Of(
                StatusCodes.Status412PreconditionFailed,
                "configuration.changed-meanwhile"
            ),
            _ => Wrong(published.Problems, problems),
        };
    }

    private static async Task<PageAnswer<SlaChangeoverAnswer>> WrittenAsync(
        BacktestPublished published,
        ISlaChangeovers changeovers,
        CancellationToken cancellation
    )
    {
        var begun = new List<SlaChangeoverAnswer>();
        foreach (var written in published.Written)
        {
            var newest = await changeovers.ListAsync(written.Kind, written.Id, 1, cancellation);
            begun.AddRange(newest.Select(SlaChangeoverAnswer.Of));
        }

        return new PageAnswer<SlaChangeoverAnswer>(begun, null);
    }

    private static IResult Wrong(IEnumerable<FileProblem> found, ApiProblems problems) =>
        problems.Of(
            StatusCodes.Status422UnprocessableEntity,
            "api.document-wrong",
            [
                .. found.Select(one =>
                    problems.Mistake(one.Problem.Code, one.Problem.Path, [.. one.Problem.Arguments]) with
                    {
                        Parameter = one.Path,
                    }
                ),
            ]
        );

    private static async Task<IResult> ListAsync(HttpContext context, Backtests trials) =>
        Results.Ok(
            new PageAnswer<BacktestAnswer>(
                [
                    .. (await trials.ListAsync(context.RequireViewer(), context.RequestAborted)).Select(
                        BacktestAnswer.Of
                    ),
                ],
                null
            )
        );

    private static async Task<IResult> GetAsync(
        HttpContext context,
        long id,
        Backtests trials,
        ApiProblems problems,
        string? agreement = null
    )
    {
        var (asked, wrong) = new BacktestClockParameters { Agreement = agreement }.Read(problems);
        if (asked is null)
        {
            return wrong!;
        }

        return await trials.FindAsync(id, context.RequireViewer(), context.RequestAborted) is { } trial
            ? Results.Ok(BacktestAnswer.Of(trial, asked.Agreement!.Value))
            : problems.Of(StatusCodes.Status404NotFound, "sla-trial.unknown");
    }

    private static async Task<IResult> LedgersAsync(
        HttpContext context,
        long id,
        string key,
        Backtests trials,
        BacktestLedgers ledgers,
        TicketDoor door,
        ClockWitnessReader reader,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (await trials.FindAsync(id, viewer, context.RequestAborted) is not { } trial)
        {
            return problems.Of(StatusCodes.Status404NotFound, "sla-trial.unknown");
        }

        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null || !viewer.WorksOn(ticket.State.Desk))
        {
            return missing ?? problems.Of(StatusCodes.Status404NotFound, "refusal.ticket-unknown");
        }

        var sides = await ledgers.ReadAsync(trial, ticket, viewer, context.RequestAborted);
        var witnesses = await reader.ReadAsync(viewer, ticket, configuration.Snapshot, context.RequestAborted);
        return Results.Ok(
            new BacktestLedgersAnswer(
                ticket.State.Key.ToString(),
                sides.Now,
                [
                    .. sides
                        .Pairs()
                        .Select(pair => new BacktestLedgerAnswer(
                            (pair.Official ?? pair.Draft)!.Metric,
                            (pair.Official ?? pair.Draft)!.Cycle,
                            Shown(pair.Official, sides.Official),
                            Shown(pair.Draft, sides.Draft)
                        )),
                ]
            )
        );

        ClockAnswer? Shown(SlaClock? clock, BacktestSide side) =>
            clock is null ? null : ClockAnswer.Of(clock, side.Ledger(clock, sides.Now), side.Configuration, witnesses);
    }

    private static async Task<IResult> ClocksAsync(
        HttpContext context,
        long id,
        Backtests trials,
        BacktestClocks clocks,
        ApiProblems problems,
        [AsParameters] BacktestClockParameters parameters,
        string? limit = null,
        string? cursor = null
    )
    {
        var viewer = context.RequireViewer();
        if (!PageLimit.TryRead(limit, out var count))
        {
            return problems.OfLimit();
        }

        if (!PageLimit.TryReadId(cursor, out var skip) || skip > int.MaxValue - PageLimit.Most)
        {
            return problems.OfCursor();
        }

        var (question, wrong) = parameters.Read(problems);
        if (question is null)
        {
            return wrong!;
        }

        if (await trials.FindAsync(id, viewer, context.RequestAborted) is not { } trial)
        {
            return problems.Of(StatusCodes.Status404NotFound, "sla-trial.unknown");
        }

        var from = (int)(skip ?? 0);
        var (lines, hasMore) = await clocks.ReadAsync(trial, question, from, count, viewer, context.RequestAborted);
        return Results.Ok(
            new PageAnswer<BacktestClockAnswer>(
                [
                    .. lines.Select(line => new BacktestClockAnswer(
                        line.Ticket.Key.ToString(),
                        line.Clock.Metric,
                        line.Clock.Cycle,
                        line.Clock.Official,
                        line.Clock.Draft,
                        line.Clock.OfficialOver,
                        line.Clock.DraftOver
                    )),
                ],
                hasMore ? (from + count).ToString(CultureInfo.InvariantCulture) : null
            )
        );
    }

    private static async Task<IResult> StartAsync(
        HttpContext context,
        JsonBodyReader bodies,
        Backtests trials,
        SlaDrafts drafts,
        DocumentText text,
        ApiProblems problems
    )
    {
        var (read, wrong) = await bodies.ReadAsync<BacktestBody>(context);
        if (read is null)
        {
            return wrong!;
        }

        var body = read.Value;
        var months = body.Months ?? UsualMonths;
        if (months is < 1 or > Backtests.MostMonths)
        {
            return problems.Of(
                StatusCodes.Status400BadRequest,
                "api.body-wrong",
                [problems.Mistake("sla-trial.months-wrong", "/months", $"{Backtests.MostMonths}")]
            );
        }

        var (documents, mistakes) = await DocumentsAsync(body, drafts, text, problems, context.RequestAborted);
        if (mistakes.Count > 0)
        {
            return problems.Of(StatusCodes.Status422UnprocessableEntity, "api.document-wrong", mistakes);
        }

        if (documents.Count is 0 or > Backtests.MostDrafts)
        {
            return problems.Of(StatusCodes.Status400BadRequest, "sla-trial.nothing-to-try", $"{Backtests.MostDrafts}");
        }

        var viewer = context.RequireViewer();
        var start = await trials.StartAsync(documents, months, viewer, context.RequestAborted);
        if (start.IsBusy)
        {
            return problems.Of(StatusCodes.Status409Conflict, "sla-trial.busy");
        }

        if (start.Id is not { } id)
        {
            return Wrong(start.Problems, problems);
        }

        var begun = await trials.FindAsync(id, viewer, context.RequestAborted);
        return Results.Accepted($"/api/v1/sla/backtests/{id}", BacktestAnswer.Of(begun!));
    }

    private static async Task<IResult> CancelAsync(HttpContext context, long id, Backtests trials, ApiProblems problems)
    {
        var viewer = context.RequireViewer();
        return await trials.CancelAsync(id, viewer, context.RequestAborted) ? Results.NoContent()
            : await trials.FindAsync(id, viewer, context.RequestAborted) is null
                ? problems.Of(StatusCodes.Status404NotFound, "sla-trial.unknown")
            : problems.Of(StatusCodes.Status409Conflict, "sla-trial.ended");
    }

    private static async Task<(
        IReadOnlyList<ConfigurationDocument> Documents,
        IReadOnlyList<ApiMistake>
    )> DocumentsAsync(
        BacktestBody body,
        SlaDrafts drafts,
        DocumentText text,
        ApiProblems problems,
        CancellationToken cancellation
    )
    {
        var documents = new List<ConfigurationDocument>();
        var mistakes = new List<ApiMistake>();
        foreach (var (index, name) in (body.Drafts ?? []).Index())
        {
            var draft = name.Split('/', 2) is [var kind, var id]
                ? await drafts.FindAsync(kind, id, cancellation)
                : null;
            if (draft is not null && drafts.Read(draft) is { } document)
            {
                documents.Add(document);
            }
            else
            {
                mistakes.Add(problems.Mistake("sla-version.no-draft", $"/drafts/{index}", name));
            }
        }

        foreach (var (index, given) in (body.Documents ?? []).Index())
        {
            var root = JsonNode.Parse(given.GetRawText()) as JsonObject;
            var kind = root?["kind"] is JsonValue value && value.TryGetValue<string>(out var word) ? word : "";
            root?.Remove("kind");
            if (root is null || !SlaDrafts.IsKind(kind))
            {
                mistakes.Add(problems.Mistake("sla-trial.kind-wrong", $"/documents/{index}/kind"));
                continue;
            }

            var reading = text.FromJson(kind, root.ToJsonString());
            mistakes.AddRange(
                reading.Problems.Select(found =>
                    problems.Mistake(found.Code, $"/documents/{index}{found.Path}", [.. found.Arguments])
                )
            );
            if (reading.Document is { } document)
            {
                documents.Add(document);
            }
        }

        return (documents, mistakes);
    }
}
