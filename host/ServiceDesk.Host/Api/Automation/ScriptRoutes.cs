using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Api.Automation;

/// <summary>Past runs and trials of scripts, over REST. The scripts themselves are documents of the configuration.</summary>
internal static class ScriptRoutes
{
    private const int LongestSource = 100_000;

    public static void Map(RouteGroupBuilder api)
    {
        var scripts = api.MapGroup("/scripts").WithTags("Scripts");
        scripts
            .MapGet("/runs", ListAsync)
            .RequireAuthorization(Policies.ReadConfiguration, Permissions.Configure)
            .WithName("listScriptRuns")
            .WithSummary("Lists past runs of scripts, newest first, with what they cost and said.")
            .Produces<PageAnswer<ScriptRunAnswer>>()
            .MayFail(400);
        scripts
            .MapPost("/try", TryAsync)
            .RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure)
            .WithName("tryScript")
            .WithSummary("Runs a source with nothing written, on a chosen ticket, and tells what it would have done.")
            .Accepts<TryScriptBody>("application/json")
            .Produces<ScriptTrialAnswer>()
            .MayFail(400, 403, 404, 413, 415, 422, 503);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        IScriptStore store,
        ApiProblems problems,
        string? script = null,
        string? limit = null,
        string? cursor = null
    )
    {
        if (!PageLimit.TryRead(limit, out var count))
        {
            return problems.OfLimit();
        }

        if (!PageLimit.TryReadId(cursor, out var before))
        {
            return problems.OfCursor();
        }

        var page = await store.RunsAsync(script, count + 1, before, context.RequestAborted);
        return Results.Ok(
            new PageAnswer<ScriptRunAnswer>(
                [.. page.Take(count).Select(ScriptRunAnswer.Of)],
                page.Count > count ? page[count - 1].Id.ToString(CultureInfo.InvariantCulture) : null
            )
        );
    }

    private static async Task<IResult> TryAsync(
        HttpContext context,
        JsonBodyReader bodies,
        TicketDoor door,
        ICurrentConfiguration configuration,
        IScriptRunner scripts,
        ActorQuestion actors,
        EventCatalog catalog,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (body, problem) = await bodies.ReadAsync<TryScriptBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var given = body.Value;
        ScriptDocument? known = null;
        if (given.Script is { } id && !configuration.Snapshot.TryGet(id, out known))
        {
            return problems.Of([Refusal.Invalid("configuration.no-such-document", "script", id, DocumentKinds.Script)]);
        }

        if ((given.Source ?? known?.Source) is not { Length: > 0 and <= LongestSource } source)
        {
            return problems.Of([Refusal.Invalid("api.source-missing", "source", $"{LongestSource}")]);
        }

        TicketId? ticket = null;
        if (given.Ticket is { } key)
        {
            var (found, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
            if (found is null)
            {
                return missing!;
            }

            ticket = found.State.Id;
        }

        var script = (known ?? Unnamed(viewer)) with { Source = source.ReplaceLineEndings("\n") };
        script = given.Actor is { } actor ? script with { Actor = actor } : script;
        if (await actors.AgainstAsync(viewer, script.Actor, context.RequestAborted) is { } against)
        {
            return problems.Of([against]);
        }

        var occasion = new ScriptOccasion("console")
        {
            Ticket = ticket,
            Argument = given.Argument,
            IsTrial = true,
            TriedBy = viewer.Person.Id,
        };
        try
        {
            return Results.Ok(Answer(await scripts.RunAsync(script, 0, occasion, context.RequestAborted), catalog));
        }
        catch (Exception busy) when (busy is ScriptWorkerLostException or ScriptsBusyException)
        {
            return problems.Of(StatusCodes.Status503ServiceUnavailable, "scripts.busy");
        }
    }

    private static ScriptDocument Unnamed(Viewer viewer) =>
        new()
        {
            Id = "trial",
            Name = LocalizedText.Of("trial"),
            Use = ScriptUse.Handler,
            Actor = viewer.Person.Email,
            Source = "",
        };

    private static ScriptTrialAnswer Answer(ScriptOutcome outcome, EventCatalog catalog)
    {
        var result = outcome.Result;
        return new ScriptTrialAnswer
        {
            Outcome = JsonNamingPolicy.KebabCaseLower.ConvertName(result.End.ToString()),
            Value = result.Value,
            Error = result.Error is { } message
                ? new ScriptErrorAnswer(message, result.Place?.Line, result.Place?.Column)
                : null,
            Cost = new ScriptCostAnswer(
                NodaTime.Duration.FromTimeSpan(result.Duration),
                result.Cost.Statements,
                result.Cost.Allocated,
                outcome.Calls
            ),
            Log = result.Log,
            WouldRecord =
            [
                .. outcome.Events.Select(recorded => new WouldRecordAnswer(
                    catalog.NameOf(recorded.Event),
                    JsonSerializer.Deserialize<JsonElement>(catalog.Write(recorded.Event))
                )),
            ],
        };
    }
}
