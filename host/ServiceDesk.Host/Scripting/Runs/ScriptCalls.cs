using System.Text.Json;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Answers the calls of one run: finds the function, checks right and arguments, does it as the script's person.</summary>
public sealed class ScriptCalls(
    ScriptActor actor,
    ICommandDoor door,
    ScriptApi api,
    ITicketQueries queries,
    PluginCatalog plugins,
    TextCatalogue texts,
    IServiceScopeFactory scopes
) : IScriptCalls
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>How many calls were made.</summary>
    public int Count { get; private set; }

    public async Task<AnswerMessage> CallAsync(CallMessage call, CancellationToken cancellation)
    {
        Count++;
        var known = api.Active.FirstOrDefault(known => known.Module.Name == call.Module);
        var function = known?.Module.Functions.FirstOrDefault(function => function.Name == call.Function);
        if (function is null)
        {
            return No(Refusal.NotFound("scripts.call.unknown", $"{call.Module}.{call.Function}"));
        }

        if (function.Permission is { } permission && !actor.Viewer.May(permission))
        {
            return No(Refusal.Forbidden("scripts.call.forbidden", $"{call.Module}.{call.Function}", permission));
        }

        if (ArgumentCheck.Check(call.Module, function, call.Arguments) is { } wrong)
        {
            return No(wrong);
        }

        return await RunAsync(known!, function, call.Arguments, cancellation);
    }

    private async Task<AnswerMessage> RunAsync(
        KnownModule known,
        ScriptFunction function,
        JsonElement arguments,
        CancellationToken cancellation
    )
    {
        var name = $"{known.Module.Name}.{function.Name}";
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var asked = new ScriptCall(actor, Count, arguments, door, queries, scope.ServiceProvider);
            var value = await function.RunAsync(asked, cancellation).WaitAsync(Limit, cancellation);
            return new AnswerMessage(JsonSerializer.SerializeToElement(value), null, null);
        }
        catch (ScriptRefusedException refused)
        {
            return No(refused.Refusals[0]);
        }
        catch (TimeoutException)
        {
            return No(Refusal.Conflict("scripts.call.too-slow", name));
        }
        catch (Exception problem)
            when (known.Plugin is not null && problem is not (StorageUnavailableException or OperationCanceledException)
            )
        {
            plugins.Find(known.Plugin)!.Health.Count($"script {function.Name}", problem);
            return No(Refusal.Conflict("scripts.call.failed", name));
        }
    }

    private AnswerMessage No(Refusal refusal) =>
        new(
            null,
            Sentence.Fill(texts.Find(actor.Language, refusal.Code) ?? refusal.Code, [.. refusal.Arguments]),
            refusal.Code
        );
}
