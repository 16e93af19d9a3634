using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Changes.Api;
using ServiceDesk.Changes.Planning;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Scripting;

/// <summary>Changes for scripts: <c>changes.get("ITSD-7").conflicts</c>.</summary>
public static class ChangeScripts
{
    private static readonly Duration LongestSpan = Duration.FromDays(366);
    private static readonly ScriptParameter Key = new("key", ScriptType.TextUpTo(40));

    private static readonly ScriptType Freeze = ScriptType.ObjectOf(
        new("name", ScriptType.Text),
        new("from", ScriptType.Text),
        new("to", ScriptType.Text)
    );

    private static readonly ScriptType Change = ScriptType.ObjectOf(
        new("key", ScriptType.Text),
        new("summary", ScriptType.Text),
        new("status", ScriptType.Text),
        new("kind", ScriptType.Text.OrNull()),
        new("plannedStart", ScriptType.Text.OrNull()),
        new("plannedEnd", ScriptType.Text.OrNull()),
        new("services", ScriptType.ListOf(ScriptType.Text)),
        new("risk", ScriptType.Any),
        new("conflicts", ScriptType.ListOf(ScriptType.Text)),
        new("freezes", ScriptType.ListOf(Freeze)),
        new("incidents", ScriptType.ListOf(ScriptType.Text).OrNull())
    );

    /// <summary>The module.</summary>
    public static ScriptModule Module { get; } =
        new(
            ChangesPlugin.Id,
            [
                Function("get", [Key], Change, Permissions.WorkTickets, GetAsync),
                Function(
                    "between",
                    [new("from", ScriptType.TextUpTo(40)), new("to", ScriptType.TextUpTo(40))],
                    ScriptType.ListOf(Change),
                    ChangesPlugin.CalendarPermission,
                    BetweenAsync
                ),
                Function("assess", [Key, new("answers", ScriptType.Any)], Change, Permissions.WorkTickets, AssessAsync),
            ]
        );

    private static ScriptFunction Function(
        string name,
        ValueList<ScriptParameter> parameters,
        ScriptType returns,
        string permission,
        Func<IScriptCall, CancellationToken, Task<JsonNode?>> run
    ) => new(name, $"changes.script.{name}", parameters, returns, run) { Permission = permission };

    private static async Task<JsonNode?> GetAsync(IScriptCall call, CancellationToken cancellation)
    {
        var change = await FindAsync(call, cancellation);
        return await AnswerAsync(call, change.State, cancellation);
    }

    private static async Task<JsonNode?> AnswerAsync(
        IScriptCall call,
        TicketState change,
        CancellationToken cancellation
    ) => ScriptValue.Of(await ChangeRoutes.AnswerAsync(change, call.Viewer, Board(call), Settings(call), cancellation));

    private static async Task<JsonNode?> BetweenAsync(IScriptCall call, CancellationToken cancellation)
    {
        if (
            !InstantPattern.ExtendedIso.Parse(call.Text(0)).TryGetValue(default, out var from)
            || !InstantPattern.ExtendedIso.Parse(call.Text(1)).TryGetValue(default, out var to)
            || from >= to
            || to - from > LongestSpan
        )
        {
            throw new ScriptRefusedException(Refusal.Invalid("changes.refusal.span", null));
        }

        var found = await Board(call).BetweenAsync(call.Viewer, from, to, cancellation);
        return ScriptValue.Of(
            found.Select(change =>
                ChangeAnswer.Of(
                    change,
                    found.Where(change.ConflictsWith),
                    ChangeBoard.FreezesOf(change, Settings(call))
                )
            )
        );
    }

    private static async Task<JsonNode?> AssessAsync(IScriptCall call, CancellationToken cancellation)
    {
        var change = await FindAsync(call, cancellation);
        var answers = call.Argument(1) is { ValueKind: System.Text.Json.JsonValueKind.Object } given
            ? given.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value.ToString()))
            : [];
        var after = await call.SendAsync(change, new AssessRisk(ValueMap<string>.From(answers)), cancellation);
        return await AnswerAsync(call, after.State, cancellation);
    }

    private static async Task<TicketSnapshot> FindAsync(IScriptCall call, CancellationToken cancellation)
    {
        var found = await call.TicketAsync(call.Text(0), cancellation);
        return found.State.IsChange() && call.Viewer.WorksOn(found.State.Desk)
            ? found
            : throw new ScriptRefusedException(Refusal.NotFound("changes.refusal.no-ticket", call.Text(0)));
    }

    private static ChangeBoard Board(IScriptCall call) => call.Services.GetRequiredService<ChangeBoard>();

    private static ChangeSettings Settings(IScriptCall call) =>
        call.Services.GetRequiredService<IPluginSettings<ChangeSettings>>().Current;
}
