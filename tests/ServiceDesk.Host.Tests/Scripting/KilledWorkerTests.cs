using System.Diagnostics;
using System.Security.Cryptography;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Workers that are killed from outside while they work.</summary>
public sealed class KilledWorkerTests
{
    private const int Kills = 100;
    private const int AtOnce = 4;

    // Each call of the API is a place where its worker may go: before, between and after the two notes.
    private const string Source = """
        ticket.note('one');
        for (let i = 0; i < 5000; i++) {}
        tickets.count('type = incident');
        ticket.note('two');
        store.set('last', ticket.key);
        """;

    [Fact]
    public async Task A_hundred_workers_killed_at_random_lose_no_event_and_double_no_effect()
    {
        await using var host = await ScriptHost.CreateAsync(
            hasOwnWorkers: true,
            scripts: ScriptHost.Script("two", Source, "ticket.opened")
        );
        using var killer = new Killer(host.Host.Get<ScriptWorkers>());
        var opened = new List<TicketId>();
        while (killer.Killed < Kills)
        {
            var tickets = new List<TicketId>();
            for (var number = 0; number < AtOnce; number++)
            {
                tickets.Add((await host.Host.OpenAsync($"Ticket {opened.Count + number}")).State.Id);
            }

            opened.AddRange(tickets);
            await Task.WhenAll(tickets.Select(ticket => WorkOffAsync(host, ticket)));
        }

        await killer.StopAsync();

        foreach (var ticket in opened)
        {
            var notes = (await host.EventsAsync(ticket)).OfType<InternalNoteAdded>().Select(note => note.Body);
            Assert.Equal(["one", "two"], notes);
        }

        var runs = await host.RunsAsync("two");
        Assert.All(runs, run => Assert.Equal("done", run.Outcome));
        Assert.Equal(Math.Min(opened.Count, 100), runs.Count);
    }

    // As the pump does: until the event is taken.
    private static async Task WorkOffAsync(ScriptHost host, TicketId ticket)
    {
        var first = (await host.Host.EventsAsync(ticket))[0];
        while ((await host.ReactAsync(first)).Error is not null) { }
    }

    /// <summary>Kills a worker at a random moment, again and again.</summary>
    private sealed class Killer : IDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly ScriptWorkers workers;
        private readonly Task work;
        private int killed;

        public Killer(ScriptWorkers workers)
        {
            this.workers = workers;
            work = Task.Run(RunAsync);
        }

        public int Killed => Volatile.Read(ref killed);

        public async Task StopAsync()
        {
            await stop.CancelAsync();
            await work;
        }

        public void Dispose() => stop.Dispose();

        private async Task RunAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            try
            {
                while (Killed < Kills && await timer.WaitForNextTickAsync(stop.Token))
                {
                    if (workers.Processes is { Count: > 0 } ids && RandomNumberGenerator.GetInt32(8) == 0)
                    {
                        Kill(ids[RandomNumberGenerator.GetInt32(ids.Count)]);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // Told to end.
            }
        }

        private void Kill(int id)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                Interlocked.Increment(ref killed);
            }
            catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
            {
                // It had gone by itself.
            }
        }
    }
}
