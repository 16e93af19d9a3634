using System.Collections.Concurrent;
using System.Net;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>
/// No company learns anything of another, and no customer anything internal, on any route of the running server, for any
/// kind of person; and everybody does see what is theirs.
/// </summary>
public sealed class OrganizationIsolationTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 4 };
    private readonly ConcurrentQueue<string> failures = new();

    [Fact]
    public async Task Every_route_shows_each_person_what_is_theirs_and_nothing_else()
    {
        var calls = (await new RouteCalls(world).ReadingAsync()).Where(call => call.Route != "/events").ToList();
        Assert.Contains(calls, call => call.Route.StartsWith("/api/v1/plugins/incidents", StringComparison.Ordinal));
        var seen = new Sightings();
        await Parallel.ForEachAsync(
            calls,
            Together,
            async (call, _) =>
            {
                foreach (var member in world.Members)
                {
                    var answer = await Answer.OfAsync(member, call);
                    seen.Note(member, call, answer);
                    Note(answer.Violations(world, member.Title, member, call));
                }

                var stranger = await Answer.OfAsync(world.Anonymous.GetAsync(call.Address));
                Note(stranger.Violations(world, "nobody", null, call));
            }
        );

        AssertNothingFound();
        var missing = seen.Missing(world).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing.Take(40)));
    }

    [Fact]
    public async Task What_is_hidden_looks_like_what_never_was()
    {
        var calls = await new RouteCalls(world).ReadingAsync();
        foreach (var (name, never) in HiddenRows.Parameters)
        {
            var families = HiddenRows.Of(calls, name, never).ToList();
            Assert.NotEmpty(families);
            await Parallel.ForEachAsync(families, Together, async (family, _) => await LookAsync(family, name));
        }

        AssertNothingFound();
    }

    private async Task LookAsync(HiddenRows.Family family, string name)
    {
        foreach (var member in world.Members)
        {
            Answer? unknown = null;
            foreach (var (call, id) in family.For(world, member, name))
            {
                unknown ??= await Answer.OfAsync(member, family.Never);
                Note(Probes.TellsApart(family, call, id, await Answer.OfAsync(member, call), unknown, member));
            }
        }
    }

    [Fact]
    public async Task Searches_and_filters_tell_nothing_of_what_is_hidden()
    {
        await Parallel.ForEachAsync(
            world.Members,
            Together,
            async (member, _) =>
            {
                var hidden = Probes.Hidden(world, member).ToList();
                var answers = new Dictionary<string, (Answer Answer, Probe Probe)>(StringComparer.Ordinal);
                var never = Probes.Searches(hidden.ConvertAll(_ => Canary.NewWord()));
                foreach (var (probe, control) in Probes.Searches(hidden.ConvertAll(one => one.Word)).Zip(never))
                {
                    if (!answers.TryGetValue(control.Place, out var unknown))
                    {
                        unknown = answers[control.Place] = (await AskAsync(member, control.Address), control);
                    }

                    var answer = await AskAsync(member, probe.Address);
                    if (Probes.Difference(answer, probe.Words, unknown.Answer, unknown.Probe.Words) is { } difference)
                    {
                        var what = string.Join(", ", probe.Words.Select(word => world.Canaries[word].What));
                        Note([$"{member} can tell by {probe.Address} that there is {what}: {difference}"]);
                    }
                }
            }
        );

        AssertNothingFound();
    }

    [Fact]
    public async Task Counts_are_those_of_what_one_may_see()
    {
        foreach (var member in world.Members)
        {
            var viewer = (await world.Get<IViewers>().OfAsync(member.Person.Id))!;
            var visible = world.Tickets.Where(ticket => WhoMaySee.Ticket(member, ticket)).ToList();

            Assert.Equal(visible.Count, await world.Get<ITicketQueries>().CountAsync(viewer, ""));
            var counts = await world.Get<ITicketLists>().CountAllAsync(viewer, [.. Queries()]);
            Assert.Equal(
                [
                    visible.Count,
                    .. world.Desks.Select(desk => visible.Count(ticket => ticket.At == desk)),
                    visible.Count,
                ],
                counts.Select(count => count.Count)
            );
        }

        // By keys, since a desk that one does not know cannot be named.
        IEnumerable<string> Queries() =>
            [
                "",
                .. world.Desks.Select(desk =>
                    $"key in ({string.Join(", ", world.Tickets.Where(ticket => ticket.At == desk).Select(ticket => ticket.Key))})"
                ),
                $"text ~ {Canary.Sign}",
            ];
    }

    private static Task<Answer> AskAsync(Member member, string address) =>
        Answer.OfAsync(
            address.StartsWith("/api/", StringComparison.Ordinal)
                ? member.Api.GetAsync(address)
                : member.Pages.GetAsync(address)
        );

    private void Note(IEnumerable<string> found)
    {
        foreach (var failure in found)
        {
            failures.Enqueue(failure);
        }
    }

    private void AssertNothingFound() =>
        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} violations:\n{string.Join('\n', failures.Order(StringComparer.Ordinal).Take(40))}"
        );
}
