using System.Collections.Concurrent;
using System.Text.Json;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>
/// A script learns what its person may see and nothing else, by any function of any module. Calls go in where the calls of
/// workers do, so that no script could send what is not tried here.
/// </summary>
public sealed class ScriptIsolationTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    [Fact]
    public void Every_function_that_scripts_may_call_is_tried()
    {
        var unknown = world
            .Get<ScriptApi>()
            .All.SelectMany(ScriptProbes.Names)
            .Where(function => ScriptProbes.Of(function, world) is null)
            .ToList();

        Assert.True(
            unknown.Count == 0,
            $"Say in {nameof(ScriptProbes)} how scripts could be misled by: {string.Join(", ", unknown)}"
        );
    }

    [Fact]
    public async Task No_function_shows_what_its_person_may_not_see()
    {
        var (violations, seen) = (
            new ConcurrentQueue<string>(),
            new ConcurrentDictionary<(Member, string Word, string Place), bool>()
        );
        var functions = world.Get<ScriptApi>().Active.SelectMany(ScriptProbes.Names).ToList();
        await Parallel.ForEachAsync(
            world.Members,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (member, cancellation) =>
            {
                var viewer = (await world.Get<IViewers>().OfAsync(member.Person.Id, cancellation))!;
                foreach (var function in functions)
                {
                    foreach (var arguments in ScriptProbes.Of(function, world)!)
                    {
                        var told = await CallAsync(viewer, function, arguments, cancellation);
                        foreach (
                            var word in Canary.WordsIn(told).Except(Canary.WordsIn(JsonSerializer.Serialize(arguments)))
                        )
                        {
                            seen[(member, word, function)] = true;
                            if (world.Canaries[word] is var canary && !canary.MaySee(member))
                            {
                                violations.Enqueue($"{function} told {member.Title} {canary.What}");
                            }
                        }
                    }
                }
            }
        );

        Assert.True(
            violations.IsEmpty,
            string.Join('\n', violations.Distinct().Order(StringComparer.Ordinal).Take(100))
        );
        // It looked at something: everybody finds the summaries of the tickets that are theirs to see, agents also by each module.
        foreach (var ticket in world.Tickets)
        {
            Assert.All(
                world.Members.Where(member => WhoMaySee.Ticket(member, ticket)),
                member => Assert.Contains((member, ticket.Public["summary"], "tickets.get"), seen.Keys)
            );
        }

        Assert.Empty(
            PluginPlaces
                .Of(world)
                .Where(shown =>
                    !shown.Place.StartsWith('/') && !seen.ContainsKey((shown.Member, shown.Word, shown.Place))
                )
                .Select(shown => $"{shown.Place} told {shown.Member.Title} not {world.Canaries[shown.Word].What}")
        );
    }

    [Fact]
    public async Task A_script_for_a_ticket_that_its_person_may_not_see_finds_no_ticket()
    {
        var customer = world.Members.First(member => member.Firm == world.Firms[0]);
        var ticket = world.Tickets.First(one => !WhoMaySee.Ticket(customer, one));
        Assert.True(TicketKey.TryParse(ticket.Key, out var key));
        var admin = (await world.Get<IViewers>().OfAsync(world.Admin.Person.Id))!;
        var found = (await world.Get<ITicketQueries>().FindByKeyAsync(admin, key))!;

        var outcome = await world
            .Get<IScriptRunner>()
            .RunAsync(
                new ScriptDocument
                {
                    Id = "curious",
                    Name = LocalizedText.Of("Curious"),
                    Use = ScriptUse.Called,
                    Actor = customer.Person.Email,
                    Source = "return JSON.stringify([ticket, event]);",
                },
                0,
                new ScriptOccasion("test") { Ticket = found.State.Id, Seen = found }
            );

        Assert.Equal("[null,null]", outcome.Result.Value?.GetString());
    }

    private async Task<string> CallAsync(
        Viewer viewer,
        string function,
        object?[] arguments,
        CancellationToken cancellation
    )
    {
        var actor = new ScriptActor(
            "probe",
            viewer,
            viewer.Person.Language,
            null,
            world.Get<IClock>().GetCurrentInstant(),
            true,
            []
        );
        using var trial = world.Get<ScriptDoors>().Trial();
        var calls = world.Get<ScriptDoors>().Calls(actor, trial);
        var names = function.Split('.');
        var message = new CallMessage(names[0], names[1], JsonSerializer.SerializeToElement(arguments));
        var answer = await calls.CallAsync(message, cancellation);
        return JsonSerializer.Serialize(answer);
    }
}
