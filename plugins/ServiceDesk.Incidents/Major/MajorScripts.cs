using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Incidents.Major;

/// <summary>Major incidents for scripts: <c>incidents.declareMajor("ITSD-1", "We are on it.")</c>.</summary>
public static class MajorScripts
{
    private static readonly ScriptParameter Key = new("key", ScriptType.TextUpTo(40));

    private static readonly ScriptType Shown = ScriptType.ObjectOf(
        new("key", ScriptType.Text),
        new("major", ScriptType.Flag),
        new("notice", ScriptType.Text.OrNull()),
        new("declaredAt", ScriptType.Text.OrNull())
    );

    /// <summary>The module.</summary>
    public static ScriptModule Module { get; } =
        new(
            IncidentsPlugin.Id,
            [
                new ScriptFunction(
                    "majors",
                    "incidents.script.majors",
                    [],
                    ScriptType.ListOf(Shown),
                    async (call, cancellation) =>
                    {
                        var board = call.Services.GetRequiredService<MajorBoard>();
                        var open = await board.ForAgentAsync(call.Viewer, cancellation);
                        return ScriptValue.Of(open.Select(item => MajorAnswer.Of(item.State)));
                    }
                )
                {
                    Permission = Permissions.WorkTickets,
                },
                new ScriptFunction(
                    "declareMajor",
                    "incidents.script.declare-major",
                    [Key, new("notice", ScriptType.TextUpTo(MajorDeclaring.LongestNotice), IsOptional: true)],
                    Shown,
                    (call, cancellation) => SendAsync(call, new DeclareMajor(call.Text(1)), cancellation)
                )
                {
                    Permission = IncidentsPlugin.DeclareMajorPermission,
                },
                new ScriptFunction(
                    "withdrawMajor",
                    "incidents.script.withdraw-major",
                    [Key],
                    Shown,
                    (call, cancellation) => SendAsync(call, new WithdrawMajor(), cancellation)
                )
                {
                    Permission = IncidentsPlugin.DeclareMajorPermission,
                },
            ]
        );

    private static async Task<JsonNode?> SendAsync(
        IScriptCall call,
        TicketCommand command,
        CancellationToken cancellation
    )
    {
        var ticket = await call.TicketAsync(call.Text(0), cancellation);
        var after = await call.SendAsync(ticket, command, cancellation);
        return ScriptValue.Of(MajorAnswer.Of(after.State));
    }
}
