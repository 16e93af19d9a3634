using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Sdk.Scripting;

namespace ServiceDesk.Host.Scripting.Uses;

/// <inheritdoc cref="IScripts"/>
public sealed class PluginScripts(IScriptRunner scripts) : IScripts
{
    private const int LongestArgument = 4_000_000;

    public async Task<ScriptAnswer> RunAsync(ScriptRequest request, CancellationToken cancellation = default)
    {
        if (request.Argument is { } argument && argument.GetRawText().Length > LongestArgument)
        {
            return new ScriptAnswer(ScriptAnswerStatus.Failed, null, $"The argument is longer than {LongestArgument}.");
        }

        var occasion = new ScriptOccasion(request.Use.Length <= 30 ? request.Use : request.Use[..30])
        {
            Ticket = request.Ticket,
            Argument = request.Argument,
            Viewer = request.Viewer,
            IsAsked = true,
        };
        try
        {
            return await scripts.RunAsync(request.Script, occasion, cancellation) switch
            {
                null => new ScriptAnswer(ScriptAnswerStatus.Missing, null, null),
                { IsDone: true } outcome => new ScriptAnswer(ScriptAnswerStatus.Done, outcome.Result.Value, null),
                var outcome => new ScriptAnswer(
                    ScriptAnswerStatus.Failed,
                    null,
                    outcome.Result.Error ?? outcome.Result.End.ToString()
                ),
            };
        }
        catch (Exception problem) when (problem is ScriptWorkerLostException or ScriptsBusyException)
        {
            return new ScriptAnswer(ScriptAnswerStatus.Busy, null, null);
        }
    }
}
