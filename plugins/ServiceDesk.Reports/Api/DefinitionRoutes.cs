using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Api;

/// <summary>Reports and dashboards as they are defined, read and written over REST by whoever may on pages.</summary>
internal static class DefinitionRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/reports/{id}/definition", Report)
            .RequirePermission(ReportsPlugin.SeePermission)
            .Produces<ReportDefinition>()
            .MayFail(404);
        routes
            .MapGet("/dashboards/{id}", DashboardAsync)
            .RequirePermission(ReportsPlugin.SeePermission)
            .Produces<DashboardDefinition>()
            .MayFail(404);
        var reports = routes
            .MapGroup("/reports")
            .RequirePermission(ReportsPlugin.EditPermission)
            .MayFail(400, 404, 409, 412, 422);
        reports.MapPost("", AddReportAsync).AnswersRepeats().Produces<ReportDefinition>(StatusCodes.Status201Created);
        reports.MapPut("/{id}/definition", PutReportAsync).Produces<ReportDefinition>();
        reports.MapDelete("/{id}/definition", RemoveReportAsync).Produces(StatusCodes.Status204NoContent);

        // Everybody who sees reports has dashboards of one's own.
        var dashboards = routes
            .MapGroup("/dashboards")
            .RequirePermission(ReportsPlugin.SeePermission)
            .MayFail(400, 404, 409, 412, 422);
        dashboards
            .MapPost("", AddDashboardAsync)
            .AnswersRepeats()
            .Produces<DashboardDefinition>(StatusCodes.Status201Created);
        dashboards.MapPut("/{id}", PutDashboardAsync).Produces<DashboardDefinition>();
        dashboards.MapDelete("/{id}", RemoveDashboardAsync).Produces(StatusCodes.Status204NoContent);
    }

    private static IResult Report(string id, [AsParameters] Defining asked) =>
        asked.Current.TryGet<ReportDocument>(id, out var report)
            ? Results.Ok(ReportDefinition.Of(report, asked.Current))
            : NoReport(id);

    private static Task<IResult> AddReportAsync(ReportBody body, [AsParameters] Defining asked) =>
        body.Name is { } name
            ? SaveAsync(body.Document(NewIds.For<ReportDocument>($"{name}", "report", asked.Current), null), 0, asked)
            : Nameless();

    private static async Task<IResult> PutReportAsync(string id, ReportBody body, [AsParameters] Defining asked) =>
        !asked.Current.TryGet<ReportDocument>(id, out var before) ? NoReport(id)
        : body.Name is null ? await Nameless()
        : await SaveAsync(body.Document(id, before), body.Version, asked);

    private static async Task<IResult> RemoveReportAsync(string id, int? version, [AsParameters] Defining asked) =>
        asked.Current.TryGet<ReportDocument>(id, out _)
            ? Gone(await asked.Writer.RemoveAsync<ReportDocument>(asked.Viewer, id, version, asked.Cancellation))
            : NoReport(id);

    private static async Task<IResult> SaveAsync(ReportDocument report, int? version, Defining asked)
    {
        var refusals = await asked.Writer.SaveAsync(asked.Viewer, report, version, asked.Cancellation);
        var saved = ReportDefinition.Of(report, asked.Current);
        return refusals.Count > 0 ? new RefusedResult(refusals)
            : version == 0 ? Results.Created($"/api/v1/plugins/reports/reports/{report.Id}/definition", saved)
            : Results.Ok(saved);
    }

    private static async Task<IResult> DashboardAsync(string id, [AsParameters] Defining asked) =>
        (await asked.Dashboards.OfAsync(asked.Viewer, asked.Cancellation)).FirstOrDefault(one => one.Id == id)
            is { } seen
            ? Results.Ok(DashboardDefinition.Of(seen, asked))
            : NoDashboard(id);

    private static Task<IResult> AddDashboardAsync(DashboardBody body, [AsParameters] Defining asked) =>
        body.Name is { } name
            ? SaveAsync(NewIds.For<DashboardDocument>($"{name}", "dashboard", asked.Current), body, null, 0, asked)
            : Nameless();

    private static async Task<IResult> PutDashboardAsync(
        string id,
        DashboardBody body,
        [AsParameters] Defining asked
    ) =>
        await asked.Dashboards.FindEditableAsync(asked.Viewer, id, asked.Cancellation) is not { } before
            ? NoDashboard(id)
        : body.Name is null ? await Nameless()
        : await SaveAsync(id, body, before, body.Version, asked);

    private static async Task<IResult> RemoveDashboardAsync(string id, int? version, [AsParameters] Defining asked) =>
        await asked.Dashboards.FindEditableAsync(asked.Viewer, id, asked.Cancellation) is null
            ? NoDashboard(id)
            : Gone(await asked.Writer.RemoveAsync<DashboardDocument>(asked.Viewer, id, version, asked.Cancellation));

    private static async Task<IResult> SaveAsync(
        string id,
        DashboardBody body,
        DashboardDocument? before,
        int? version,
        Defining asked
    )
    {
        var audience = body.For ?? DashboardAudience.Me;
        var refusals = await asked.Dashboards.CheckAsync(asked.Viewer, audience, body.Team, before, asked.Cancellation);
        var document = new DashboardDocument
        {
            Id = id,
            Name = body.Name!,
            Gadgets = (body.Gadgets ?? []).ToValueList(),
            Person = audience == DashboardAudience.Me ? before?.Person ?? asked.Viewer.Person.Email : null,
            Team = audience == DashboardAudience.Team ? body.Team?.Trim() : null,
            Order = before?.Order ?? 100,
        };
        refusals =
            refusals.Count > 0
                ? refusals
                : await asked.Writer.SaveAsync(asked.Viewer, document, version, asked.Cancellation);
        return refusals.Count > 0 ? new RefusedResult(refusals)
            : version == 0
                ? Results.Created($"/api/v1/plugins/reports/dashboards/{id}", DashboardDefinition.Of(document, asked))
            : Results.Ok(DashboardDefinition.Of(document, asked));
    }

    private static IResult Gone(ValueList<Refusal> refusals) =>
        refusals.Count > 0 ? new RefusedResult(refusals) : Results.NoContent();

    private static Task<IResult> Nameless() =>
        Task.FromResult<IResult>(new RefusedResult([Refusal.Invalid("reports.refusal.name", "name")]));

    private static RefusedResult NoReport(string id) => new([Refusal.NotFound("reports.refusal.no-report", id)]);

    private static RefusedResult NoDashboard(string id) => new([Refusal.NotFound("reports.refusal.no-dashboard", id)]);

    /// <summary>What each of these routes needs.</summary>
    internal sealed record Defining(
        HttpContext Context,
        IConfigurationReader Configuration,
        IConfigurationWriter Writer,
        DashboardDesk Dashboards,
        CancellationToken Cancellation
    )
    {
        public Viewer Viewer => Context.CurrentViewer()!;

        public IConfiguration Current => Configuration.Current;
    }
}

/// <summary>A report to be kept. <c>version</c> is the one that was seen; without it any is written over.</summary>
public sealed record ReportBody(
    LocalizedText? Name,
    LocalizedText? Description,
    string? Series,
    string? Query,
    string? GroupBy,
    ReportStep? Step,
    int? Days,
    string? Zone,
    string? Calendar,
    string? Metric,
    string? Script,
    int? Version
)
{
    internal ReportDocument Document(string id, ReportDocument? before) =>
        new()
        {
            Id = id,
            Name = Name!,
            Description = Description,
            Series = Series ?? string.Empty,
            Query = Query?.Trim() ?? string.Empty,
            GroupBy = string.IsNullOrEmpty(GroupBy) ? null : GroupBy,
            Step = Step ?? ReportStep.Day,
            Days = Days ?? 30,
            Zone = Zone,
            Calendar = Calendar,
            Metric = Metric,
            Script = Script,
            Order = before?.Order ?? 100,
        };
}

/// <summary>A report as it is defined.</summary>
public sealed record ReportDefinition(
    string Id,
    LocalizedText Name,
    LocalizedText? Description,
    string Series,
    string Query,
    string? GroupBy,
    ReportStep Step,
    int Days,
    string? Zone,
    string? Calendar,
    string? Metric,
    string? Script,
    int Version
)
{
    internal static ReportDefinition Of(ReportDocument report, IConfiguration current) =>
        new(
            report.Id,
            report.Name,
            report.Description,
            report.Series,
            report.Query,
            report.GroupBy,
            report.Step,
            report.Days,
            report.Zone,
            report.Calendar,
            report.Metric,
            report.Script,
            current.VersionOf<ReportDocument>(report.Id)
        );
}

/// <summary>A dashboard to be kept: the own one, unless <c>for</c> says a team or everyone. <c>version</c> as for reports.</summary>
public sealed record DashboardBody(
    LocalizedText? Name,
    DashboardAudience? For,
    string? Team,
    IReadOnlyList<DashboardGadget>? Gadgets,
    int? Version
);

/// <summary>A dashboard as it is defined, with whether the viewer may change it.</summary>
public sealed record DashboardDefinition(
    string Id,
    LocalizedText Name,
    DashboardAudience For,
    string? Team,
    IReadOnlyList<DashboardGadget> Gadgets,
    bool MayEdit,
    int Version
)
{
    internal static DashboardDefinition Of(DashboardDocument dashboard, DefinitionRoutes.Defining asked) =>
        new(
            dashboard.Id,
            dashboard.Name,
            DashboardDesk.AudienceOf(dashboard),
            dashboard.Team,
            [.. dashboard.Gadgets],
            DashboardDesk.MayEdit(asked.Viewer, dashboard),
            asked.Current.VersionOf<DashboardDocument>(dashboard.Id)
        );
}
