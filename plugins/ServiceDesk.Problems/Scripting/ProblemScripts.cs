using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Problems.Api;
using ServiceDesk.Problems.Solving;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.Scripting;

/// <summary>Problems for scripts: <c>problems.attach("ITSD-9", ["ITSD-1", "ITSD-2"])</c>.</summary>
public static class ProblemScripts
{
    private static readonly ScriptParameter Key = new("key", ScriptType.TextUpTo(40));

    private static readonly ScriptType Incident = ScriptType.ObjectOf(
        new("key", ScriptType.Text),
        new("summary", ScriptType.Text),
        new("status", ScriptType.Text),
        new("category", ScriptType.Text)
    );

    private static readonly ScriptType Problem = ScriptType.ObjectOf(
        new("key", ScriptType.Text),
        new("knownError", ScriptType.Flag),
        new("workaround", ScriptType.Text),
        new("published", ScriptType.Flag),
        new("rootCause", ScriptType.Text),
        new("incidents", ScriptType.ListOf(Incident)),
        new("telling", ScriptType.Any)
    );

    /// <summary>The module.</summary>
    public static ScriptModule Module { get; } =
        new(
            ProblemsPlugin.Id,
            [
                Function("get", [Key], Problem, Permissions.WorkTickets, GetAsync),
                Function("similar", [Key], ScriptType.ListOf(Incident), Permissions.WorkTickets, SimilarAsync),
                Function(
                    "describe",
                    [
                        Key,
                        new(
                            "known",
                            ScriptType.ObjectOf(
                                new("knownError", ScriptType.Flag, IsOptional: true),
                                new("workaround", ScriptType.TextUpTo(Describing.LongestText), IsOptional: true),
                                new("published", ScriptType.Flag, IsOptional: true),
                                new("rootCause", ScriptType.TextUpTo(Describing.LongestText), IsOptional: true)
                            )
                        ),
                    ],
                    Problem,
                    ProblemsPlugin.WorkPermission,
                    DescribeAsync
                ),
                Function(
                    "attach",
                    [Key, new("incident", ScriptType.TextUpTo(40))],
                    Problem,
                    ProblemsPlugin.WorkPermission,
                    AttachAsync
                ),
                Function(
                    "solve",
                    [
                        Key,
                        new("incidents", ScriptType.ListOf(ScriptType.TextUpTo(40))),
                        new(
                            "options",
                            ScriptType.ObjectOf(
                                new("english", ScriptType.Text, IsOptional: true),
                                new("korean", ScriptType.Text, IsOptional: true),
                                new("resolution", ScriptType.TextUpTo(60), IsOptional: true)
                            ),
                            IsOptional: true
                        ),
                    ],
                    Problem,
                    ProblemsPlugin.WorkPermission,
                    SolveAsync
                ),
            ]
        );

    private static ScriptFunction Function(
        string name,
        ValueList<ScriptParameter> parameters,
        ScriptType returns,
        string permission,
        Func<IScriptCall, CancellationToken, Task<JsonNode?>> run
    ) => new(name, $"problems.script.{name}", parameters, returns, run) { Permission = permission };

    private static async Task<JsonNode?> GetAsync(IScriptCall call, CancellationToken cancellation) =>
        await ShownAsync(call, await FindAsync(call, cancellation), cancellation);

    private static async Task<JsonNode?> SimilarAsync(IScriptCall call, CancellationToken cancellation)
    {
        var problem = await FindAsync(call, cancellation);
        var similar = call.Services.GetRequiredService<SimilarIncidents>();
        var found = await similar.FindAsync(call.Viewer, problem.State, cancellation);
        return ScriptValue.Of(found.Select(one => IncidentAnswer.Of(one.Ticket)));
    }

    // What is left out stays as it is.
    private static async Task<JsonNode?> DescribeAsync(IScriptCall call, CancellationToken cancellation)
    {
        var problem = await FindAsync(call, cancellation);
        var (known, given) = (problem.State.Problem(), call.Argument(1)!.Value);
        var command = new DescribeProblem(
            Flag(given, "knownError") ?? known.IsKnownError,
            Text(given, "workaround") ?? known.Workaround,
            Flag(given, "published") ?? known.IsPublished,
            Text(given, "rootCause") ?? known.RootCause
        );
        return await ShownAsync(call, await call.SendAsync(problem, command, cancellation), cancellation);
    }

    private static async Task<JsonNode?> AttachAsync(IScriptCall call, CancellationToken cancellation)
    {
        var problem = await FindAsync(call, cancellation);
        var incident = await call.TicketAsync(call.Text(1), cancellation);
        var link = new LinkTickets(ProblemIncidents.LinkType, LinkDirection.Outward, incident.State.Key);
        return await ShownAsync(call, await call.SendAsync(problem, link, cancellation), cancellation);
    }

    private static async Task<JsonNode?> SolveAsync(IScriptCall call, CancellationToken cancellation)
    {
        var problem = await FindAsync(call, cancellation);
        var keys = new List<TicketKey>();
        foreach (var incident in call.Argument(1)!.Value.EnumerateArray())
        {
            keys.Add((await call.TicketAsync(incident.GetString()!, cancellation)).State.Key);
        }

        var solution = call.Services.GetRequiredService<Solution>();
        var (english, korean) = solution.Proposed();
        var options = call.Argument(2);
        var tell = new TellIncidents(
            keys.Distinct().ToValueList(),
            Text(options, "english") ?? english,
            Text(options, "korean") ?? korean
        );
        var command = solution.Solving(problem.State, tell, Text(options, "resolution"));
        return await ShownAsync(call, await call.SendAsync(problem, command, cancellation), cancellation);
    }

    private static async Task<TicketSnapshot> FindAsync(IScriptCall call, CancellationToken cancellation)
    {
        var found = await call.TicketAsync(call.Text(0), cancellation);
        return found.State.Type == ProblemsPlugin.Type && call.Viewer.WorksOn(found.State.Desk)
            ? found
            : throw new ScriptRefusedException(Refusal.NotFound("problems.refusal.no-problem", call.Text(0)));
    }

    private static async Task<JsonNode?> ShownAsync(
        IScriptCall call,
        TicketSnapshot problem,
        CancellationToken cancellation
    )
    {
        var incidents = call.Services.GetRequiredService<ProblemIncidents>();
        return ScriptValue.Of(
            ProblemAnswer.Of(problem.State, await incidents.OfAsync(call.Viewer, problem.State, cancellation))
        );
    }

    private static bool? Flag(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? found.GetBoolean()
            : null;

    private static string? Text(JsonElement? value, string name) =>
        value is { } given && given.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}
