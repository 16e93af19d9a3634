using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Plugins.Background;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Problems.Tests;

/// <summary>Telling a solution is cut off at every step once, before its commit or right after it, and still tells everybody once.</summary>
public sealed class CutOffTests : ProblemWorld
{
    private readonly ConcurrentDictionary<string, bool> cut = new(StringComparer.Ordinal);

    protected override ServerSetup Setup =>
        new()
        {
            Adjust = builder =>
            {
                builder.Services.AddSingleton<InProcessTicketGrains>();
                builder.Services.AddSingleton<ITicketGrains>(services => new CuttingGrains(
                    services.GetRequiredService<InProcessTicketGrains>(),
                    cut
                ));
            },
        };

    [Fact]
    public async Task Nobody_is_lost_and_nobody_is_told_twice()
    {
        var one = await IncidentAsync(English, "VPN drops");
        var other = await IncidentAsync(Korean, "VPN 끊김");

        await SolveAsync(one, other);
        await UntilAllAreToldAsync();

        Assert.Equal(4, cut.Count);
        Assert.Single(await CommentsAsync(one));
        Assert.Single(await CommentsAsync(other));
        Assert.Equal(("resolved", "resolved"), ((await StateAsync(one)).Status, (await StateAsync(other)).Status));
        Assert.Equal(2, (await StateAsync(Problem)).Problem().Telling!.Count(TellingOutcome.Told));
    }

    [Fact]
    public async Task A_restart_in_the_middle_goes_on_with_those_who_wait()
    {
        var incidents = new List<TicketState>();
        for (var number = 0; number < 3; number++)
        {
            incidents.Add(await IncidentAsync(English, $"VPN drops {number}"));
        }

        await SolveAsync([.. incidents]);
        await Server.RestartAsync();
        await UntilAllAreToldAsync();

        foreach (var incident in incidents)
        {
            Assert.Single(await CommentsAsync(incident));
        }
    }

    private async Task UntilAllAreToldAsync()
    {
        const int most = 30;
        var jobs = Server.Services.GetRequiredService<PluginJobs>();
        // The job comes every minute. Time moves between two of its turns alone, so that no limit passes in the middle of one.
        for (var turn = 0; (await StateAsync(Problem)).Problem().Telling is not { IsRunning: false }; turn++)
        {
            Assert.True(turn < most, Server.Log);
            Server.Clock.Advance(Duration.FromMinutes(1));
            await jobs.RunDueAsync(CancellationToken.None);
        }
    }

    private sealed class CuttingGrains(ITicketGrains grains, ConcurrentDictionary<string, bool> cut) : ITicketGrains
    {
        public Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation = default) =>
            grains.OpenAsync(envelope, cancellation);

        public async Task<GrainAnswer> SendAsync(
            TicketId ticket,
            CommandEnvelope envelope,
            CancellationToken cancellation = default
        )
        {
            var key = envelope.IdempotencyKey ?? "";
            var isFirst = key.StartsWith("problems.", StringComparison.Ordinal) && cut.TryAdd(key, true);
            if (isFirst && key.StartsWith("problems.note", StringComparison.Ordinal))
            {
                throw new StorageUnavailableException("cut off before the commit");
            }

            var answer = await grains.SendAsync(ticket, envelope, cancellation);
            return isFirst ? throw new StorageUnavailableException("cut off after the commit") : answer;
        }

        public Task<TicketSnapshot?> GetAsync(TicketId ticket, CancellationToken cancellation = default) =>
            grains.GetAsync(ticket, cancellation);
    }
}
