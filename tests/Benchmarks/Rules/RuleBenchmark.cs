using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Benchmarks.Processes;
using ServiceDesk.Benchmarks.Reporting;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Benchmarks.Rules;

/// <summary>
/// How many events a second one node holds against many rules: reading the log, the ticket as it was, every condition, the
/// record of each run that the event set off, and the actions of those whose condition held.
/// </summary>
internal static class RuleBenchmark
{
    private const int Rules = 50;
    private const int Tickets = 100;
    private const int LeastPerSecond = 1_000;

    public static async Task RunAsync(string folder, string? postgres, int events)
    {
        await using var server = await OwnServer.StartAsync(folder, postgres);
        var app = server.App;
        await WriteRulesAsync(app);
        await FillAsync(app, events);
        var log = app.Services.GetRequiredService<IEventLog>();
        var head = await log.HeadAsync(CancellationToken.None);
        var reader = app
            .Services.GetRequiredService<ReactionReaderFactory>()
            .Create(new PumpedReaction(RuleReaction.Name, typeof(RuleReaction)));
        var started = Stopwatch.GetTimestamp();
        while (await PositionAsync(app) < head)
        {
            await reader.WorkAsync(CancellationToken.None);
            await reader.QuietAsync();
        }

        var took = Stopwatch.GetElapsedTime(started);
        var rate = head / took.TotalSeconds;
        Console.WriteLine(
            FormattableString.Invariant(
                $"{server.Database}: {head} events against {Rules} rules in {took.TotalSeconds:0.0} s"
            )
        );
        Console.WriteLine(
            new Goal(
                FormattableString.Invariant($"{LeastPerSecond} events a second against {Rules} rules"),
                FormattableString.Invariant($"{rate:0}"),
                rate >= LeastPerSecond
            )
        );
    }

    // Forty-five wait for other things than happen; five are set off, and the condition of one of them holds.
    private static async Task WriteRulesAsync(WebApplication app)
    {
        var editor = app.Services.GetRequiredService<IConfigurationEditor>();
        for (var number = 0; number < Rules; number++)
        {
            var (on, condition) = (number % 10) switch
            {
                0 when number == 0 => ("changed", "summary ~ \"7\" AND priority = medium"),
                0 => ("changed", "priority = critical AND labels = \"none\""),
                1 => ("commented", "type = incident"),
                2 => ("priority", "priority >= high"),
                3 => ("assigned", "team is empty"),
                4 => ("transition", "category = done"),
                _ => ("sla-breached", "priority >= high"),
            };
            var rule =
                $"kind: rule\nid: bench-{number}\nname: {{ en: Rule {number} }}\nwhen: [{{ on: {on} }}]\n"
                + $"if: '{condition}'\nthen: [{{ do: edit, addLabels: [seen] }}]\n";
            var written = await editor.SaveAsync(rule, 0, new ConfigurationAuthor(null, "benchmark", null));
            if (written.Status != ConfigurationStatus.Written)
            {
                throw new InvalidOperationException(string.Join("; ", written.Problems.Select(p => p.Problem.Code)));
            }
        }
    }

    private static async Task FillAsync(WebApplication app, int events)
    {
        var people = app.Services.GetRequiredService<IPeopleStore>();
        var agent = await people.CreateAsync(new NewPerson("Ann Agent", "ann@example.test", "agent"));
        var grains = app.Services.GetRequiredService<ITicketGrains>();
        var desk = app
            .Services.GetRequiredService<ICurrentConfiguration>()
            .Snapshot.All<DeskDocument>()
            .First(desk => desk.Types.Count > 0);
        var tickets = new List<TicketId>();
        for (var number = 0; number < Tickets; number++)
        {
            var open = new OpenTicket(
                desk.Id,
                desk.Types[0],
                null,
                $"Ticket {number}",
                "It smells.",
                agent.Id,
                null,
                null,
                ValueMap<FieldValue>.Empty,
                Channel.Api
            );
            tickets.Add((await grains.OpenAsync(new CommandEnvelope(open, Actor.System))).Ticket!.State.Id);
        }

        for (var number = 0; number < events; number++)
        {
            var edit = new EditTicket($"Ticket {number % Tickets} for the {number / Tickets}th time");
            await grains.SendAsync(tickets[number % Tickets], new CommandEnvelope(edit, Actor.System));
        }
    }

    private static async Task<long> PositionAsync(WebApplication app) =>
        (
            await app
                .Services.GetRequiredService<ServiceDesk.Storage.Reactions.ICursorStore>()
                .PositionsAsync(CancellationToken.None)
        ).GetValueOrDefault(RuleReaction.Name);
}
