using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Redactions;

namespace ServiceDesk.Host.Upkeep;

/// <summary>Finishes redactions as soon as they are committed. One that fails is tried again with the next one, and by the upkeep.</summary>
public sealed partial class RedactionWork(IRedactionRest rest, ICommitSignal signal, ILogger<RedactionWork> logger)
    : BackgroundService
{
    private readonly SemaphoreSlim wanted = new(0);
    private IDisposable? listening;

    // Before anything else runs, so that no redaction is missed while this begins.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        listening = signal.Subscribe(Listen);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        listening?.Dispose();
        base.Dispose();
        wanted.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wanted.WaitAsync(stoppingToken);
                await rest.FinishAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The server stops; what was not done is done at the next start.
            }
            catch (Exception problem)
            {
                // Whatever it is, databases and folders have many ways to fail: it is no reason to end the server.
                LogFailed(problem);
            }
        }
    }

    private void Listen(IReadOnlyList<RecordedEvent> events)
    {
        if (events.Any(one => one.Event is TextRedacted or FileRedacted))
        {
            wanted.Release();
        }
    }

    [LoggerMessage(LogLevel.Error, "A redaction could not be finished; it is tried again")]
    private partial void LogFailed(Exception problem);
}
