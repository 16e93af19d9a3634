using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Redactions;

namespace ServiceDesk.Host.Tests.Upkeep;

public sealed class RedactionWorkTests
{
    [Fact]
    public async Task What_fails_in_a_way_that_nobody_thought_of_is_tried_again_with_the_next_redaction()
    {
        var rest = new FailingOnce();
        var signal = new CommitSignal(TimeProvider.System);
        using var work = new RedactionWork(rest, signal, NullLogger<RedactionWork>.Instance);
        await work.StartAsync(default);

        signal.Publish([Redacted(1)]);
        await rest.Failed.Task.WaitAsync(TimeSpan.FromMinutes(10));
        signal.Publish([Redacted(2)]);
        await rest.Done.Task.WaitAsync(TimeSpan.FromMinutes(10));

        await work.StopAsync(default);
    }

    private static RecordedEvent Redacted(long version) =>
        new(
            new TicketId(1),
            version,
            version,
            new FileRedacted(1, "a.txt", 1, Visibility.Public, "why"),
            Instant.FromUtc(2026, 11, 28, 0, 0),
            Actor.System,
            1,
            null,
            0
        );

    private sealed class FailingOnce : IRedactionRest
    {
        public TaskCompletionSource Failed { get; } = new();

        public TaskCompletionSource Done { get; } = new();

        public Task<int> FinishAsync(CancellationToken cancellation = default)
        {
            if (Failed.TrySetResult())
            {
                throw new UnauthorizedAccessException("The folder is another one's.");
            }

            Done.TrySetResult();
            return Task.FromResult(1);
        }
    }
}
