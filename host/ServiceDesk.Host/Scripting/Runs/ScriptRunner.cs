using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Scripting.Runs;

/// <inheritdoc cref="IScriptRunner"/>
public sealed class ScriptRunner(
    ScriptWorkers workers,
    ScriptSources sources,
    ScriptLibraries libraries,
    ScriptApi api,
    ScriptDoors doors,
    ScriptRunLog log,
    ICurrentConfiguration configuration,
    IPeopleStore people,
    IViewers viewers,
    ITicketGrains grains,
    ITicketQueries queries,
    TicketAnswers answers,
    EventCatalog events,
    IClock clock
) : IScriptRunner
{
    private static readonly ScriptLimits Limits = new();
    private static readonly ScriptLimits AskedLimits = new() { Statements = 500_000, Milliseconds = 2_000 };

    public async Task<ScriptOutcome?> RunAsync(
        string script,
        ScriptOccasion occasion,
        CancellationToken cancellation = default
    )
    {
        var current = configuration.Snapshot;
        return current.TryGet<ScriptDocument>(script, out var document) && document.Enabled
            ? await RunAsync(document, current.VersionOf<ScriptDocument>(script), occasion, cancellation)
            : null;
    }

    public async Task<ScriptOutcome> RunAsync(
        ScriptDocument script,
        int version,
        ScriptOccasion occasion,
        CancellationToken cancellation = default
    )
    {
        var at = clock.GetCurrentInstant();
        var outcome = Checked(await ExecuteAsync(script, occasion, at, cancellation), occasion);
        if (!occasion.IsQuiet || !outcome.IsDone)
        {
            await log.AddAsync(script.Id, version, occasion, at, Noted(script, occasion, outcome), cancellation);
        }

        return outcome;
    }

    // What it read with somebody's rights is for that reader's eyes, not for all who look at past runs.
    private static ScriptOutcome Noted(ScriptDocument script, ScriptOccasion occasion, ScriptOutcome outcome) =>
        occasion.Viewer is not { } reader
        || string.Equals(reader.Person.Email, script.Actor, StringComparison.OrdinalIgnoreCase)
            ? outcome
            : outcome with
            {
                Result = outcome.Result with
                {
                    Log = [],
                    Error = outcome.Result.Error is null ? null : "Not kept: it was read with somebody else's rights.",
                },
            };

    private async Task<ScriptOutcome> ExecuteAsync(
        ScriptDocument script,
        ScriptOccasion occasion,
        Instant at,
        CancellationToken cancellation
    )
    {
        if ((occasion.Viewer ?? await ViewerAsync(script, cancellation)) is not { } viewer)
        {
            return Failed(ScriptEnd.Error, $"There is no active person '{script.Actor}'.", null);
        }

        var compilation = await sources.CompileAsync(script.Source, cancellation);
        if (compilation.Script is not { } compiled)
        {
            return Failed(ScriptEnd.Syntax, compilation.Error, compilation.Place);
        }

        var actor = new ScriptActor(
            script.Id,
            viewer,
            viewer.Person.Language,
            occasion.KeyPrefix,
            at,
            occasion.IsTrial || occasion.IsAsked,
            script.Hosts
        );
        using var trial = occasion.IsTrial ? doors.Trial() : null;
        var calls = doors.Calls(actor, occasion.IsAsked ? ClosedDoor.Instance : trial ?? doors.Committing());
        var message = new RunMessage(
            compiled,
            await libraries.OfAsync(compiled, configuration.Snapshot, cancellation),
            await GlobalsAsync(actor, occasion, cancellation),
            api.Outline(),
            occasion.IsAsked ? AskedLimits : Limits
        );
        var result = occasion.IsAsked
            ? await workers.AskAsync(message, calls, cancellation)
            : await workers.RunAsync(message, calls, cancellation);
        return new ScriptOutcome(result, calls.Count, trial?.Events ?? []);
    }

    private static ScriptOutcome Checked(ScriptOutcome outcome, ScriptOccasion occasion) =>
        outcome.IsDone && occasion.Check?.Invoke(outcome.Result.Value) is { } wrong
            ? outcome with
            {
                Result = outcome.Result with { End = ScriptEnd.Error, Error = wrong, Value = null },
            }
            : outcome;

    private async Task<Viewer?> ViewerAsync(ScriptDocument script, CancellationToken cancellation) =>
        script.Actor is { } address && await people.FindByEmailAsync(address, cancellation) is { } person
            ? await viewers.OfAsync(person.Id, cancellation)
            : null;

    private async Task<JsonElement> GlobalsAsync(
        ScriptActor actor,
        ScriptOccasion occasion,
        CancellationToken cancellation
    )
    {
        var globals = new JsonObject
        {
            ["now"] = Global(InstantPattern.ExtendedIso.Format(actor.Now)),
            ["argument"] = Global(occasion.Argument is { } given ? JsonNode.Parse(given.GetRawText()) : null),
            ["ticket"] = Global(null),
            ["event"] = Global(null),
        };
        if (
            occasion.Ticket is { } id
            && await grains.GetAsync(id, cancellation) is { } held
            && await queries.FindByKeyAsync(actor.Viewer, held.State.Key, cancellation) is { } seen
        )
        {
            var shown = await answers.OfAsync(actor.Viewer, (occasion.Seen ?? seen).State, cancellation);
            globals["ticket"] = Global(JsonSerializer.SerializeToNode(shown, ServiceDeskJson.Api), "Ticket");
            if (occasion.Event is { } recorded && actor.Viewer.WorksOn(seen.State.Desk))
            {
                var visible = FieldSight.Shown(actor.Viewer, seen.State, recorded.Event, configuration.Snapshot);
                globals["event"] = Global(
                    Event(recorded with { Event = visible ?? new FieldsChanged(ValueMap<FieldValue?>.Empty) })
                );
            }
        }

        return JsonSerializer.SerializeToElement(globals);
    }

    private JsonObject Event(RecordedEvent recorded) =>
        new()
        {
            ["type"] = EventNames.Without(events.NameOf(recorded.Event)),
            ["at"] = InstantPattern.ExtendedIso.Format(recorded.At),
            ["position"] = recorded.Position,
            ["actor"] = JsonSerializer.SerializeToNode(recorded.Actor, ServiceDeskJson.Api),
            ["data"] = recorded.Event is UnknownEvent unknown
                ? JsonNode.Parse(unknown.Json)
                : JsonSerializer.SerializeToNode(recorded.Event, recorded.Event.GetType(), ServiceDeskJson.Api),
        };

    private static JsonObject Global(JsonNode? value, string? type = null) =>
        new() { ["value"] = value, ["type"] = type };

    private static ScriptOutcome Failed(ScriptEnd end, string? error, SourcePlace? place) =>
        new(new ScriptResult(end, null, error, place, RunCost.None, [], TimeSpan.Zero), 0, []);
}
