using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Reports.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Reports.Api;

/// <summary>Reports for scripts: <c>reports.run("created-resolved", "2026-11-01", "2026-11-30").whole.values[0]</c>.</summary>
public static class ReportScripts
{
    private static readonly ScriptParameter Report = new("id", ScriptType.TextUpTo(60));
    private static readonly ScriptParameter From = new("from", ScriptType.TextUpTo(10), IsOptional: true);
    private static readonly ScriptParameter To = new("to", ScriptType.TextUpTo(10), IsOptional: true);

    private static readonly ScriptType Row = ScriptType.ObjectOf(
        new("title", ScriptType.Text),
        new("from", ScriptType.Text),
        new("to", ScriptType.Text),
        new("values", ScriptType.ListOf(ScriptType.Number.OrNull())),
        new("counts", ScriptType.ListOf(ScriptType.Number))
    );

    private static readonly ScriptType Line = ScriptType.ObjectOf(
        new("id", ScriptType.Text),
        new("name", ScriptType.Text),
        new("description", ScriptType.Text.OrNull()),
        new("series", ScriptType.Text)
    );

    private static readonly ScriptType Answer = ScriptType.ObjectOf(
        new("id", ScriptType.Text),
        new("name", ScriptType.Text),
        new("series", ScriptType.Text),
        new("unit", ScriptType.OneOf("count", "seconds", "percent", "number")),
        new("from", ScriptType.Text),
        new("to", ScriptType.Text),
        new("zone", ScriptType.Text),
        new("columns", ScriptType.ListOf(ScriptType.Text)),
        new("rows", ScriptType.ListOf(Row)),
        new("whole", Row),
        new("median", ScriptType.Number.OrNull()),
        new("ninetyPercent", ScriptType.Number.OrNull())
    );

    private static readonly ScriptType Counted = ScriptType.ObjectOf(
        new("key", ScriptType.Text),
        new("summary", ScriptType.Text),
        new("at", ScriptType.Text),
        new("value", ScriptType.Number),
        new("kept", ScriptType.Flag)
    );

    /// <summary>The module.</summary>
    public static ScriptModule Module { get; } =
        new(
            ReportsPlugin.Id,
            [
                new ScriptFunction("list", "reports.script.list", [], ScriptType.ListOf(Line), ListAsync)
                {
                    Permission = ReportsPlugin.SeePermission,
                },
                new ScriptFunction("run", "reports.script.run", [Report, From, To], Answer, RunAsync)
                {
                    Permission = ReportsPlugin.SeePermission,
                },
                new ScriptFunction(
                    "tickets",
                    "reports.script.tickets",
                    [
                        Report,
                        From,
                        To,
                        new("line", ScriptType.TextUpTo(60), IsOptional: true),
                        new("group", ScriptType.TextUpTo(60), IsOptional: true),
                    ],
                    ScriptType.ListOf(Counted),
                    TicketsAsync
                )
                {
                    Permission = ReportsPlugin.SeePermission,
                },
            ]
        );

    private static Task<JsonNode?> ListAsync(IScriptCall call, CancellationToken cancellation) =>
        Task.FromResult(Json(call.Services.GetRequiredService<ReportDesk>().All.Select(ReportLine.Of).ToArray()));

    private static async Task<JsonNode?> RunAsync(IScriptCall call, CancellationToken cancellation)
    {
        var desk = call.Services.GetRequiredService<ReportDesk>();
        var asked = Asked(call, desk);
        try
        {
            return Json(ReportAnswer.Of(asked, await desk.TableAsync(call.Viewer, asked, cancellation)));
        }
        catch (QueryException exception)
        {
            throw Wrong(exception);
        }
    }

    private static async Task<JsonNode?> TicketsAsync(IScriptCall call, CancellationToken cancellation)
    {
        var desk = call.Services.GetRequiredService<ReportDesk>();
        var asked = Asked(call, desk);
        try
        {
            var (items, _) = await desk.CountedAsync(
                call.Viewer,
                asked,
                call.Text(3),
                Addresses.GroupOf(call.Text(4)),
                0,
                1000,
                cancellation
            );
            return Json(items.Select(CountedLine.Of).ToArray());
        }
        catch (QueryException exception)
        {
            throw Wrong(exception);
        }
    }

    private static AskedReport Asked(IScriptCall call, ReportDesk desk) =>
        desk.Ask(call.Viewer, call.Text(0), call.Text(1), call.Text(2), null, out var asked) is { } refused
            ? throw new ScriptRefusedException(refused)
            : asked!;

    private static ScriptRefusedException Wrong(QueryException exception) =>
        new(Refusal.Invalid(exception.Error.Code, null, [.. exception.Error.Arguments]));

    private static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web);
}
