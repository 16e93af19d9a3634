using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>One run as the server sees it: says what is to run, answers its calls, and makes an end of it in time.</summary>
internal sealed class WorkerRun(WorkerProcess worker, RunMessage run, IScriptCalls calls, long memory)
{
    // Before twice its time, so that it has ended then: until its process is gone it still runs.
    private const double KilledAt = 1.75;

    private readonly List<ScriptLogLine> log = [];
    private readonly long started = TimeProvider.System.GetTimestamp();

    /// <summary>Runs it.</summary>
    /// <returns>What it came to, and whether the worker can be used again.</returns>
    public async Task<(ScriptResult Result, bool IsReusable)> ExecuteAsync(CancellationToken cancellation)
    {
        var limit = TimeSpan.FromMilliseconds(KilledAt * run.Limits.Milliseconds);
        await using var watch = new Watch(worker, limit, memory);
        await worker.SendAsync(run, cancellation);
        try
        {
            while (true)
            {
                switch (await worker.ReceiveAsync(cancellation))
                {
                    case LogMessage line when log.Count <= run.Limits.LogLines:
                        log.Add(new ScriptLogLine(line.Level, line.Text));
                        break;
                    case LogMessage:
                        break;
                    case CallMessage call:
                        using (var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, watch.Killed))
                        {
                            await worker.SendAsync(await calls.CallAsync(call, both.Token), cancellation);
                        }

                        break;
                    case DoneMessage done:
                        return (Result(ScriptEnd.Done, null, null, done.Cost) with { Value = done.Value }, true);
                    case FailedMessage failed:
                        return (
                            Result(failed.Kind, failed.Message, failed.Place, failed.Cost),
                            failed.Kind != ScriptEnd.Memory
                        );
                    default:
                        return (await GoneAsync(watch), false);
                }
            }
        }
        catch (OperationCanceledException) when (watch.Reason is not null && !cancellation.IsCancellationRequested)
        {
            return (await GoneAsync(watch), false);
        }
    }

    private async Task<ScriptResult> GoneAsync(Watch watch)
    {
        if (watch.Reason is { } reason)
        {
            return Result(reason, null, null, RunCost.None);
        }

        worker.Kill();
        return await worker.HasCrashedAsync()
            ? Result(ScriptEnd.Crashed, null, null, RunCost.None)
            : throw new ScriptWorkerLostException("The worker of a script went away.");
    }

    private ScriptResult Result(ScriptEnd end, string? error, SourcePlace? place, RunCost cost) =>
        new(end, null, error, place, cost, log, TimeProvider.System.GetElapsedTime(started));
}
