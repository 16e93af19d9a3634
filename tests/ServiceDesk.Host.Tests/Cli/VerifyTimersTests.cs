using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Cli;
using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Host.Cli.Control;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Host.Tests.Cli;

/// <summary>The command <c>verify</c> on a database that lost timers, as a fault of the server would leave it.</summary>
public sealed class VerifyTimersTests
{
    private static readonly Duration LongAfter = Duration.FromDays(60);

    [Fact]
    public async Task A_timer_that_was_lost_is_found_before_it_is_due_and_after()
    {
        await using var server = await ServiceDeskServer.StartAsync();
        var requester = await server.PersonAsync("Kim Minji", "customer");
        var (lost, kept) = (await server.OpenAsync(requester, "Printer"), await server.OpenAsync(requester, "Network"));
        Assert.Equal((ExitCodes.Done, ""), await VerifyAsync(server));

        await server
            .Services.GetRequiredService<IDatabase>()
            .WriteAsync((db, token) => db.Timers.Where(row => row.TicketId == lost.Id.Value).ExecuteDeleteAsync(token));

        await AssertFoundAsync();
        server.Clock.Advance(LongAfter);
        // The promises of the other are broken by its timers, those of this one by none.
        await server.UntilAsync(async () =>
            (await server.Tickets.GetAsync(kept.Id))!.Clocks.Any(clock => clock.Verdict == ClockVerdict.Breached)
        );
        await AssertFoundAsync();

        async Task AssertFoundAsync()
        {
            var (exit, found) = await VerifyAsync(server);
            Assert.Equal(ExitCodes.Refused, exit);
            Assert.StartsWith($"timers\tticket {lost.Id.Value}\t", found, StringComparison.Ordinal);
            Assert.Single(found.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task One_that_came_and_had_its_effect_is_not_missed()
    {
        await using var server = await ServiceDeskServer.StartAsync();
        var agent = await server.PersonAsync("Alex Agent", "agent");
        var ticket = await server.OpenAsync(await server.PersonAsync("Kim Minji", "customer"), "Printer");
        var resolve = new TransitionTicket("resolved", "solved", Sdk.Values.ValueMap<FieldValue?>.Empty);
        Assert.True((await server.SendAsync(agent, ticket.Id, resolve)).IsAccepted);

        server.Clock.Advance(LongAfter);
        await server.UntilAsync(async () => (await server.Tickets.GetAsync(ticket.Id))!.State.ClosedAt is not null);

        Assert.Equal((ExitCodes.Done, ""), await VerifyAsync(server));
    }

    private static async Task<(int Exit, string Found)> VerifyAsync(ServiceDeskServer server)
    {
        var output = new Written();
        var exit = await server
            .Services.GetRequiredService<CommandRunner>()
            .RunAsync(
                new CommandRequest("verify", "en", new Dictionary<string, string>(StringComparer.Ordinal)),
                Stream.Null,
                output,
                CancellationToken.None
            );
        return (exit, output.Results.ToString());
    }

    private sealed class Written : ICommandOutput
    {
        public StringBuilder Results { get; } = new();

        public Task ResultAsync(string line)
        {
            Results.Append(line).Append('\n');
            return Task.CompletedTask;
        }

        public Task NoteAsync(string line) => Task.CompletedTask;

        public Task FileAsync(string path, string text) => Task.CompletedTask;
    }
}
